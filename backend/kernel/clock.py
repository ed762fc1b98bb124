"""The one source of time. Use cases receive moments as arguments; only the edges ask a clock."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Protocol
from zoneinfo import ZoneInfo

#: Legal days and hours are those of the office (行政许可法 第八十二条 speaks of working days there).
SHANGHAI = ZoneInfo("Asia/Shanghai")


class Clock(Protocol):
    """Tell the present moment, aware, in Asia/Shanghai."""

    def now(self) -> datetime: ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> datetime:
        return datetime.now(SHANGHAI)


@dataclass
class OffsetClock:
    """The machine's time moved by a fixed distance, for rehearsals in the sample county."""

    offset: timedelta

    def now(self) -> datetime:
        return datetime.now(SHANGHAI) + self.offset


@dataclass
class FixedClock:
    """A time that moves only when told to. Tests and time-travel journeys use it."""

    moment: datetime

    def __post_init__(self) -> None:
        self.moment = in_shanghai(self.moment)

    def now(self) -> datetime:
        return self.moment

    def advance(self, step: timedelta) -> None:
        self.moment += step

    def set(self, moment: datetime) -> None:
        self.moment = in_shanghai(moment)


def in_shanghai(moment: datetime) -> datetime:
    """Express a moment in the office's time zone; a naive one is taken as already local."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=SHANGHAI)
    return moment.astimezone(SHANGHAI)


def legal_day(moment: datetime) -> date:
    """The calendar day of a moment at the office; a day ends at 24:00 Asia/Shanghai."""
    return in_shanghai(moment).date()
