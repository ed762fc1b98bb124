"""When somebody sits at the seat."""

from datetime import date, datetime

import pytest

from backend.assistant.seat_hours import is_open, next_opening, said
from backend.kernel.clock import SHANGHAI


def weekday(day: date) -> bool:
    return day.weekday() < 5


@pytest.mark.parametrize(
    ("day", "hour", "minute", "opened"),
    [
        (23, 9, 0, True),
        (23, 8, 59, False),
        (23, 12, 0, False),
        (23, 13, 30, True),
        (23, 17, 0, False),
        (22, 10, 0, False),
    ],
)
def test_hours(day: int, hour: int, minute: int, opened: bool) -> None:
    assert is_open(datetime(2026, 11, day, hour, minute, tzinfo=SHANGHAI), weekday) is opened


@pytest.mark.parametrize(
    ("day", "hour", "told"),
    [(23, 7, "11月23日（周一）09:00"), (23, 12, "11月23日（周一）13:30"), (27, 18, "11月30日（周一）09:00")],
)
def test_the_next_opening(day: int, hour: int, told: str) -> None:
    assert said(next_opening(datetime(2026, 11, day, hour, tzinfo=SHANGHAI), weekday)) == told
