"""What strangers may see of a holder, a name, a telephone and a number. Pure."""

_BODIES = (
    "公司",
    "厂",
    "店",
    "社",
    "中心",
    "医院",
    "学校",
    "协会",
    "委员会",
    "幼儿园",
    "部",
    "所",
    "院",
    "站",
    "行",
    "馆",
)


def masked_holder(name: str) -> str:
    """王秀兰 becomes 王**; the name of an organisation is public and stays whole.

    A personal name is two to four signs long, or written with a dot (少数民族姓名), and ends like no body.
    """
    plain = name.strip()
    if not plain:
        return ""
    if "·" in plain:
        return plain.split("·", maxsplit=1)[0][:1] + "**"
    if len(plain) > 4 or (len(plain) > 2 and plain.endswith(_BODIES)):
        return plain
    return plain[0] + "*" * (len(plain) - 1)


def masked_number(number: str) -> str:
    """Keep what tells the series, hide the middle of the running number: 桓审批证〔2026〕0***12号."""
    digits = [place for place, sign in enumerate(number) if sign.isdigit()]
    hidden = set(digits[-5:-2])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(number))
