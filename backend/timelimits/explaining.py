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


def due_text(start: date, days: int, *, pauses: Sequence[Pause] = (), explain: bool = False) -> str:
    """Answer `python -m backend due`: the last day on the first line, then what is to be known about it.

    Counts working days of the published calendar. Raises `ValueError` with a Chinese sentence where
    the days cannot be counted.
    """
    if not 0 <= days <= LONGEST_DAYS:
        raise ValueError(f"工作日数应在 0 到 {LONGEST_DAYS} 之间。")
    _refuse_beyond_the_calendar(start, days, pauses)
    calendar, limit = published_calendar(), WorkingDays(days)
    numbered = [_named(pause, number) for number, pause in enumerate(pauses, start=1)]
    due = rules.due_on(start, limit, calendar=calendar, pauses=numbered)
    lines = [due.on.isoformat()]
    if explain:
        lines += [day_text(day) for day in rules.explain(start, limit, calendar=calendar, pauses=numbered)]
    return "\n".join(lines + _remarks(due, numbered, calendar=calendar, start=start))


def read_pause(text: str) -> Pause:
    """Read `FROM..TO` (both `YYYY-MM-DD`). Raises `ValueError` with a Chinese sentence."""
    begins, separator, ends = text.partition("..")
    try:
        if separator:
            return Pause(date.fromisoformat(begins), date.fromisoformat(ends))
    except ValueError:
        pass
    raise ValueError("暂停期间请写成 2026-03-02..2026-03-06 这样，结束日不早于开始日。")


def day_text(day: DayCount) -> str:
    """One day as a line: date, weekday, counted as which or not, reason."""
    mark = f"第{day.number}日" if day.counted else "不计"
    return f"{day.date.isoformat()} {WEEKDAYS[day.date.weekday()]}  {mark}  {day.reason}"


def _named(pause: Pause, number: int) -> Pause:
    words = PAUSE_REASON.format(number=number, begins=pause.begins, ends=pause.ends)
    return Pause(pause.begins, pause.ends, words, pause.ledger_id)


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


def _refuse_beyond_the_calendar(start: date, days: int, pauses: Sequence[Pause]) -> None:
    last = max([start, *(pause.ends for pause in pauses if pause.ends)])
    if (date.max - last) < timedelta(days=2 * days + 30):
        raise ValueError("日期太远，无法推算。")
