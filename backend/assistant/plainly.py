"""Office words as one says them at home, for elder mode. Pure; nothing is added or left out."""

WORDS = (
    ("，以窗口核定为准", "，以窗口说的为准"),
    ("（待核实）", "（还没核实，以窗口说的为准）"),
    ("待核实", "还没核实"),
    ("个工作日办结", "个工作日办好"),
    ("办结", "办完"),
    ("从受理那天起算", "从收下材料那天算起"),
    ("承诺", "说好"),
    ("不由行政审批服务局受理", "不归行政审批服务局办"),
    ("办理时限", "多久能办好"),
    ("视情形提供", "有这种情况才要"),
    ("个工作日", "个工作日（周末和放假不算）"),
)


def plain(text: str) -> str:
    """The same said plainly. The remark on working days stands once."""
    said = text
    for official, everyday in WORDS[:-1]:
        said = said.replace(official, everyday)
    official, everyday = WORDS[-1]
    return said.replace(official, everyday, 1)
