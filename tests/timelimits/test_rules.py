"""Counting days, as tables; what must hold for every limit, by Hypothesis."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kernel.units import CalendarDays, Days, DayUnit, WorkingDays
from backend.timelimits import rules
from backend.timelimits.calendar import Calendar
from backend.timelimits.published import published_calendar
from backend.timelimits.types import LimitKind, Pause, PauseKind

CALENDAR = published_calendar()


def day(text: str) -> date:
    return date.fromisoformat(text)


def pause(text: str) -> Pause:
    begins, ends = text.split("..")
    return Pause(day(begins), day(ends) if ends else None, "听证")


@pytest.mark.parametrize(
    ("start", "limit", "due"),
    [
        ("2026-11-23", 1, "2026-11-24"),
        ("2026-11-23", 5, "2026-11-30"),
        ("2026-11-23", 20, "2026-12-21"),
        ("2026-11-27", 1, "2026-11-30"),  # Friday to Monday
        ("2026-11-28", 1, "2026-11-30"),  # received on a Saturday: that Saturday is day 0
        ("2026-11-29", 5, "2026-12-04"),
        ("2026-02-12", 10, "2026-03-04"),  # Spring Festival with both make-up Saturdays
        ("2026-02-13", 1, "2026-02-14"),
        ("2026-02-14", 1, "2026-02-24"),
        ("2026-02-20", 5, "2026-02-28"),  # received in the holiday
        ("2026-09-18", 12, "2026-10-12"),  # Mid-autumn and National Day
        ("2026-09-30", 3, "2026-10-10"),
        ("2026-10-01", 20, "2026-11-03"),
        ("2026-04-30", 5, "2026-05-11"),  # Labour Day, make-up on 9 May
        ("2026-11-23", 0, "2026-11-23"),  # on the spot
        ("2026-11-28", 0, "2026-11-28"),
    ],
)
def test_art_82_limits_are_counted_in_working_days(start: str, limit: int, due: str) -> None:
    found = rules.due_on(day(start), WorkingDays(limit), calendar=CALENDAR)
    assert (found.on, found.is_provisional) == (day(due), False)


@pytest.mark.parametrize(
    ("start", "limit", "due", "is_provisional"),
    [
        ("2026-12-21", 8, "2026-12-31", False),
        ("2026-12-21", 9, "2027-01-01", True),
        ("2026-12-21", 20, "2027-01-18", True),
    ],
)
def test_art_82_beyond_the_published_year_the_date_is_provisional(
    start: str, limit: int, due: str, is_provisional: bool
) -> None:
    found = rules.due_on(day(start), WorkingDays(limit), calendar=CALENDAR)
    assert (found.on, found.is_provisional) == (day(due), is_provisional)


@pytest.mark.parametrize(
    ("start", "limit", "due"), [("2026-02-12", 10, "2026-02-22"), ("2026-12-21", 60, "2027-02-19")]
)
def test_a_statute_that_says_ri_is_counted_in_calendar_days(start: str, limit: int, due: str) -> None:
    found = rules.due_on(day(start), CalendarDays(limit), calendar=CALENDAR)
    assert (found.on, found.is_provisional) == (day(due), False)


@pytest.mark.parametrize(
    ("pauses", "due"),
    [
        ([], "2026-03-16"),
        (["2026-03-04..2026-03-06"], "2026-03-18"),  # 4 March counts, 5 and 6 March do not
        (["2026-03-04..2026-03-04"], "2026-03-16"),  # begins and ends the same day: takes none
        (["2026-03-04..2026-03-05"], "2026-03-17"),
        (["2026-03-06..2026-03-08"], "2026-03-16"),  # over a weekend nothing is lost
        (["2026-03-04..2026-03-10", "2026-03-06..2026-03-12"], "2026-03-24"),  # overlap: 5 to 12 March once
        (["2026-03-04..2026-03-12", "2026-03-06..2026-03-10"], "2026-03-24"),  # one inside the other
        (["2026-03-04..2026-03-10", "2026-03-10..2026-03-12"], "2026-03-24"),  # the second begins as one ends
        (["2026-03-04..2026-03-06", "2026-03-09..2026-03-11"], "2026-03-20"),  # apart: 9 March counts again
        (["2026-03-02..2026-03-03"], "2026-03-17"),  # from day 0
        (["2026-02-20..2026-02-27"], "2026-03-16"),  # before the start
        (["2026-03-16..2026-03-20"], "2026-03-16"),  # on the last day: that day still counts
        (["2026-03-17..2026-03-20"], "2026-03-16"),  # after the end
        (["2026-03-04.."], "2026-03-16"),  # still open: the earliest possible date
    ],
)
def test_art_45_the_day_a_pause_begins_counts_and_the_day_it_ends_does_not(
    pauses: list[str], due: str
) -> None:
    found = rules.due_on(
        day("2026-03-02"), WorkingDays(10), calendar=CALENDAR, pauses=[pause(each) for each in pauses]
    )
    assert found.on == day(due)


def test_an_open_pause_reckoned_as_ending_today_moves_the_date() -> None:
    closed = rules.closed_at([pause("2026-03-04..")], day("2026-03-06"))
    found = rules.due_on(day("2026-03-02"), WorkingDays(10), calendar=CALENDAR, pauses=closed)
    assert found.on == day("2026-03-18")


def test_every_day_is_explained_with_its_reason() -> None:
    days = rules.explain(
        day("2026-02-12"), WorkingDays(3), calendar=CALENDAR, pauses=[pause("2026-02-12..2026-02-14")]
    )
    assert [(str(each.date)[5:], each.counted, each.number, each.reason) for each in days[:4]] == [
        ("02-12", False, None, "起算日（收件或受理当日），不计入"),
        ("02-13", False, None, "暂停计时：听证"),
        ("02-14", False, None, "暂停计时：听证"),
        ("02-15", False, None, "春节放假"),
    ]
    assert [(str(each.date)[5:], each.number) for each in days if each.counted] == [
        ("02-24", 1),
        ("02-25", 2),
        ("02-26", 3),
    ]


@pytest.mark.parametrize(
    ("today", "left"),
    [("2026-12-04", 0), ("2026-12-03", 1), ("2026-11-27", 5), ("2026-12-07", -1), ("2026-12-08", -2)],
)
def test_remaining_days_leave_out_rest_days(today: str, left: int) -> None:
    due = day("2026-12-04")
    assert rules.remaining(due, unit=DayUnit.WORKING, today=day(today), calendar=CALENDAR) == left


@pytest.mark.parametrize(
    ("due", "amber"),
    [("2026-12-04", "2026-12-02"), ("2026-12-07", "2026-12-03"), ("2026-02-25", "2026-02-14")],
)
def test_a_limit_turns_amber_two_working_days_before_its_end(due: str, amber: str) -> None:
    assert rules.amber_on(day(due), calendar=CALENDAR) == day(amber)


def test_art_82_a_limit_ends_at_24_hours_of_its_last_day() -> None:
    assert not rules.has_passed(day("2026-12-04"), today=day("2026-12-04"))
    assert rules.has_passed(day("2026-12-04"), today=day("2026-12-05"))


def test_art_42_ten_days_more_or_fifteen_for_joint_handling() -> None:
    assert rules.longest_extension(is_joint=False)[0] == WorkingDays(10)
    assert rules.longest_extension(is_joint=True)[0] == WorkingDays(15)
    assert rules.extended(WorkingDays(20), WorkingDays(10)) == WorkingDays(30)
    with pytest.raises(ValueError, match="counted like"):
        rules.extended(WorkingDays(20), CalendarDays(10))


@pytest.mark.parametrize("kind", list(PauseKind))
def test_art_45_only_its_closed_list_stops_the_statutory_clock(kind: PauseKind) -> None:
    kinds, article = rules.stopped_by(kind)
    if kind in {PauseKind.SITE_INSPECTION, PauseKind.TECHNICAL_REVIEW}:
        assert kinds == {LimitKind.PROMISED}
        assert article.law == "优化营商环境条例"
    else:
        assert kinds == {LimitKind.STATUTORY, LimitKind.PROMISED}
        assert article.place == "第四十五条"


STARTS = st.dates(date(2018, 1, 1), date(2027, 6, 30))
LIMITS = st.builds(Days, st.integers(0, 60), st.sampled_from(DayUnit))
CALENDARS = st.sampled_from([CALENDAR, Calendar()])


@st.composite
def started_with_pauses(draw: st.DrawFn) -> tuple[date, list[Pause]]:
    start = draw(STARTS)
    pauses = []
    for offset, length in draw(st.lists(st.tuples(st.integers(-5, 60), st.integers(0, 40)), max_size=5)):
        begins = start + timedelta(days=offset)
        pauses.append(Pause(begins, begins + timedelta(days=length), "听证"))
    return start, pauses


@given(started_with_pauses(), LIMITS, CALENDARS)
def test_a_due_date_never_moves_backwards_when_a_pause_is_added(
    case: tuple[date, list[Pause]], limit: Days, calendar: Calendar
) -> None:
    start, pauses = case
    dates = [
        rules.due_on(start, limit, calendar=calendar, pauses=pauses[:count]).on
        for count in range(len(pauses) + 1)
    ]
    assert dates == sorted(dates)


@given(started_with_pauses(), LIMITS, CALENDARS)
def test_overlapping_pauses_never_take_a_day_twice(
    case: tuple[date, list[Pause]], limit: Days, calendar: Calendar
) -> None:
    start, pauses = case
    once = rules.due_on(start, limit, calendar=calendar, pauses=pauses)
    assert rules.due_on(start, limit, calendar=calendar, pauses=pauses * 2) == once
    assert rules.due_on(start, limit, calendar=calendar, pauses=pauses[::-1]) == once


@given(started_with_pauses(), LIMITS, CALENDARS)
def test_the_explanation_counts_exactly_the_limit_and_ends_on_the_due_date(
    case: tuple[date, list[Pause]], limit: Days, calendar: Calendar
) -> None:
    start, pauses = case
    days = rules.explain(start, limit, calendar=calendar, pauses=pauses)
    assert [each.number for each in days if each.counted] == list(range(1, limit.count + 1))
    assert [each.date for each in days] == [start + timedelta(days=n) for n in range(len(days))]
    assert days[-1].date == rules.due_on(start, limit, calendar=calendar, pauses=pauses).on


@given(st.dates(date(2026, 1, 1), date(2026, 12, 31)), st.integers(0, 40))
def test_remaining_days_reach_the_due_date(start: date, count: int) -> None:
    due = rules.due_on(start, WorkingDays(count), calendar=CALENDAR)
    assert rules.remaining(due.on, unit=DayUnit.WORKING, today=start, calendar=CALENDAR) == count
