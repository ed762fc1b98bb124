"""When somebody sits at the seat (人工坐席): working days, the hours of the hall. Pure."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta

#: Operational, not legal: the county's hall is open like this; the office changes it here.
HOURS = ((time(9, 0), time(12, 0)), (time(13, 30), time(17, 0)))
HOURS_TEXT = "工作日 9:00–12:00、13:30–17:00"
WEEKDAYS = "一二三四五六日"


def is_open(now: datetime, is_working: Callable[[date], bool]) -> bool:
    """Whether the seat is occupied at a moment."""
    return is_working(now.date()) and any(begin <= now.time() < end for begin, end in HOURS)


def next_opening(now: datetime, is_working: Callable[[date], bool]) -> datetime:
    """When somebody sits there next; within a month, as no holiday is longer."""
    for ahead in range(31):
        day = now.date() + timedelta(days=ahead)
        for begin, _ in HOURS:
            opening = datetime.combine(day, begin, tzinfo=now.tzinfo)
            if opening > now and is_working(day):
                return opening
    raise AssertionError("no calendar has a month without a working day")


def said(opening: datetime) -> str:
    """A moment as people say it."""
    return f"{opening.month}月{opening.day}日（周{WEEKDAYS[opening.weekday()]}）{opening:%H:%M}"
