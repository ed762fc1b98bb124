"""How an item is put into words, and what follows from its facts. Pure."""

from collections.abc import Iterable, Sequence

from backend.catalog.types import (
    Fact,
    Handling,
    ItemSummary,
    ItemVersion,
    Kind,
    MaterialRequirement,
    Necessity,
    Place,
    Power,
    Provenance,
    SpecialProcedure,
    Step,
    Variant,
)
from backend.kernel.law import Article, licensing_law
from backend.kernel.units import Days

PENDING = "待核实"

#: 行政许可法 第四十五条: the closed list of what is not counted in the limit.
PAUSES_LIMIT: Article = licensing_law("第四十五条")
PAUSING = ("听证", "招标", "拍卖", "检验", "检测", "检疫", "鉴定", "专家评审")

PROVENANCE_TEXT = {
    Provenance.PUBLISHED: "本县公布的文本",
    Provenance.STATUTE: "法律法规条文",
    Provenance.ELSEWHERE: "参考外地办事指南",
    Provenance.COMPILED: "编目时归纳",
}

#: The ordinary course of a licence (行政许可法 第二十九条 to 第四十四条) where no guide says more.
ORDINARY_COURSE = (
    Step("申请", "", Provenance.STATUTE, confirmed=True),
    Step("受理", "材料不齐的，5个工作日内一次告知", Provenance.STATUTE, confirmed=True),
    Step("审查", "", Provenance.STATUTE, confirmed=True),
    Step("决定", "", Provenance.STATUTE, confirmed=True),
    Step("送达", "决定后10个工作日内", Provenance.STATUTE, confirmed=True),
)
FILING_COURSE = (Step("提交"), Step("核对材料"), Step("办结"))


def pauses_by_law(name: str) -> bool:
    """Whether a special procedure stops the clock.

    行政许可法 第四十五条. Inspections on the spot and technical review (现场踏勘、核查、技术审查) are not in it.
    """
    return any(each in name for each in PAUSING)


def effect_text(procedure: SpecialProcedure) -> str:
    """What a special procedure means for the applicant's time."""
    if procedure.pauses:
        return "所需时间不计入办理时限，会书面告诉您需要多久"
    return "照常计入办理时限"


def limit_text(promised: Fact[Days] | None, statutory: Fact[Days] | None) -> str:
    """The limit in a list: what is promised, else what the law says, else that nobody knows yet."""
    if promised:
        return f"承诺{promised.value}"
    return f"法定{statutory.value}" if statutory else PENDING


def is_limit_pending(promised: Fact[Days] | None, statutory: Fact[Days] | None) -> bool:
    shown = promised or statutory
    return shown is None or shown.is_pending


def summary_limit_text(item: ItemSummary) -> str:
    return limit_text(item.promised_limit, item.statutory_limit)


def mark(text: str, *, is_pending: bool) -> str:
    """Put 待核实 behind what nobody confirmed."""
    return f"{text}（{PENDING}）" if is_pending and text else text


def power_text(item: ItemVersion, *, office: str) -> str:
    """Who decides, in a citizen's words. What was not transferred is never accepted here."""
    words = {
        Power.TRANSFERRED: f"由{office}审批，一枚印章办结",
        Power.WINDOW: f"由{item.supervising_department}在县政务服务大厅的窗口办理，{office}不代收",
        Power.ELSEWHERE: f"不在县政务服务大厅办理，请到{item.supervising_department}办理",
    }[item.power]
    return mark(words, is_pending=not item.is_power_confirmed) + "。"


def legal_basis(item: ItemVersion) -> list[str]:
    """The legal basis, marked where no article was found in the law."""
    return [mark(each, is_pending=not item.is_legal_basis_checked) for each in item.legal_basis]


def limit_note(variant: Variant) -> str:
    """The statute's further words about the limit, marked with the limit itself."""
    limit = variant.statutory_limit
    return mark(variant.limit_note, is_pending=limit is None or limit.is_pending)


