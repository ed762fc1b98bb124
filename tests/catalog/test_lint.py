"""What keeps an item version from being published, and what is only named."""

import pytest

from backend.catalog import lint
from backend.catalog.types import FieldType, FormField, Variant
from backend.kernel.units import CalendarDays, Days, WorkingDays
from tests.catalog.samples import item, limit, material, variant


@pytest.mark.parametrize(
    ("name", "catches"),
    [
        ("其他材料", True),
        ("其它相关材料", True),
        ("法律法规规定的其他材料", True),
        ("法律法规规定的其他前置文件", True),
        ("营业执照或其他主体资格证明", False),
        ("负责人身份证明", False),
    ],
)
def test_art_31_no_door_is_left_open_for_more(name: str, catches: bool) -> None:
    assert lint.is_catch_all(name) is catches


@pytest.mark.parametrize(
    ("promised", "statutory", "longer"),
    [
        (WorkingDays(20), WorkingDays(20), False),
        (WorkingDays(21), WorkingDays(20), True),
        (WorkingDays(16), CalendarDays(15), True),
        (CalendarDays(20), WorkingDays(20), False),
        (CalendarDays(29), WorkingDays(20), True),
        (WorkingDays(0), CalendarDays(1), False),
    ],
)
def test_a_promise_is_never_longer_than_the_law_allows(promised: Days, statutory: Days, longer: bool) -> None:
    assert lint.is_longer(promised, statutory) is longer


FIELD = FormField(key="a", label="甲", type=FieldType.TEXT)


@pytest.mark.parametrize(
    ("faulty", "element"),
    [
        (variant(materials=(material("其他材料"),)), "materials"),
        (variant(materials=(material(), material())), "materials"),
        (variant(promised_limit=limit(WorkingDays(30))), "promised_limit"),
        (variant(promised_limit=limit(WorkingDays(30)), statutory_limit=None), "promised_limit"),
        (variant(form=()), "form"),
        (variant(form=(FIELD, FIELD)), "form"),
        (variant(form=(FormField(key="a", label="甲", type=FieldType.CHOICE),)), "form"),
    ],
)
def test_faults_keep_a_version_out(faulty: Variant, element: str) -> None:
    assert [each.element for each in lint.errors(item(variants=(faulty,)))] == [element]


def test_two_situations_of_one_code_are_a_fault() -> None:
    assert [each.element for each in lint.errors(item(variants=(variant(), variant())))] == ["variants"]


def test_everything_incomplete_is_named() -> None:
    bare = item(legal_basis=(), variants=(variant(statutory_limit=None, materials=()),))
    named = {each.element for each in lint.findings(bare)}
    assert named == {
        "legal_basis",
        "fee",
        "codes",
        "statutory_limit",
        "promised_limit",
        "conditions",
        "materials",
        "steps",
        "result_name",
        "validity",
    }
    assert not lint.errors(bare)


def test_assumed_details_are_named() -> None:
    assumed = variant(materials=(material(has_assumed_details=True),))
    messages = [each.message for each in lint.findings(item(variants=(assumed,)))]
    assert "“申请书”的形式、份数、来源待核实" in messages
