"""How a limit is counted, pure.

行政许可法 第八十二条: working days, without statutory holidays. The day of receipt or acceptance is
day 0 even where it is a rest day; a limit ends at 24:00 Asia/Shanghai of its last day.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta

from backend.kernel.law import Article, licensing_law
from backend.kernel.units import Days, DayUnit, WorkingDays
from backend.timelimits.calendar import Calendar
from backend.timelimits.types import DayCount, DueDate, LimitKind, Pause, PauseKind

COUNTING = licensing_law("第八十二条")
SPECIAL_PROCEDURES = licensing_law("第四十五条")
#: Technical review and the like must themselves be limited in time; they are not on art. 45's list.
TIMED_REVIEW = Article("优化营商环境条例", "第三十六条")
EXTENSION = licensing_law("第四十二条第一款")
JOINT_EXTENSION = licensing_law("第四十二条第二款")

#: 第四十二条: ten days more with the head's approval; fifteen with the government's for joint handling.
LONGEST_EXTENSION = WorkingDays(10)
LONGEST_JOINT_EXTENSION = WorkingDays(15)

#: How long before its end a limit turns amber. Practice of the office, not law.
WARNING = WorkingDays(2)

ONE_DAY = timedelta(days=1)
_NEVER_ON_THE_STATUTORY_CLOCK = frozenset({PauseKind.SITE_INSPECTION, PauseKind.TECHNICAL_REVIEW})


def due_on(start: date, limit: Days, *, calendar: Calendar, pauses: Sequence[Pause] = ()) -> DueDate:
    """Name the last day of a limit that starts on day 0.

    行政许可法 第八十二条. An open pause has taken no day yet, so the date is then the earliest
    possible; `closed_at` turns open pauses into ones that end today.
    """
    last, is_provisional = start, False
    for day in _walk(start, limit, calendar=calendar, pauses=pauses):
        last = day.date
        is_provisional |= _depends_on_the_notice(day, limit, calendar=calendar)
    return DueDate(last, is_provisional)


def explain(start: date, limit: Days, *, calendar: Calendar, pauses: Sequence[Pause] = ()) -> list[DayCount]:
    """List every calendar day of a limit, from day 0 to the last, each counted or not and why."""
    day_zero = "当日办结" if limit.count == 0 else "起算日（收件或受理当日），不计入"
    return [
        DayCount(start, counted=False, number=None, reason=day_zero),
        *_walk(start, limit, calendar=calendar, pauses=pauses),
    ]


def _walk(start: date, limit: Days, *, calendar: Calendar, pauses: Sequence[Pause]) -> Iterator[DayCount]:
    day, number = start, 0
    while number < limit.count:
        day += ONE_DAY
        pause = pause_over(day, pauses)
        works = limit.unit is DayUnit.CALENDAR or calendar.is_working(day)
        reason = "按日计算" if limit.unit is DayUnit.CALENDAR else calendar.reason(day)
        if pause:
            reason = f"暂停计时：{pause.reason}" if works else f"{reason}；暂停计时：{pause.reason}"
        counts = works and pause is None
        number += counts
        yield DayCount(day, counts, number if counts else None, reason, pause.ledger_id if pause else None)


def pause_over(day: date, pauses: Sequence[Pause]) -> Pause | None:
    """The pause that takes a day: the day it begins still counts, the day it ends does not.

    Of several pauses over one day the first is named; the day is taken once all the same.
    """
    return next((each for each in pauses if each.ends and each.begins < day <= each.ends), None)


def _depends_on_the_notice(day: DayCount, limit: Days, *, calendar: Calendar) -> bool:
    return limit.unit is DayUnit.WORKING and calendar.is_provisional(day.date)


def closed_at(pauses: Sequence[Pause], today: date) -> tuple[Pause, ...]:
    """The pauses as if those still open ended today: what the limit would be if it were resumed now."""
    return tuple(
        replace(each, ends=max(each.begins, today)) if each.ends is None else each for each in pauses
    )


def remaining(due: date, *, unit: DayUnit, today: date, calendar: Calendar) -> int:
    """How many days of the limit's unit are left after today; negative once it has passed."""
    if today > due:
        return -remaining(today, unit=unit, today=due, calendar=calendar)
    days = (today + ONE_DAY * step for step in range(1, (due - today).days + 1))
    return sum(unit is DayUnit.CALENDAR or calendar.is_working(day) for day in days)


def amber_on(due: date, *, calendar: Calendar, warning: Days = WARNING) -> date:
    """The first day on which no more than `warning` working days are left after it."""
    day, left = due, warning.count
    while left > 0 or not calendar.is_working(day):
        left -= calendar.is_working(day)
        day -= ONE_DAY
    return day


def has_passed(due: date, *, today: date) -> bool:
    """Whether the limit is over: from 0:00 of the day after its last day."""
    return today > due


def extended(limit: Days, by: Days) -> Days:
    """A limit with its extension, in the limit's own unit."""
    if limit.unit is not by.unit:
        raise ValueError("an extension is counted like the limit it extends")
    return Days(limit.count + by.count, limit.unit)


def longest_extension(*, is_joint: bool) -> tuple[Days, Article]:
    """How far the statutory limit may be extended, and by which article."""
    if is_joint:
        return LONGEST_JOINT_EXTENSION, JOINT_EXTENSION
    return LONGEST_EXTENSION, EXTENSION


def stopped_by(kind: PauseKind) -> tuple[frozenset[LimitKind], Article]:
    """Which clocks a special procedure stops, and by which article.

    行政许可法 第四十五条 is a closed list. Site inspection and technical review are not on it: they
    stop the promised clock only (优化营商环境条例 第三十六条).
    """
    if kind in _NEVER_ON_THE_STATUTORY_CLOCK:
        return frozenset({LimitKind.PROMISED}), TIMED_REVIEW
    return frozenset({LimitKind.STATUTORY, LimitKind.PROMISED}), SPECIAL_PROCEDURES
