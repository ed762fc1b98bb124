"""A legal day ends at 24:00 Asia/Shanghai, wherever the server stands."""

from datetime import UTC, date, datetime, timedelta

import pytest

from backend.kernel.clock import SHANGHAI, FixedClock, OffsetClock, legal_day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 23, 15, 59, 59, tzinfo=UTC), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 16, 0, tzinfo=UTC), date(2026, 11, 24)),
        (datetime(2026, 11, 23, 23, 59, tzinfo=SHANGHAI), date(2026, 11, 23)),
        (datetime(2026, 11, 23, 0, 0), date(2026, 11, 23)),
    ],
)
def test_the_day_of_a_moment_is_the_offices(moment: datetime, day: date) -> None:
    assert legal_day(moment) == day


def test_a_fixed_clock_moves_only_when_told() -> None:
    clock = FixedClock(datetime(2026, 2, 12, 1, 0, tzinfo=UTC))
    assert clock.now() == clock.now()
    clock.advance(timedelta(hours=2))
    assert clock.now().isoformat() == "2026-02-12T11:00:00+08:00"


def test_a_moved_clock_runs() -> None:
    assert OffsetClock(timedelta(days=3)).now() - datetime.now(SHANGHAI) > timedelta(days=2, hours=23)
