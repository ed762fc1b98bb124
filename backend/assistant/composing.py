"""Compose the answer to what was meant, from published versions and a person's own cases."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from backend.assistant import situations, telling
from backend.assistant.answers import Answer, Button, ButtonKind, Option, Source, Told
from backend.assistant.plainly import plain
from backend.assistant.types import Action, Aspect, Understanding
from backend.catalog.types import ItemVersion, Variant
from backend.kernel.clock import legal_day

HOTLINE = "12345"
#: After so many turns without a match in a row a person is offered.
PATIENCE = 3


@dataclass(frozen=True)
class CaseLine:
    """One of the caller's own cases: what it is and the line they read first."""

    case_id: str
    item_code: str
    text: str


@dataclass(frozen=True, kw_only=True)
class Ground:
    """What an answer may be made of."""

    answer_id: UUID
    session: str
    #: What was said, to read the situation from.
    said: str = ""
    items: tuple[ItemVersion, ...] = ()
    hall: str = "县政务服务大厅"
    cases: tuple[CaseLine, ...] = ()
    is_signed_in: bool = False
    is_plain: bool = False
    failures: int = 0


def compose(meant: Understanding, ground: Ground) -> Answer:
    """The answer; facts only from the versions given, plainly worded where that is wished."""
    made = _composed(meant, ground)
    if not ground.is_plain:
        return made
    facts = tuple(replace(fact, text=plain(fact.text)) for fact in made.facts)
    return replace(made, text=plain(made.text), speech=plain(made.speech), facts=facts)


def offer_of_person(meant: Understanding, ground: Ground) -> Answer:
    """The way to a person, for somebody who asks for one."""
    text = "可以转给工作人员，刚才的对话会一并转过去（电话、证件号码会隐去）。点下面的按钮，或拨打 12345。"
    return replace(
        _blank(meant, ground), action=Action.ANSWER, text=text, speech=text, actions=_ways_on(ground)
    )


def _blank(meant: Understanding, ground: Ground) -> Answer:
    return Answer(
        id=ground.answer_id,
        session=ground.session,
        action=meant.action,
        text="",
        speech="",
        aspect=meant.aspect,
        index_version=meant.index_version,
    )


def _ways_on(ground: Ground) -> tuple[Button, ...]:
    handing = Button(ButtonKind.HANDOVER, "转人工", ground.session)
    return (handing, Button(ButtonKind.CALL, f"拨打 {HOTLINE}", HOTLINE))


def _composed(meant: Understanding, ground: Ground) -> Answer:
    blank = _blank(meant, ground)
    match meant.action:
        case Action.REFUSE:
            return _refusal(blank, meant, ground)
        case Action.CLARIFY:
            return _question(blank, meant)
        case Action.PROGRESS:
            return _progress(blank, meant, ground)
        case Action.ANSWER:
            return _answer(blank, meant, ground)


def _refusal(blank: Answer, meant: Understanding, ground: Ground) -> Answer:
    if meant.reply:
        return replace(blank, text=meant.reply, speech=meant.reply, referral=meant.referral)
    if meant.referral is None or meant.referral.topic == "其他事项":
        text = "没听明白您要办哪件事。可以换个说法，比如“开小吃店要办什么证”，或拨打 12345 询问。"
        if ground.failures + 1 >= PATIENCE:
            text = "连着几次没帮上您。可以转给工作人员，刚才的对话会一并转过去；也可以拨打 12345。"
            return replace(blank, text=text, speech=text, referral=meant.referral, actions=_ways_on(ground))
    else:
        text = (
            f"这件事（{meant.referral.topic}）不归行政审批服务局办，由{meant.referral.who}负责，"
            f"可拨打 {meant.referral.contact} 询问。"
        )
    phone = meant.referral.contact if meant.referral else HOTLINE
    call = Button(ButtonKind.CALL, f"拨打 {phone}", phone)
    return replace(blank, text=text, speech=text, referral=meant.referral, actions=(call,))


def _question(blank: Answer, meant: Understanding) -> Answer:
    asked = meant.clarification
    if asked is None:
        return blank
    lines = [f"{number}. {choice.label}" for number, choice in enumerate(asked.choices, 1)]
    text = "\n".join([asked.question, *lines, "回复数字就行；都不是的话，换个说法再问我。"])
    return replace(
        blank,
        text=text,
        speech=asked.question,
        items=meant.ranked,
        choices=tuple(Option(choice.label, choice.name) for choice in asked.choices),
    )


def _progress(blank: Answer, meant: Understanding, ground: Ground) -> Answer:
    items = meant.ranked[:3]
    if not ground.is_signed_in:
        text = "查进度要先登录，登录后在“我的办件”里能看到每一步。"
        button = Button(ButtonKind.CASES, "登录查看我的办件", "")
        return replace(blank, text=text, speech=text, items=items, actions=(button,))
    if not ground.cases:
        text = "您名下没有正在办的件。用别人手机提交的，请让提交的人查看。"
        button = Button(ButtonKind.CASES, "我的办件", "")
        return replace(blank, text=text, speech=text, items=items, actions=(button,))
    code = meant.best.code if meant.best else ""
    ordered = sorted(ground.cases, key=lambda case: case.item_code != code)
    text = "\n".join(case.text for case in ordered)
    buttons = tuple(Button(ButtonKind.CASES, "查看这一件", case.case_id) for case in ordered[:1])
    return replace(blank, text=text, speech=ordered[0].text, items=items, actions=buttons)


