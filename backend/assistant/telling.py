"""Sentences about one item, read from its published version. What nobody confirmed says 待核实."""

from backend.assistant.answers import Told
from backend.assistant.types import Aspect
from backend.catalog.types import Handling, ItemVersion, Kind, MaterialRequirement, Necessity, Power, Variant

PENDING = "待核实"
OFFICE = "行政审批服务局"
#: Longer lists are cut in a chat; the guide has all of them.
MOST_LINES = 12


def marked(text: str, *, is_pending: bool) -> str:
    """Put 待核实 behind what nobody confirmed."""
    return f"{text}（{PENDING}）" if is_pending else text


def whose(item: ItemVersion) -> str:
    """Who decides. What was not transferred in 2018 is never accepted here."""
    match item.power:
        case Power.TRANSFERRED:
            return f"这件事由{OFFICE}办理，手机上就能提交。"
        case Power.WINDOW:
            return f"这件事不由{OFFICE}受理，请到县政务服务大厅{item.supervising_department}的窗口办理。"
        case Power.ELSEWHERE:
            return f"这件事不在县政务服务大厅办理，请到{item.supervising_department}办理。"


def told(item: ItemVersion, aspect: Aspect, *, hall: str, variant: Variant | None = None) -> Told:
    """The fact an aspect asks for, in one or a few lines; of the first situation where none is named."""
    variant = variant or item.variants[0]
    match aspect:
        case Aspect.MATERIALS:
            return _materials(variant)
        case Aspect.TIME:
            return _time(item, variant)
        case Aspect.FEE:
            return Told("收费", f"{item.fee.value}。", item.fee.is_pending)
        case Aspect.WHERE:
            return _where(item, hall)
        case Aspect.CONDITIONS:
            return _conditions(item, variant)
        case Aspect.PROCESS:
            return _process(item, variant)
        case Aspect.GENERAL | Aspect.PROGRESS:
            return Told("谁来办", whose(item))


def facts_of(item: ItemVersion, *, hall: str, variant: Variant | None = None) -> tuple[Told, ...]:
    """The four things everybody asks, short, and the law behind them."""
    listed = _named(variant or item.variants[0])
    bring = Told("要带什么", f"材料清单{PENDING}，以窗口核定为准。", is_pending=True)
    if listed:
        few = "、".join(each.name for each in listed[:3])
        words = f"{few}{'等' if len(listed) > 3 else ''}，共{len(listed)}样"
        bring = Told("要带什么", words, any(each.is_pending for each in listed))
    rest = (Aspect.TIME, Aspect.FEE, Aspect.WHERE)
    facts = tuple(told(item, aspect, hall=hall, variant=variant) for aspect in rest)
    return (bring, *facts, *basis_of(item))


def basis_of(item: ItemVersion) -> tuple[Told, ...]:
    """The legal basis; what nobody checked says so."""
    if not item.legal_basis:
        return ()
    shown = "；".join(item.legal_basis[:2])
    more = f"等{len(item.legal_basis)}项" if len(item.legal_basis) > 2 else ""
    return (Told("法律依据", f"{shown}{more}", not item.is_legal_basis_checked),)


def limits_of(item: ItemVersion) -> Told:
    """The time of every situation, a line each, where they differ."""
    each = [(variant.name, _time(item, variant)) for variant in item.variants]
    lines = [f"{name}：{marked(fact.text, is_pending=fact.is_pending)}" for name, fact in each]
    return Told("办理时限", "\n".join(lines), any(fact.is_pending for _, fact in each))


def _named(variant: Variant) -> list[MaterialRequirement]:
    """The materials that are more than an unverified lead."""
    return [each for each in variant.materials if not each.is_hint]


def _materials(variant: Variant) -> Told:
    listed = _named(variant)
    if not listed:
        hints = "、".join(each.name for each in variant.materials[:MOST_LINES])
        lead = f"可能用到：{hints}。" if hints else ""
        return Told("材料", f"材料清单{PENDING}。{lead}请以窗口核定为准。", is_pending=True)
    lines = [f"{number}. {_line(each)}" for number, each in enumerate(listed[:MOST_LINES], 1)]
    if len(listed) > MOST_LINES:
        lines.append(f"……共{len(listed)}样，其余见办事指南。")
    return Told("材料", "\n".join(lines), any(each.is_pending for each in listed))


def _line(material: MaterialRequirement) -> str:
    name = material.name
    if material.necessity is Necessity.REQUIRED:
        return name
    return f"{name}（{material.condition_text or '视情形提供'}）"


def _time(item: ItemVersion, variant: Variant) -> Told:
    promised, statutory = variant.promised_limit, variant.statutory_limit
    if promised:
        behind = f"，法定{statutory.value}" if statutory else ""
        return Told("办理时限", f"承诺{promised.value}办结{behind}。", promised.is_pending)
    if statutory:
        spot = "能当场办的当场办结；" if item.handling is Handling.INSTANT else ""
        return Told("办理时限", f"{spot}法定{statutory.value}内办结，从受理那天起算。", statutory.is_pending)
    return Told("办理时限", f"办理时限{PENDING}，请向窗口询问。", is_pending=True)


def _where(item: ItemVersion, hall: str) -> Told:
    """The place; `hall` holds its address and hours where they are known."""
    match item.power:
        case Power.TRANSFERRED:
            return Told("办理地点", f"手机上就能提交，也可以到综合窗口：{hall}。")
        case Power.WINDOW:
            return Told("办理地点", f"到大厅里{item.supervising_department}的窗口：{hall}。")
        case Power.ELSEWHERE:
            return Told("办理地点", f"到{item.supervising_department}，具体地点{PENDING}。", is_pending=True)


def _conditions(item: ItemVersion, variant: Variant) -> Told:
    conditions = variant.conditions or item.conditions
    if not conditions:
        basis = "；".join(item.legal_basis[:2])
        return Told(
            "条件", f"条件{PENDING}，依据是{basis}。" if basis else f"条件{PENDING}。", is_pending=True
        )
    lines = [f"{number}. {fact.value}" for number, fact in enumerate(conditions[:MOST_LINES], 1)]
    return Told("条件", "\n".join(lines), any(fact.is_pending for fact in conditions))


def _process(item: ItemVersion, variant: Variant) -> Told:
    """The steps; those of a guide are another county's until the office confirms them."""
    names = [step.name for step in variant.steps]
    is_borrowed = bool(names)
    if not names:
        is_licence = item.kind is Kind.LICENCE
        names = ["申请", "受理", "审查", "决定", "送达"] if is_licence else ["提交", "核对材料", "办结"]
    extra = [each.name for each in item.special_procedures if not any(each.name in name for name in names)]
    added = f"其中可能有{'、'.join(extra)}。" if extra else ""
    return Told("流程", f"{' → '.join(names)}。{added}", is_borrowed)


def caution(item: ItemVersion) -> str:
    """No answer promises an approval."""
    return "能不能批准，要看审查结果。" if item.kind is Kind.LICENCE else ""
