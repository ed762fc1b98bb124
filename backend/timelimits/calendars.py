"""The calendar's use cases: read it, load a year's notice, move the open clocks when it changes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backend.journal.service import publish, record, use_case
from backend.journal.types import Act
from backend.kernel.actors import SYSTEM, Actor
from backend.kernel.clock import legal_day
from backend.kernel.ids import new_id
from backend.timelimits import published, reckoning, store
from backend.timelimits.calendar import Calendar
from backend.timelimits.errors import CalendarIncomplete
from backend.timelimits.events import DueDatesMoved
from backend.timelimits.ledger import Entry, EntryKind
from backend.timelimits.rules import COUNTING
from backend.timelimits.types import CalendarChange, CalendarDay

#: Revisions this process has read. They never change; few exist.
_read: dict[UUID | None, Calendar] = {None: Calendar()}


@dataclass(frozen=True)
class Dated:
    """A calendar with the revision it is."""

    revision_id: UUID | None
    calendar: Calendar


async def calendar() -> Calendar:
    """The office's calendar as it stands."""
    return (await newest()).calendar


async def newest() -> Dated:
    """The newest calendar; one small query, the days are read once a process."""
    return await as_of(await store.newest_revision())


async def as_of(revision_id: UUID | None) -> Dated:
    """The calendar of a revision, for clocks that stopped while it was in force."""
    if revision_id not in _read:
        _read[revision_id] = await store.read_calendar(revision_id)
    return Dated(revision_id, _read[revision_id])


@use_case
async def load_calendar(
    days: Sequence[CalendarDay],
    *,
    source: str,
    now: datetime,
    years: Collection[int] | None = None,
    actor: Actor = SYSTEM,
) -> CalendarChange:
    """Put a year's notice, or its correction, in place and move the open clocks it touches.

    `years` (by default those of the days) become published and hold exactly the days given. Clocks
    that were stopped keep their dates. The same calendar twice changes nothing. Raises
    `CalendarIncomplete` where a day stands twice.
    """
    _refuse_doubles(days)
    covered = set(years) if years is not None else {day.on.year for day in days}
    before = await calendar()
    changed = _changed_days(before, days, covered)
    if not changed and covered <= before.published_years:
        return CalendarChange(0, 0)
    revision = await store.add_revision(changed, days, years=covered, source=source, at=now)
    first = min([*changed, *(date(year, 1, 1) for year in covered - before.published_years)])
    moved = await _recount(first, revision=revision, source=source, now=now)
    detail = {"source": source, "years": sorted(covered), "changed_days": len(changed), "moved_limits": moved}
    record(
        Act(
            verb="timelimits.load_calendar",
            actor=actor,
            at=now,
            subject_kind="calendar",
            subject_id=revision,
            article=COUNTING,
            detail=detail,
        )
    )
    return CalendarChange(len(changed), moved)


@use_case
async def load_published(*, now: datetime) -> CalendarChange:
    """Fill the table with the published years it does not hold yet; the office's corrections stay."""
    known = (await calendar()).published_years
    changed_days = moved_limits = 0
    for year in published.published_years():
        if year not in known:
            source = published.source_of(year)
            change = await load_calendar(published.days_of(year), source=source, now=now, years={year})
            changed_days += change.changed_days
            moved_limits += change.moved_limits
    return CalendarChange(changed_days, moved_limits)


def _refuse_doubles(days: Sequence[CalendarDay]) -> None:
    seen: set[date] = set()
    for day in days:
        if day.on in seen:
            raise CalendarIncomplete(day.on)
        seen.add(day.on)


def _changed_days(before: Calendar, days: Sequence[CalendarDay], covered: set[int]) -> list[date]:
    new = {day.on: day for day in days}
    gone = [on for on in before.days if on.year in covered and on not in new]
    return [*gone, *(on for on, day in new.items() if before.days.get(on) != day)]


async def _recount(first: date, *, revision: UUID, source: str, now: datetime) -> int:
    """Move the open clocks that end on or after the first changed day; tell each case once."""
    after = (await as_of(revision)).calendar
    moved: dict[UUID, int] = {}
    for limit in await store.running(ending_from=first):
        view = reckoning.shown(limit.view, limit.entries, calendar=after)
        if view == limit.view:
            continue
        reason = f"放假安排更新（{source}），届满日由 {limit.view.due_on} 改为 {view.due_on}"
        entry = Entry(id=new_id(), kind=EntryKind.RECOUNTED, on=legal_day(now), at=now, reason=reason)
        await store.append(limit, entry, view=view, revision_id=revision)
        if view.due_on != limit.view.due_on:
            moved[view.case_id] = moved.get(view.case_id, 0) + 1
    for case_id in moved:
        publish(DueDatesMoved(case_id=case_id, revision_id=revision, at=now))
    return sum(moved.values())