def _answer(blank: Answer, meant: Understanding, ground: Ground) -> Answer:
    if not ground.items:
        return _refusal(replace(blank, action=Action.REFUSE), replace(meant, referral=None), ground)
    first = ground.items[0]
    chosen: Variant | None = None
    choices: tuple[Option, ...] = ()
    if len(ground.items) > 1 and meant.matters > 1:
        text, facts = _several(ground.items, meant.aspect, hall=ground.hall)
        speech = f"您问到{len(ground.items)}件事。"
    else:
        chosen = situations.named_in(ground.said, first)
        text, facts, speech = _single(first, chosen, aspect=meant.aspect, ground=ground)
        choices = _situations(first, chosen, aspect=meant.aspect)
    if meant.scene:
        listed = [f"{number}. {name}" for number, name in enumerate(meant.scene.items, 1)]
        text = "\n".join([text, f"“{meant.scene.name}”一般要连着办（视实际情况）：", *listed])
    return replace(
        blank,
        text=text,
        speech=speech,
        facts=facts,
        items=meant.ranked,
        choices=choices,
        actions=_buttons(first, chosen),
        source=Source(first.item_code, first.item_name, first.version, legal_day(first.effective_at)),
    )


def _situations(item: ItemVersion, chosen: Variant | None, *, aspect: Aspect) -> tuple[Option, ...]:
    """The other situations to choose from, where the answer differs between them."""
    if chosen is not None or not situations.is_told_apart(item, aspect) or aspect is Aspect.TIME:
        return ()
    return tuple(
        Option(each.name, situations.question_for(item, each, aspect)) for each in item.variants[1:5]
    )


#: Aspects that are answered with the law beside them.
WITH_BASIS = {Aspect.CONDITIONS, Aspect.PROCESS}


def _single(
    item: ItemVersion, chosen: Variant | None, *, aspect: Aspect, ground: Ground
) -> tuple[str, tuple[Told, ...], str]:
    """Text, facts and what is read aloud, about one item and the situation named, if any."""
    is_open = chosen is None and situations.is_told_apart(item, aspect)
    direct = telling.told(item, aspect, hall=ground.hall, variant=chosen)
    if is_open and aspect is Aspect.TIME:
        direct = telling.limits_of(item)
    spoken = f"{item.item_name}：{telling.marked(_first_line(direct.text), is_pending=direct.is_pending)}"
    if aspect is Aspect.GENERAL:
        text = f"您要办的是“{item.item_name}”。{direct.text}{telling.caution(item)}"
        facts = telling.facts_of(item, hall=ground.hall, variant=chosen)
        return text, facts[:2] if ground.is_plain else facts, spoken
    lines = _lines(item, chosen, direct, aspect=aspect, is_open=is_open)
    facts = telling.basis_of(item) if aspect in WITH_BASIS else ()
    return "\n".join(line for line in lines if line), facts, spoken


def _lines(
    item: ItemVersion, chosen: Variant | None, direct: Told, *, aspect: Aspect, is_open: bool
) -> list[str]:
    """The lines about one aspect; each situation of its own has said what is pending."""
    has_all = is_open and aspect is Aspect.TIME
    situation = (chosen or item.variants[0]).name
    named = f"（{situation}）" if len(item.variants) > 1 and not has_all else ""
    pending = f"（{telling.PENDING}，以窗口核定为准）" if direct.is_pending and not has_all else ""
    return [
        f"“{item.item_name}”的{direct.label}{named}：",
        direct.text + pending,
        "情形不同，要的不一样；您是下面哪一种，点一下就告诉您。" if is_open and not has_all else "",
        telling.whose(item) if not item.can_file and aspect is not Aspect.WHERE else "",
        telling.caution(item) if aspect is Aspect.CONDITIONS else "",
    ]


def _several(items: Sequence[ItemVersion], aspect: Aspect, *, hall: str) -> tuple[str, tuple[Told, ...]]:
    """One paragraph a matter, in the order they were said."""
    facts = [(item, telling.told(item, aspect, hall=hall)) for item in items]
    lines = [f"您问到{len(items)}件事："]
    for number, (item, fact) in enumerate(facts, 1):
        lines.append(f"{number}.“{item.item_name}”")
        lines.append(telling.marked(fact.text, is_pending=fact.is_pending))
    return "\n".join(lines), tuple(Told(item.item_name, f.text, f.is_pending) for item, f in facts)


def _first_line(text: str) -> str:
    first, _, rest = text.partition("\n")
    aloud = first.replace(" → ", "，")
    return f"{aloud}等，其余请看屏幕" if rest else aloud


def _buttons(item: ItemVersion, chosen: Variant | None) -> tuple[Button, ...]:
    guide = Button(ButtonKind.GUIDE, "看办事指南", item.item_code)
    if not item.can_file:
        return (
            guide,
            Button(ButtonKind.PLACE, "看办理地点", ""),
            Button(ButtonKind.CALL, "拨打 12345", HOTLINE),
        )
    target = item.item_code
    if chosen is not None or len(item.variants) == 1:
        target = f"{item.item_code}/{(chosen or item.variants[0]).code}"
    return (Button(ButtonKind.FILE, "开始办理", target), guide, Button(ButtonKind.PLACE, "看办理地点", ""))
