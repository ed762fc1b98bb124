"""Numbers that carry their unit."""

from dataclasses import dataclass
from enum import StrEnum


class DayUnit(StrEnum):
    """How a statute counts: 工作日, or plain 日 (kept as written, LAW §1)."""

    WORKING = "working"
    CALENDAR = "calendar"

    @property
    def text(self) -> str:
        return "个工作日" if self is DayUnit.WORKING else "日"


@dataclass(frozen=True)
class Days:
    """A length of time in whole days of one unit; zero means on the spot (当场)."""

    count: int
    unit: DayUnit = DayUnit.WORKING

    def __post_init__(self) -> None:
        if self.count < 0:
            raise ValueError("a limit is never negative")

    def __str__(self) -> str:
        return "当场" if self.count == 0 else f"{self.count}{self.unit.text}"


def WorkingDays(count: int) -> Days:  # noqa: N802  reads as a unit: WorkingDays(20)
    """So many 工作日."""
    return Days(count, DayUnit.WORKING)


def CalendarDays(count: int) -> Days:  # noqa: N802  reads as a unit: CalendarDays(60)
    """So many 日, as some special statutes write."""
    return Days(count, DayUnit.CALENDAR)


def yuan(fee_fen: int) -> str:
    """Write an amount kept in fen as people read it."""
    whole, cents = divmod(fee_fen, 100)
    return f"{whole}元" if cents == 0 else f"{whole}.{cents:02d}元"
