"""What a form may say, field by field."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.cases.form import applicant_of, problems_in, problems_in_draft
from backend.catalog.types import FieldType, FormField


def field(kind: FieldType, **more: object) -> FormField:
    values: dict[str, object] = {"key": "it", "label": "这一项", "type": kind, "required": True, **more}
    return FormField(**values)  # type: ignore[arg-type]  # a table of examples


@pytest.mark.parametrize(
    ("kind", "text", "is_right"),
    [
        (FieldType.TEXT, "桓台县索镇某街 1 号", True),
        (FieldType.PHONE, "19900001234", True),
        (FieldType.PHONE, "0533-8180000", True),
        (FieldType.PHONE, "1990000123", False),
        (FieldType.ID_NUMBER, "370399195001010011", True),
        (FieldType.ID_NUMBER, "370321195001010014", False),
        (FieldType.CREDIT_CODE, "91370300", False),
        (FieldType.DATE, "2026-02-28", True),
        (FieldType.DATE, "2026-02-30", False),
        (FieldType.NUMBER, "12.5", True),
        (FieldType.NUMBER, "十二", False),
        (FieldType.NUMBER, "-1", False),
        (FieldType.NUMBER, "١٢", False),
        (FieldType.PHONE, "1９９００００１２３４", False),
        (FieldType.DATE, "20260228", False),
        (FieldType.TEXT, "王秀兰😀", False),
        (FieldType.TEXT, "王\ue000", False),
        (FieldType.TEXT, "王\U0002a6a5", True),  # a rare name is a name
    ],
)
def test_values_are_checked_by_kind(kind: FieldType, text: str, is_right: bool) -> None:
    assert (problems_in([field(kind)], {"it": text}) == ()) is is_right


def test_an_empty_required_field_is_named_and_an_optional_one_is_not() -> None:
    wanted = [field(FieldType.TEXT), field(FieldType.TEXT, key="other", required=False)]
    assert [each.field for each in problems_in(wanted, {})] == ["it"]


def test_every_wrong_field_is_named_at_once() -> None:
    wanted = [field(FieldType.PHONE), field(FieldType.DATE, key="day")]
    assert {each.field for each in problems_in(wanted, {"it": "x", "day": "y"})} == {"it", "day"}


@pytest.mark.parametrize(("text", "is_right"), [("大型\n小型", True), ("大型\n中型", False), ("小型", True)])
def test_several_options_stand_one_a_line(text: str, is_right: bool) -> None:
    wanted = field(FieldType.MULTI, options=("大型", "小型"))
    assert (problems_in([wanted], {"it": text}) == ()) is is_right


def test_a_number_keeps_its_bounds() -> None:
    wanted = field(FieldType.NUMBER, minimum=1, maximum=10)
    assert "不能大于 10" in problems_in([wanted], {"it": "11"})[0].message


def test_half_a_number_may_be_saved_but_no_unknown_field() -> None:
    assert problems_in_draft([field(FieldType.PHONE)], {"it": "199"}) == ()
    assert [each.field for each in problems_in_draft([], {"evil": "1"})] == ["evil"]


@given(kind=st.sampled_from(FieldType), text=st.text(max_size=60))
def test_any_text_is_answered_with_a_sentence_or_taken(kind: FieldType, text: str) -> None:
    for problem in problems_in([field(kind, options=("甲",))], {"it": text}):
        assert problem.message.endswith("。")


def test_the_applicant_is_the_person_or_the_organisation() -> None:
    assert applicant_of({"applicant_name": " 王秀兰 "}) == "王秀兰"
    assert applicant_of({"organisation_name": "某某商行"}) == "某某商行"
    assert applicant_of({}) == ""
