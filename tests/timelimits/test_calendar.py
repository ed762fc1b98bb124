"""The calendar: weekdays, holidays, make-up workdays, and years not yet published."""

from datetime import date

import pytest

from backend.timelimits.calendar import Calendar
from backend.timelimits.published import days_of, published_calendar, published_years, source_of
from backend.timelimits.types import CalendarDay

CALENDAR = published_calendar()


@pytest.mark.parametrize(
    ("day", "works", "reason"),
    [
        ("2026-02-13", True, "工作日"),
        ("2026-02-14", True, "调休上班（春节）"),
        ("2026-02-15", False, "春节放假"),
        ("2026-02-23", False, "春节放假"),
        ("2026-02-24", True, "工作日"),
        ("2026-02-28", True, "调休上班（春节）"),
        ("2026-03-01", False, "周日休息"),
        ("2026-04-06", False, "清明节放假"),
        ("2026-05-09", True, "调休上班（劳动节）"),
        ("2026-06-19", False, "端午节放假"),
        ("2026-09-20", True, "调休上班（国庆节）"),
        ("2026-09-25", False, "中秋节放假"),
        ("2026-10-07", False, "国庆节放假"),
        ("2026-10-10", True, "调休上班（国庆节）"),
        ("2026-11-23", True, "工作日"),
        ("2018-12-29", True, "调休上班（元旦）"),
        ("2020-02-01", False, "春节放假"),
        ("2027-01-01", True, "工作日（2027年放假安排未公布，暂按星期推算）"),
        ("2027-01-02", False, "周六休息（2027年放假安排未公布，暂按星期推算）"),
    ],
)
def test_art_82_working_days_follow_the_state_councils_notice(day: str, works: bool, reason: str) -> None:
    on = date.fromisoformat(day)
    assert CALENDAR.is_working(on) is works
    assert CALENDAR.reason(on) == reason


@pytest.mark.parametrize(("day", "is_provisional"), [("2026-12-31", False), ("2027-01-04", True)])
def test_days_of_a_year_without_its_notice_are_provisional(day: str, is_provisional: bool) -> None:
    assert CALENDAR.is_provisional(date.fromisoformat(day)) is is_provisional


def test_a_day_listed_beforehand_is_certain_though_its_year_is_not_published() -> None:
    calendar = Calendar.of([CalendarDay(date(2027, 1, 1), False, "元旦")], published_years=())
    assert not calendar.is_provisional(date(2027, 1, 1))
    assert calendar.is_provisional(date(2027, 1, 4))


def test_an_empty_calendar_goes_by_weekday() -> None:
    assert Calendar().is_working(date(2026, 2, 16))
    assert not Calendar().is_working(date(2026, 2, 14))


def test_every_published_year_names_its_notice_and_lists_only_what_differs_from_the_weekday() -> None:
    assert published_years() == tuple(range(2018, published_years()[-1] + 1))
    assert published_years()[-1] >= 2026
    for year in published_years():
        assert source_of(year).startswith("国办发明电") or "待核实" in source_of(year)
        assert all(day.on.weekday() >= 5 for day in days_of(year) if day.is_working)
    assert sum(not day.is_working for day in days_of(2026)) == 33
    assert sum(day.is_working for day in days_of(2026)) == 6


def test_a_year_whose_number_was_not_confirmed_says_so() -> None:
    assert "待核实" in source_of(2099)
