"""Every query on the time limits and the calendar."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from tortoise.expressions import Q

from backend.kernel.ids import new_id
from backend.kernel.law import Article
from backend.kernel.units import Days, DayUnit
from backend.timelimits.calendar import Calendar
from backend.timelimits.ledger import Entry, EntryKind
from backend.timelimits.models import (
    CalendarDayRow,
    CalendarRevisionRow,
    CalendarYearRow,
    LedgerRow,
    TimeLimitRow,
)
from backend.timelimits.types import CalendarDay, LimitKind, TimeLimitView


@dataclass(frozen=True)
class StoredLimit:
    """A clock with its whole ledger."""

    view: TimeLimitView
    entries: tuple[Entry, ...]
    #: The calendar's revision the view was reckoned with.
    revision_id: UUID | None


async def newest_revision() -> UUID | None:
    """The calendar's newest revision; None while nothing was loaded."""
    row = await CalendarRevisionRow.all().order_by("-number").first()
    return row.id if row else None


async def read_calendar(revision_id: UUID | None) -> Calendar:
    """The calendar as it stood at a revision; without one nothing is published."""
    revision = await CalendarRevisionRow.get_or_none(id=revision_id) if revision_id else None
    if revision is None:
        return Calendar()
    held = Q(since__lte=revision.number) & (Q(until__isnull=True) | Q(until__gt=revision.number))
    days = [CalendarDay(row.on, row.is_working, row.name) for row in await CalendarDayRow.filter(held)]
    return Calendar.of(days, published_years=[row.year for row in await CalendarYearRow.filter(held)])


async def add_revision(
    changed: Sequence[date], days: Sequence[CalendarDay], *, years: Collection[int], source: str, at: datetime
) -> UUID:
    """Write a new revision in which the changed days are as given; those not given are ordinary again."""
    last = await CalendarRevisionRow.all().order_by("-number").first()
    number = last.number + 1 if last else 1
    revision = await CalendarRevisionRow.create(id=new_id(), number=number, source=source, at=at)
    await CalendarDayRow.filter(on__in=changed, until__isnull=True).update(until=number)
    await CalendarYearRow.filter(year__in=years, until__isnull=True).update(until=number)
    rows = [day for day in days if day.on in set(changed)]
    await CalendarDayRow.bulk_create(
        [
            CalendarDayRow(id=new_id(), on=day.on, is_working=day.is_working, name=day.name, since=number)
            for day in rows
        ]
    )
    await CalendarYearRow.bulk_create(
        [CalendarYearRow(id=new_id(), year=year, source=source, since=number) for year in sorted(years)]
    )
    return revision.id


async def add(view: TimeLimitView, entry: Entry, *, revision_id: UUID | None) -> None:
    """Write a new clock with the first entry of its ledger."""
    await TimeLimitRow.create(
        id=view.id,
        case_id=view.case_id,
        kind=view.kind,
        count=view.limit.count,
        unit=view.limit.unit,
        article_law=view.article.law,
        article_place=view.article.place,
        started_on=view.started_on,
        due_on=view.due_on,
        amber_on=view.amber_on,
        is_provisional=view.is_provisional,
        revision_id=revision_id,
    )
    await _ledger_row(view.id, entry, number=1).save(force_create=True)


async def append(stored: StoredLimit, entry: Entry, *, view: TimeLimitView, revision_id: UUID | None) -> None:
    """Add an entry to a clock's ledger and write what the clock has become."""
    await _ledger_row(view.id, entry, number=len(stored.entries) + 1).save(force_create=True)
    await TimeLimitRow.filter(id=view.id).update(
        extended_by=view.extended_by.count if view.extended_by else 0,
        due_on=view.due_on,
        amber_on=view.amber_on,
        is_provisional=view.is_provisional,
        is_paused=view.paused,
        stopped_on=view.stopped_on,
        revision_id=revision_id,
    )


async def of_case(case_id: UUID, *, lock: bool = False) -> list[StoredLimit]:
    """A case's clocks in the order they started."""
    query = TimeLimitRow.filter(case_id=case_id).order_by("started_on", "kind")
    return await _with_ledgers(await (query.select_for_update() if lock else query))


async def running(*, ending_from: date) -> list[StoredLimit]:
    """Clocks still running that end on or after a day, locked: the ones a change from that day can move."""
    rows = await TimeLimitRow.filter(stopped_on__isnull=True, due_on__gte=ending_from).select_for_update()
    return await _with_ledgers(rows)


async def passed(kind: LimitKind, *, before: date, limit: int) -> list[UUID]:
    """Cases whose running, unpaused clock of a kind ended before a day; the oldest first."""
    rows = TimeLimitRow.filter(stopped_on__isnull=True, kind=kind, due_on__lt=before, is_paused=False)
    found = await rows.order_by("due_on").limit(limit).values_list("case_id", flat=True)
    return [UUID(str(case_id)) for case_id in found]


async def _with_ledgers(rows: Sequence[TimeLimitRow]) -> list[StoredLimit]:
    if not rows:
        return []
    ledgers: dict[UUID, list[Entry]] = {}
    ids: Collection[UUID] = [row.id for row in rows]
    for entry in await LedgerRow.filter(limit_id__in=ids).order_by("limit_id", "number"):
        ledgers.setdefault(entry.limit_id, []).append(_entry(entry))
    return [StoredLimit(_view(row), tuple(ledgers[row.id]), row.revision_id) for row in rows]


def _view(row: TimeLimitRow) -> TimeLimitView:
    unit = DayUnit(row.unit)
    return TimeLimitView(
        id=row.id,
        case_id=row.case_id,
        kind=LimitKind(row.kind),
        limit=Days(row.count + row.extended_by, unit),
        article=Article(row.article_law, row.article_place),
        started_on=row.started_on,
        due_on=row.due_on,
        amber_on=row.amber_on,
        is_provisional=row.is_provisional,
        paused=row.is_paused,
        extended_by=Days(row.extended_by, unit) if row.extended_by else None,
        stopped_on=row.stopped_on,
    )


def _entry(row: LedgerRow) -> Entry:
    return Entry(
        id=row.id,
        kind=EntryKind(row.kind),
        on=row.on,
        at=row.at,
        days=None if row.count is None else Days(row.count, DayUnit(row.unit)),
        pause_id=row.pause_id,
        reason=row.reason,
        article=row.article,
        notice_id=row.notice_id,
    )


def _ledger_row(limit_id: UUID, entry: Entry, *, number: int) -> LedgerRow:
    return LedgerRow(
        id=entry.id,
        limit_id=limit_id,
        number=number,
        kind=entry.kind,
        on=entry.on,
        at=entry.at,
        count=entry.days.count if entry.days else None,
        unit=entry.days.unit if entry.days else "",
        pause_id=entry.pause_id,
        reason=entry.reason,
        article=entry.article,
        notice_id=entry.notice_id,
    )
