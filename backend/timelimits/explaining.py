"""A due date in words: the same text for the command line, the desk and the citizen."""

from collections.abc import Sequence
from datetime import date, timedelta

from backend.kernel.units import WorkingDays
from backend.timelimits import rules
from backend.timelimits.calendar import WEEKDAYS, Calendar
from backend.timelimits.published import published_calendar
from backend.timelimits.types import DayCount, DueDate, Pause

#: Ten years of working days: more is a slip of the finger.
LONGEST_DAYS = 2500
PAUSE_REASON = "第{number}次暂停（{begins} 至 {ends}）"


def due_text(
    start: date, days: int, pauses: Sequence[tuple[date, date]] = (), *, explain: bool = False
) -> str:
    """Answer `python -m backend due`: the last day on the first line, then what is to be known about it.

    Counts working days of the published calendar, needs no database. Each pause is its first and last
    day. Raises `ValueError` with a Chinese sentence where the days cannot be counted.
    """
    if not 0 <= days <= LONGEST_DAYS:
        raise ValueError(f"工作日数应在 0 到 {LONGEST_DAYS} 之间。")
    _refuse_beyond_the_calendar(start, days, pauses)
    calendar, limit = published_calendar(), WorkingDays(days)
    named = [_named(begins, ends, number) for number, (begins, ends) in enumerate(pauses, start=1)]
    due = rules.due_on(start, limit, calendar=calendar, pauses=named)
    lines = [due.on.isoformat()]
    if explain:
        lines += [day_text(day) for day in rules.explain(start, limit, calendar=calendar, pauses=named)]
    return "\n".join(lines + _remarks(due, named, calendar=calendar, start=start))


def day_text(day: DayCount) -> str:
    """One day as a line: date, weekday, counted as which or not, reason."""
    mark = f"第{day.number}日" if day.counted else "不计"
    return f"{day.date.isoformat()} {WEEKDAYS[day.date.weekday()]}  {mark}  {day.reason}"


def _named(begins: date, ends: date, number: int) -> Pause:
    return Pause(begins, ends, PAUSE_REASON.format(number=number, begins=begins, ends=ends))


def _remarks(due: DueDate, pauses: Sequence[Pause], *, calendar: Calendar, start: date) -> list[str]:
    remarks = [
        f"提示：{pause.reason}在期满之后才开始，不影响期限。"
        for pause in pauses
        if rules.has_passed(due.on, today=pause.begins)
    ]
    if due.is_provisional:
        years = [year for year in range(start.year, due.on.year + 1) if year not in calendar.published_years]
        named = "、".join(f"{year}年" for year in years)
        remarks.append(f"暂定：{named}放假安排尚未公布，先按星期推算，公布后重新计算。")
    return remarks


def _refuse_beyond_the_calendar(start: date, days: int, pauses: Sequence[tuple[date, date]]) -> None:
    last = max([start, *(ends for _, ends in pauses)])
    if (date.max - last) < timedelta(days=2 * days + 30):
        raise ValueError("日期太远，无法推算。")
