"""How an item is put into words."""

from dataclasses import replace

import pytest

from backend.catalog import rules
from backend.catalog.types import Fact, Handling, ItemVersion, Necessity, Power, Provenance, Step, Variant
from backend.kernel.units import CalendarDays, Days, WorkingDays
from tests.catalog.samples import HALL, TOWN, item, limit, material, variant


@pytest.mark.parametrize(
    ("name", "pauses"),
    [
        ("听证", True),
        ("招标", True),
        ("拍卖", True),
        ("检验检测", True),
        ("检疫", True),
        ("鉴定", True),
        ("专家评审", True),
        ("现场踏勘", False),
        ("现场核查", False),
        ("技术审查", False),
        ("公示", False),
    ],
)
def test_art_45_only_its_closed_list_stops_the_clock(name: str, pauses: bool) -> None:
    assert rules.pauses_by_law(name) is pauses


@pytest.mark.parametrize(
    ("promised", "statutory", "text", "is_pending"),
    [
        (None, None, "待核实", True),
        (None, limit(WorkingDays(20)), "法定20个工作日", False),
        (None, limit(WorkingDays(20), confirmed=False), "法定20个工作日", True),
        (None, limit(CalendarDays(15)), "法定15日", False),
        (limit(WorkingDays(5)), limit(WorkingDays(20)), "承诺5个工作日", False),
    ],
)
def test_the_limit_shown_in_a_list(
    promised: Fact[Days] | None, statutory: Fact[Days] | None, text: str, is_pending: bool
) -> None:
    assert rules.limit_text(promised, statutory) == text
    assert rules.is_limit_pending(promised, statutory) is is_pending


@pytest.mark.parametrize(
    ("of_item", "of_variant", "answer"),
    [
        (item(), variant(), "法定20个工作日内办结。"),
        (
            item(),
            variant(statutory_limit=limit(WorkingDays(20), confirmed=False)),
            "法定20个工作日内办结（待核实）。",
        ),
        (item(), variant(statutory_limit=None), "办理时限待核实，请向窗口询问。"),
        (item(), variant(promised_limit=limit(WorkingDays(5))), "承诺5个工作日办结（法定20个工作日）。"),
        (
            item(handling=Handling.INSTANT),
            variant(statutory_limit=limit(WorkingDays(3))),
            "能当场办的当场办结，不能当场办的法定3个工作日内办结。",
        ),
    ],
)
def test_the_answer_about_days(of_item: ItemVersion, of_variant: Variant, answer: str) -> None:
    assert rules.days_answer(of_item, of_variant) == answer


def test_a_fee_nobody_confirmed_is_marked() -> None:
    assert rules.fee_answer(item()) == "不收费（待核实）。"
    confirmed = Fact("不收费", Provenance.PUBLISHED, confirmed=True)
    assert rules.fee_answer(item(fee=confirmed)) == "不收费。"


@pytest.mark.parametrize(
    ("power", "where", "said"),
    [
        (Power.TRANSFERRED, "手机上就能提交", "由审批局审批"),
        (Power.WINDOW, "县市场监督管理局窗口", "审批局不代收"),
        (Power.ELSEWHERE, "到县市场监督管理局办理", "不在县政务服务大厅办理"),
    ],
)
def test_what_was_not_transferred_is_never_accepted_here(power: Power, where: str, said: str) -> None:
    it = item(power=power)
    assert where in rules.where_answer(it, hall=HALL.name, towns=[])
    assert said in rules.power_text(it, office="审批局")
    assert rules.power_text(it, office="审批局").endswith("（待核实）。")
    assert "待核实" not in rules.power_text(replace(it, is_power_confirmed=True), office="审批局")
    assert it.can_file is (power is Power.TRANSFERRED)
    assert bool(rules.notices(it)) is not it.can_file


def test_towns_are_named_with_their_mark() -> None:
    assert "1个镇街便民服务中心（待核实）" in rules.where_answer(item(), hall=HALL.name, towns=[TOWN])


def test_leads_without_grounding_are_never_called_needed() -> None:
    only_hints = variant(materials=(material(is_hint=True),))
    assert rules.bring_answer(only_hints) == "材料清单待核实，先看下面的线索，以窗口核定为准。"
    assert rules.bring_answer(variant(materials=())) == "材料清单待核实，以窗口核定为准。"
    assert rules.bring_answer(variant()) == "共1样材料，先备好“申请书”（待核实）。"


@pytest.mark.parametrize(
    ("confirmed", "necessity", "sharing", "demanded"),
    [
        (True, Necessity.REQUIRED, False, True),
        (False, Necessity.REQUIRED, False, False),
        (True, Necessity.REQUIRED, True, False),
        (True, Necessity.CONDITIONAL, False, False),
        (True, Necessity.OPTIONAL, False, False),
    ],
)
def test_only_what_the_office_confirmed_is_demanded(
    confirmed: bool, necessity: Necessity, sharing: bool, demanded: bool
) -> None:
    it = material(confirmed=confirmed, necessity=necessity, obtainable_by_sharing=sharing)
    assert it.is_demanded is demanded


def test_assumed_details_are_told_apart() -> None:
    assert rules.material_origin(material()) == "法律法规条文"
    assert "编目假定" in rules.material_origin(material(has_assumed_details=True))
    assert rules.material_origin(material(is_hint=True)) == "未核实的线索"


def test_pending_facts_are_named() -> None:
    assert rules.pending_facts(item()) == ("收费", "办理：材料“申请书”")


def test_a_former_licence_carries_a_notice() -> None:
    assert "可能不再作为行政许可" in rules.notices(item(history="2018_only"))[0]


def test_steps_of_elsewhere_are_marked_and_the_laws_own_are_not() -> None:
    assert rules.step_limit(Step("审查", "4个工作日")) == "4个工作日（待核实）"
    assert rules.step_limit(Step("审查")) == ""
    limits = {rules.step_limit(each) for each in rules.steps_of(item(), variant())}
    assert limits == {"", "材料不齐的，5个工作日内一次告知", "决定后10个工作日内"}


def test_a_basis_without_a_checked_article_is_marked() -> None:
    assert rules.legal_basis(item()) == ["某条例第1条"]
    assert rules.legal_basis(item(is_legal_basis_checked=False)) == ["某条例第1条（待核实）"]
