"""Each letter says who, what, under which article, and what may be done next."""

from datetime import date

import pytest

from backend.documents.errors import ContentIncomplete, ContentUnprintable
from backend.documents.numbering import number_text
from backend.documents.remedies import issuer_of
from backend.documents.types import Content, DocumentKind, Letter
from backend.documents.wording import compose, demand_complete, title_of

ABOUT: dict[str, str | list[str]] = {
    "addressee": "王秀兰",
    "item_name": "食品经营许可",
    "case_number": "370321-20261123-00001",
    "received_on": "2026-11-23",
}
BY_KIND: dict[DocumentKind, dict[str, str | list[str]]] = {
    DocumentKind.RECEIPT: {"materials": ["身份证（1 件）", "租赁合同（2 件）"]},
    DocumentKind.ACCEPTANCE: {"due_on": "2026-12-21", "is_deemed": "否"},
    DocumentKind.CORRECTION: {"missing": ["租赁合同：已经到期", "平面图：没有标面积"]},
    DocumentKind.DECLINE: {"reasons": "申请事项依法不属于本机关职权范围。请向县公安局申请。"},
    DocumentKind.GRANT: {"clauses": "《某办法》第五条", "reasons": ""},
    DocumentKind.REFUSAL: {
        "facts": "场所面积不足。",
        "clauses": "《某办法》第六条",
        "reasons": "不符合条件。",
    },
    DocumentKind.WITHDRAWAL: {},
}


def written(kind: DocumentKind, **other: str | list[str]) -> Letter:
    content: Content = ABOUT | BY_KIND[kind] | other
    demand_complete(kind, content)
    issuer = issuer_of("桓台县行政审批服务局", phone="0533-0000000")
    return compose(
        kind, content, number="某号", issuer=issuer, article="《某法》第一条", issued_on=date(2026, 11, 24)
    )


def words(letter: Letter) -> str:
    return "\n".join(each.text for each in letter.body)


@pytest.mark.parametrize("kind", DocumentKind)
def test_every_letter_names_item_case_and_article(kind: DocumentKind) -> None:
    letter = written(kind)
    assert letter.recipient == "王秀兰"
    assert letter.issuer == "桓台县行政审批服务局"
    for text in ("“食品经营许可”", "370321-20261123-00001", "《某法》第一条"):
        assert text in words(letter)


@pytest.mark.parametrize("kind", DocumentKind)
def test_what_is_missing_is_named_all_at_once(kind: DocumentKind) -> None:
    with pytest.raises(ContentIncomplete) as refused:
        demand_complete(kind, {})
    assert refused.value.missing[:3] == ("申请人", "事项名称", "办件编号")


@pytest.mark.parametrize("absent", ["facts", "clauses", "reasons"])
def test_art_38_a_refusal_without_facts_clauses_or_reasons_cannot_be_issued(absent: str) -> None:
    with pytest.raises(ContentIncomplete):
        written(DocumentKind.REFUSAL, **{absent: " "})


@pytest.mark.parametrize("kind", [DocumentKind.REFUSAL, DocumentKind.DECLINE])
def test_art_38_remedies_name_period_and_body(kind: DocumentKind) -> None:
    text = words(written(kind))
    for part in (
        "六十日内",
        "桓台县人民政府",
        "行政复议",
        "六个月内",
        "桓台县人民法院",
        "行政诉讼",
        "待核实",
    ):
        assert part in text


@pytest.mark.parametrize("kind", [DocumentKind.RECEIPT, DocumentKind.ACCEPTANCE, DocumentKind.CORRECTION])
def test_other_letters_threaten_with_no_lawsuit(kind: DocumentKind) -> None:
    assert "行政诉讼" not in words(written(kind))


def test_art_32_a_correction_names_everything_as_a_numbered_list() -> None:
    text = words(written(DocumentKind.CORRECTION))
    assert "1．租赁合同：已经到期\n2．平面图：没有标面积" in text
    assert "全部内容一次性告知" in text


@pytest.mark.parametrize(
    ("is_deemed", "said", "not_said"),
    [("否", "自2026年11月24日起予以受理", "视为"), ("是", "自2026年11月23日起视为已经受理", "材料齐全")],
)
def test_art_32_deemed_acceptance_is_dated_back(is_deemed: str, said: str, not_said: str) -> None:
    text = words(written(DocumentKind.ACCEPTANCE, is_deemed=is_deemed))
    assert said in text and not_said not in text and "2026年12月21日前" in text
    assert "星期推算" not in text


def test_a_day_reckoned_by_weekday_is_said_to_be_so() -> None:
    assert "暂按星期推算" in words(written(DocumentKind.ACCEPTANCE, is_provisional="是"))


@pytest.mark.parametrize(
    ("kind", "matter", "title"),
    [
        (DocumentKind.GRANT, "", "准予行政许可决定书"),
        (DocumentKind.GRANT, "办理", "准予办理决定书"),
        (DocumentKind.REFUSAL, "", "不予行政许可决定书"),
        (DocumentKind.RECEIPT, "", "申请材料收件凭证"),
    ],
)
def test_what_is_no_licence_is_not_called_one(kind: DocumentKind, matter: str, title: str) -> None:
    assert title_of(kind, {"matter": matter}) == title


@pytest.mark.parametrize(
    ("kind", "place", "number"),
    [
        (DocumentKind.ACCEPTANCE, 1, "桓审批受〔2026〕0001号"),
        (DocumentKind.REFUSAL, 12, "桓审批不准〔2026〕0012号"),
        (DocumentKind.RECEIPT, 12345, "桓审批收〔2026〕12345号"),
    ],
)
def test_numbers_are_written_by_kind_and_year(kind: DocumentKind, place: int, number: str) -> None:
    assert number_text(issuer_of("桓台县行政审批服务局").prefix, kind, year=2026, place=place) == number


def test_what_could_never_be_printed_is_refused_before_it_is_issued() -> None:
    with pytest.raises(ContentUnprintable):
        written(DocumentKind.REFUSAL, reasons="不行😀")


def test_unseen_signs_are_left_out() -> None:
    text = words(written(DocumentKind.REFUSAL, reasons="不\u202e符合\x01条件。"))
    assert "不符合条件。" in text


def test_a_withdrawal_cites_the_article_it_was_applied_under_not_one_that_ends_cases() -> None:
    assert "依据《某法》第一条提出的" in words(written(DocumentKind.WITHDRAWAL))
