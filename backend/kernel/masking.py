"""What strangers may see of a holder and a number. Pure."""

import re

_BODIES = (
    *"店厂社馆园院场站坊铺部所行会局队处庄城吧房户室",
    "公司",
    "中心",
    "学校",
    "集团",
    "企业",
    "小学",
    "中学",
)
#: A personal name of four signs may well end on the others.
_BODIES_OF_FOUR = ("店", "厂", "馆", "公司", "中心", "学校", "医院", "集团")


def masked_holder(name: str) -> str:
    """王秀兰 becomes 王**; the name of an organisation is public and stays whole.

    Only what surely is an organisation is shown: better to hide a shop's name than to tell a person's.
    """
    plain = name.strip()
    if _is_organisation(plain):
        return plain
    return plain[:1] + "*" * (min(len(plain), 4) - 1)


def _is_organisation(name: str) -> bool:
    core = re.sub(r"[（(][^（）()]*[）)]$", "", name)
    return len(core) >= 4 and core.endswith(_BODIES if len(core) > 4 else _BODIES_OF_FOUR)


def masked_number(number: str) -> str:
    """Keep what tells the series, hide the middle of the running number: 桓审批证〔2026〕0***12号."""
    digits = [place for place, sign in enumerate(number) if sign.isdigit()]
    hidden = set(digits[-5:-2])
    return "".join("*" if place in hidden else sign for place, sign in enumerate(number))
