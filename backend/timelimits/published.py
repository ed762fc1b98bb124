"""The State Council's yearly holiday notices as rows, for the first filling of the calendar table.

The days come from the package `chinesecalendar`; each year names the notice it follows. Once loaded
the office's own table is what counts, so that a correction needs no release.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache

from chinese_calendar import Holiday
from chinese_calendar.constants import holidays, workdays

from backend.timelimits.calendar import Calendar
from backend.timelimits.types import CalendarDay

FIRST_YEAR = 2018
UNCONFIRMED = "国务院办公厅年度放假安排通知（文号待核实）"

#: 国务院办公厅关于部分节假日安排的通知, by the year arranged, with the notices that changed it.
NOTICES: Mapping[int, str] = {
    2018: "国办发明电〔2017〕12号",
    2019: "国办发明电〔2018〕15号、国办发明电〔2019〕3号",
    2020: "国办发明电〔2019〕16号、国办发明电〔2020〕1号",
    2021: "国办发明电〔2020〕27号",
    2022: "国办发明电〔2021〕11号",
    2023: "国办发明电〔2022〕16号",
    2024: "国办发明电〔2023〕7号",
    2025: "国办发明电〔2024〕12号",
    2026: "国办发明电〔2025〕7号",
}
_FESTIVAL_NAMES = {"清明": "清明节", "端午": "端午节", "中秋": "中秋节"}


def published_years() -> tuple[int, ...]:
    """The years whose notice the package knows, from 2018 on."""
    return tuple(sorted({day.year for day in holidays if day.year >= FIRST_YEAR}))


def days_of(year: int) -> tuple[CalendarDay, ...]:
    """The days of a year that are not what their weekday says."""
    rows = [CalendarDay(on, False, _name(name)) for on, name in holidays.items() if on.year == year]
    rows += [CalendarDay(on, True, _name(name)) for on, name in workdays.items() if on.year == year]
    return tuple(sorted(rows, key=_day))


def source_of(year: int) -> str:
    """The notice a year follows; 待核实 where its number was not confirmed."""
    return NOTICES.get(year, UNCONFIRMED)


@cache
def published_calendar() -> Calendar:
    """The calendar of all published years, for commands that run without a database."""
    years = published_years()
    return Calendar.of([day for year in years for day in days_of(year)], published_years=years)


def _name(english: str) -> str:
    chinese: str = Holiday(english).chinese
    return _FESTIVAL_NAMES.get(chinese, chinese)


def _day(row: CalendarDay) -> date:
    return row.on