def step_limit(step: Step) -> str:
    return mark(step.limit_text, is_pending=not step.confirmed)


def notices(item: ItemVersion) -> tuple[str, ...]:
    """What a citizen must hear before relying on the guide."""
    found = []
    if item.history == "2018_only":
        found.append(
            f"这个事项后来作了调整，可能不再作为行政许可办理，请先向{item.supervising_department}核实。"
        )
    if item.power is not Power.TRANSFERRED:
        found.append("这个事项不能在手机上向本局提交申请。")
    return tuple(found)


def days_answer(item: ItemVersion, variant: Variant) -> str:
    """How long it takes, in one sentence."""
    statutory, promised = variant.statutory_limit, variant.promised_limit
    if promised:
        behind = f"（法定{statutory.value}）" if statutory else ""
        return mark(f"承诺{promised.value}办结{behind}", is_pending=promised.is_pending) + "。"
    if statutory is None:
        return f"办理时限{PENDING}，请向窗口询问。"
    words = f"法定{statutory.value}内办结"
    if item.handling is Handling.INSTANT:
        words = f"能当场办的当场办结，不能当场办的法定{statutory.value}内办结"
    return mark(words, is_pending=statutory.is_pending) + "。"


def fee_answer(item: ItemVersion) -> str:
    """What it costs, in one sentence."""
    return mark(item.fee.value, is_pending=item.fee.is_pending) + "。"


def where_answer(item: ItemVersion, *, hall: str, towns: Sequence[Place]) -> str:
    """Where to go, in one sentence."""
    if item.power is Power.WINDOW:
        return f"到{hall}的{item.supervising_department}窗口办理。"
    if item.power is Power.ELSEWHERE:
        return f"到{item.supervising_department}办理，具体地点{PENDING}。"
    near = f"；也可以到{len(towns)}个镇街便民服务中心（{PENDING}）" if towns else ""
    return f"手机上就能提交；也可以到{hall}办理{near}。"


def bring_answer(variant: Variant) -> str:
    """What to bring, in one sentence; leads without grounding are never called required."""
    listed = [each for each in variant.materials if not each.is_hint]
    if not listed:
        lead = "先看下面的线索，" if variant.materials else ""
        return f"材料清单{PENDING}，{lead}以窗口核定为准。"
    needed = [each.name for each in listed if each.necessity is Necessity.REQUIRED] or [listed[0].name]
    few = "".join(f"“{each}”" for each in needed[:2])
    words = f"共{len(listed)}样材料，先备好{few}{'等' if len(listed) > 2 else ''}"
    return mark(words, is_pending=any(each.is_pending for each in listed)) + "。"


def material_origin(material: MaterialRequirement) -> str:
    """How a material is known, with what of it was only assumed."""
    if material.is_hint:
        return "未核实的线索"
    text = PROVENANCE_TEXT[material.provenance]
    return f"{text}；形式、份数、来源为编目假定" if material.has_assumed_details else text


def steps_of(item: ItemVersion, variant: Variant) -> tuple[Step, ...]:
    """The variant's own steps, else the ordinary course."""
    return variant.steps or (ORDINARY_COURSE if item.kind is Kind.LICENCE else FILING_COURSE)


def pending_facts(item: ItemVersion) -> tuple[str, ...]:
    """Every fact of an item that the office has yet to confirm, by its name in the guide."""
    found = ["收费"] if item.fee.is_pending else []
    for variant in item.variants:
        found += [f"{variant.name}：{each}" for each in _pending_in(variant)]
    return tuple(found)


def _pending_in(variant: Variant) -> Iterable[str]:
    single = (
        ("法定时限", variant.statutory_limit),
        ("承诺时限", variant.promised_limit),
        ("结果名称", variant.result_name),
        ("有效期", variant.validity),
    )
    yield from (name for name, fact in single if fact is not None and fact.is_pending)
    yield from (f"条件“{fact.value}”" for fact in variant.conditions if fact.is_pending)
    yield from (f"材料“{each.name}”" for each in variant.materials if each.is_pending)
