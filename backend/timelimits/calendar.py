"""The office's calendar, pure: which day is a working day, and how sure that is.

Only days that differ from their weekday are listed. A year counts as published once the State
Council's notice for it is loaded; any other year is read by weekday and is provisional.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Self

from backend.timelimits.types import CalendarDay

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")


@dataclass(frozen=True)
class Calendar:
    """Working days, rest days and make-up workdays (行政许可法 第八十二条)."""

    days: Mapping[date, CalendarDay] = field(default_factory=lambda: MappingProxyType({}))
    published_years: frozenset[int] = frozenset()

    @classmethod
    def of(cls, days: Iterable[CalendarDay], *, published_years: Iterable[int]) -> Self:
        """Make a calendar of its exceptional days and the years whose notice is out."""
        return cls(MappingProxyType({day.on: day for day in days}), frozenset(published_years))

    def is_working(self, day: date) -> bool:
        """Whether the office works that day."""
        listed = self.days.get(day)
        return listed.is_working if listed else day.weekday() < 5

    def is_provisional(self, day: date) -> bool:
        """Whether the day is only known by its weekday."""
        return day.year not in self.published_years and day not in self.days

    def reason(self, day: date) -> str:
        """Say in Chinese why the day is or is not a working day."""
        listed = self.days.get(day)
        if listed:
            return f"调休上班（{listed.name}）" if listed.is_working else f"{listed.name}放假"
        words = "工作日" if day.weekday() < 5 else f"{WEEKDAYS[day.weekday()]}休息"
        return f"{words}（{day.year}年放假安排未公布，暂按星期推算）" if self.is_provisional(day) else words
