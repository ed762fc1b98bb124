"""Answer one question in the terminal, without a database: what is meant, and where to read on."""

from backend.assistant.library import library
from backend.assistant.types import Action, Aspect, Understanding

ASPECTS = {
    Aspect.GENERAL: "怎么办、办什么",
    Aspect.MATERIALS: "要什么材料",
    Aspect.TIME: "要多长时间",
    Aspect.FEE: "收不收费",
    Aspect.WHERE: "在哪里办",
    Aspect.PROCESS: "怎么一步步办",
    Aspect.CONDITIONS: "要什么条件",
    Aspect.PROGRESS: "办到哪一步",
}


def ask(text: str) -> str:
    """The answer as lines to read."""
    meant = library().engine.understand(text)
    return "\n".join([*_lines(meant), f"（词库版本 {meant.index_version}，把握 {meant.score:.0%}）"])


def _lines(meant: Understanding) -> list[str]:
    match meant.action:
        case Action.REFUSE:
            return _refusal(meant)
        case Action.CLARIFY if meant.clarification:
            choices = meant.clarification.choices
            listed = [
                f"  {number}. {choice.label}（{choice.name}）" for number, choice in enumerate(choices, 1)
            ]
            return [meant.clarification.question, *listed]
        case Action.PROGRESS:
            return ["您问的是办件进度：请登录后在“我的办件”里查看。"]
        case _:
            return _answer(meant)


def _refusal(meant: Understanding) -> list[str]:
    if meant.reply:
        return [meant.reply]
    referral = meant.referral
    if referral is None or referral.topic == "其他事项":
        return ["没听明白您要办哪件事，请换个说法，或拨打 12345。"]
    return [f"这件事（{referral.topic}）不归本局办：{referral.who}，电话 {referral.contact}。"]


def _answer(meant: Understanding) -> list[str]:
    asked = [f"  {c.name}（{c.code}）" for c in meant.ranked[: meant.matters]]
    lines = [f"您要办的是（问的是{ASPECTS[meant.aspect]}）：", *asked]
    if meant.scene:
        lines.append(f"“{meant.scene.name}”一般连着办：" + "、".join(meant.scene.items))
    rest = "、".join(c.name for c in meant.ranked[meant.matters : meant.matters + 2])
    return [*lines, f"也可能是：{rest}"] if rest else lines
