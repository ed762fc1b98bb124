"""What `python -m backend due` prints."""

from datetime import date

import pytest

from backend.__main__ import main
from backend.timelimits.explaining import due_text


def pause(begins: str, ends: str) -> tuple[date, date]:
    return date.fromisoformat(begins), date.fromisoformat(ends)


def test_the_first_line_is_the_last_day_of_the_limit() -> None:
    assert due_text(date(2026, 2, 12), 10) == "2026-03-04"


def test_every_day_is_listed_with_its_reason() -> None:
    lines = due_text(date(2026, 2, 12), 10, explain=True).splitlines()
    assert lines[0] == "2026-03-04"
    assert lines[1] == "2026-02-12 周四  不计  起算日（收件或受理当日），不计入"
    assert lines[3] == "2026-02-14 周六  第2日  调休上班（春节）"
    assert lines[-1] == "2026-03-04 周三  第10日  工作日"
    assert len(lines) == 1 + 21


def test_pauses_are_named_where_they_take_a_day() -> None:
    text = due_text(
        date(2026, 3, 2),
        10,
        [pause("2026-03-04", "2026-03-10"), pause("2026-03-06", "2026-03-12")],
        explain=True,
    )
    assert text.startswith("2026-03-24\n")
    assert "2026-03-05 周四  不计  暂停计时：第1次暂停（2026-03-04 至 2026-03-10）" in text
    assert "2026-03-12 周四  不计  暂停计时：第2次暂停（2026-03-06 至 2026-03-12）" in text


def test_a_pause_after_the_end_is_said_to_change_nothing() -> None:
    text = due_text(date(2026, 3, 2), 10, [pause("2026-03-17", "2026-03-20")])
    assert text.splitlines() == [
        "2026-03-16",
        "提示：第1次暂停（2026-03-17 至 2026-03-20）在期满之后才开始，不影响期限。",
    ]


def test_an_unpublished_year_is_marked_provisional() -> None:
    assert due_text(date(2026, 12, 21), 20).splitlines() == [
        "2027-01-18",
        "暂定：2027年放假安排尚未公布，先按星期推算，公布后重新计算。",
    ]


@pytest.mark.parametrize(
    ("start", "days"), [(date(2026, 1, 1), -1), (date(2026, 1, 1), 99999), (date.max, 1)]
)
def test_what_cannot_be_counted_is_refused(start: date, days: int) -> None:
    with pytest.raises(ValueError, match=r"工作日数|日期太远"):
        due_text(start, days)


def test_the_command_takes_pauses_as_they_are_typed(capsys: pytest.CaptureFixture[str]) -> None:
    typed = ["due", "2026-03-02", "10", "--pause", "2026-03-04..2026-03-10", "--explain"]
    assert main(typed) == 0
    out = capsys.readouterr().out
    assert out.startswith("2026-03-20\n")
    assert "暂停计时：第1次暂停" in out
