"""Lists across cases, clocks, officers and departments: the one place that reads others' tables.

Read only, and nothing here opens a sealed column.
"""

import json
from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from tortoise.expressions import Q
from tortoise.queryset import QuerySet

from backend.cases.models import Case
from backend.cases.states import CLOSED, OPEN, State
from backend.catalog.models import CatalogDepartment
from backend.console.rules import pressing
from backend.console.types import Counts, Place, Reading, Tab, Wanted, WorkRow
from backend.identity.models import Officer
from backend.journal.models import JournalEntry
from backend.kernel.clock import in_shanghai
from backend.timelimits.models import TimeLimitRow

READING_VERB = "console.read_case"
#: Entries looked through for an officer's last reading; more acts than this do not fit into an hour.
RECENT_ENTRIES = 500


async def worklist(
    wanted: Wanted, *, officer_id: UUID, today: date, after: Place | None, limit: int
) -> list[WorkRow]:
    """One page of a list: open cases by their last day, closed ones the latest first."""
    query = await _matching(wanted, officer_id=officer_id, today=today)
    if wanted.tab is Tab.CLOSED:
        found = await _latest_closed(query, after=after, limit=limit)
    else:
        found = await _by_due(query, after=after, limit=limit)
    return await _rows(found, today=today)


async def counts(*, officer_id: UUID, today: date) -> Counts:
    """How many open cases wait for anybody, for this officer, in all, and beyond their day."""
    is_open = Case.filter(state__in=list(OPEN))
    return Counts(
        pool=await is_open.filter(officer_id__isnull=True).count(),
        mine=await is_open.filter(officer_id=officer_id).count(),
        open=await is_open.count(),
        overdue=await is_open.filter(due_on__lt=today).count(),
    )


async def _matching(wanted: Wanted, *, officer_id: UUID, today: date) -> QuerySet[Case]:
    query = Case.filter(state__in=list(CLOSED if wanted.tab is Tab.CLOSED else OPEN))
    if wanted.tab is Tab.POOL:
        query = query.filter(officer_id__isnull=True)
    elif wanted.tab is Tab.MINE:
        query = query.filter(officer_id=officer_id)
    if wanted.state is not None:
        query = query.filter(state=wanted.state)
    if wanted.is_overdue:
        query = query.filter(due_on__lt=today)
    return query.filter(await _text(wanted.text)) if wanted.text else query


async def _text(text: str) -> Q:
    """A number, a part of one, a part of an item's name or of a department's, past or present."""
    named = Q(name__contains=text) | Q(present_name__contains=text)
    codes = [str(code) for code in await CatalogDepartment.filter(named).values_list("code", flat=True)]
    return Q(number__contains=text) | Q(item_name__contains=text) | Q(department_code__in=codes or [""])


async def _by_due(query: QuerySet[Case], *, after: Place | None, limit: int) -> list[Case]:
    """The nearest last day first; those that wait for the applicant have none and come last.

    Two queries instead of NULLS LAST: the engines sort empty values differently.
    """
    found: list[Case] = []
    if after is None or after.part == "due":
        dated = query.filter(due_on__isnull=False)
        if after:
            day = date.fromisoformat(after.value)
            dated = dated.filter(Q(due_on__gt=day) | Q(due_on=day, id__gt=after.id))
        found = await dated.order_by("due_on", "id").limit(limit)
    if len(found) < limit:
        undated = query.filter(due_on__isnull=True)
        if after and after.part == "none":
            moment = datetime.fromisoformat(after.value)
            undated = undated.filter(Q(received_at__gt=moment) | Q(received_at=moment, id__gt=after.id))
        found += await undated.order_by("received_at", "id").limit(limit - len(found))
    return found


async def _latest_closed(query: QuerySet[Case], *, after: Place | None, limit: int) -> list[Case]:
    if after:
        moment = datetime.fromisoformat(after.value)
        query = query.filter(Q(closed_at__lt=moment) | Q(closed_at=moment, id__lt=after.id))
    return await query.order_by("-closed_at", "-id").limit(limit)


async def rows_of(case_ids: Sequence[UUID], *, today: date) -> list[WorkRow]:
    """Some cases as rows of a list."""
    return await _rows(await Case.filter(id__in=list(case_ids)), today=today)


async def _rows(found: Sequence[Case], *, today: date) -> list[WorkRow]:
    """Rows with names and lights, at three queries for all of them."""
    departments = await _department_names({case.department_code for case in found})
    names = await _officer_names({case.officer_id for case in found if case.officer_id})
    clocks = await _nearest_clocks([case.id for case in found])
    return [
        _row(
            case,
            clocks.get(case.id),
            department=departments.get(case.department_code, ""),
            holder=names.get(case.officer_id, case.officer_label) if case.officer_id else "",
            today=today,
        )
        for case in found
    ]


def _row(case: Case, clock: TimeLimitRow | None, *, department: str, holder: str, today: date) -> WorkRow:
    amber_on = clock.amber_on if clock else None
    is_paused = clock is not None and clock.is_paused
    return WorkRow(
        id=case.id,
        number=case.number or "",
        item_name=case.item_name,
        variant_name="" if case.variant_code == "default" else case.variant_name,
        department=department,
        applicant_masked=case.applicant_masked,
        state=State(case.state),
        received_at=in_shanghai(case.received_at) if case.received_at else None,
        closed_at=in_shanghai(case.closed_at) if case.closed_at else None,
        due_on=case.due_on,
        is_provisional=clock is not None and clock.is_provisional,
        pressing=pressing(case.due_on, amber_on, today=today, is_paused=is_paused),
        holder_id=case.officer_id,
        holder=holder,
        place=_place(case),
    )


def _place(case: Case) -> Place:
    if case.closed_at is not None:
        return Place("closed", case.closed_at.isoformat(), case.id)
    if case.due_on is not None:
        return Place("due", case.due_on.isoformat(), case.id)
    assert case.received_at is not None, "drafts are in no list"
    return Place("none", case.received_at.isoformat(), case.id)


async def _department_names(codes: set[str]) -> dict[str, str]:
    found = await CatalogDepartment.filter(code__in=list(codes)).values_list("code", "present_name")
    return {str(code): str(name) for code, name in found}


async def _officer_names(ids: set[UUID]) -> dict[UUID, str]:
    found = await Officer.filter(id__in=list(ids)).values_list("id", "name", "staff_number")
    return {UUID(str(key)): f"{name}（{number}）" for key, name, number in found}


async def _nearest_clocks(case_ids: Sequence[UUID]) -> dict[UUID, TimeLimitRow]:
    """The running clock of each case that ends first."""
    running = TimeLimitRow.filter(case_id__in=list(case_ids), stopped_on__isnull=True)
    found: dict[UUID, TimeLimitRow] = {}
    for row in await running.order_by("due_on"):
        found.setdefault(row.case_id, row)
    return found


async def last_readings(case_id: UUID, *, officer_id: UUID, since: datetime) -> list[Reading]:
    """When an officer opened a case's file since a moment, the latest first."""
    entries = (
        await JournalEntry.filter(case_id=case_id, actor_id=officer_id, verb=READING_VERB, at__gt=since)
        .order_by("-seq")
        .limit(RECENT_ENTRIES)
    )
    return [
        Reading(in_shanghai(each.at), json.loads(each.detail).get("is_stated") is True) for each in entries
    ]
