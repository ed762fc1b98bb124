"""What addresses and forms of the desk carry."""

from datetime import date
from uuid import UUID

import pytest

from backend.cases.rules import DeclineGround
from backend.cases.types import MissingRequest
from backend.console import schemas
from backend.console.types import Place, Tab
from backend.kernel.errors import FieldsInvalid
from backend.web.pages import write_cursor


@pytest.mark.parametrize(
    "place",
    [
        Place("due", "2026-11-26", UUID(int=1)),
        Place("none", "2026-11-23T09:30:00+08:00", UUID(int=2)),
        Place("closed", "2026-11-23T09:30:00.000001+00:00", UUID(int=3)),
    ],
)
def test_a_cursor_leads_back(place: Place) -> None:
    assert schemas.place_of(schemas.cursor_of(place)) == place


@pytest.mark.parametrize(
    "cursor",
    [
        "x",
        "%",
        write_cursor("due", "soon", "1"),
        write_cursor("due", "2026-01-01", "1"),
        write_cursor("other", "2026-11-23T09:30:00+08:00", "0" * 32),
        write_cursor("none", "0001-01-01T00:00:00", "0" * 32),
        write_cursor("none", "9999-12-31T23:59:59+23:59", "0" * 32),
        write_cursor("closed", "2026-11-23T09:30:00", "0" * 32),
    ],
)
def test_a_made_up_cursor_is_refused(cursor: str) -> None:
    with pytest.raises(FieldsInvalid):
        schemas.place_of(cursor)


def test_empty_filters_are_no_filters() -> None:
    query = schemas.WorkQuery.model_validate({"tab": "mine", "q": " 食品 ", "state": "", "overdue": ""})
    assert query.wanted().tab is Tab.MINE
    assert (query.wanted().text, query.wanted().state, query.wanted().is_overdue) == ("食品", None, False)


def test_ticked_parts_come_with_their_reasons() -> None:
    fields = {"missing": ["a", "b"], "reason:a": [" 缺页 "], "reason:c": ["未勾选"]}
    assert schemas.missing_of(fields) == [MissingRequest("a", "缺页"), MissingRequest("b", "")]


def test_ticked_cases_count_once_and_only_ids() -> None:
    told = str(UUID(int=7))
    assert schemas.case_ids_of({"case": [told, told, "x"]}) == [UUID(int=7)]


def test_a_ground_must_be_chosen() -> None:
    assert schemas.ground_of({"ground": ["not_this_office"]}) is DeclineGround.NOT_THIS_OFFICE
    with pytest.raises(FieldsInvalid):
        schemas.ground_of({})


def test_terms_of_a_licence() -> None:
    terms = schemas.terms_of(
        {
            "clauses": ["第十条\r\n第十一条"],
            "opinion": ["符合"],
            "valid_until": ["2031-11-22"],
            "line_label": ["经营场所", "空的", ""],
            "line_text": ["索镇", "", "没有栏目"],
        }
    )
    assert terms.clauses == "第十条\n第十一条"
    assert terms.valid_until == date(2031, 11, 22)
    assert terms.content == (("经营场所", "索镇"),)
    assert schemas.terms_of({"no_end": ["yes"]}).valid_until is None
    with pytest.raises(FieldsInvalid, match="需要修改"):
        schemas.terms_of({})
    with pytest.raises(FieldsInvalid):
        schemas.terms_of({"valid_until": ["明年"]})
