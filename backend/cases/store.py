"""Every query on cases."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from itertools import count
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from backend.cases.errors import KeyUsedElsewhere, NoSuchCase
from backend.cases.models import Case, Correction, Decision, MissingPart, Request
from backend.cases.states import CaseAct, State
from backend.cases.types import CaseView, CorrectionView, DecisionView, MissingPartView, MissingRequest
from backend.kernel.clock import in_shanghai
from backend.kernel.ids import new_id


async def locked(case_id: UUID) -> Case:
    """The row, locked until the transaction ends. Raises `NoSuchCase`."""
    row = await Case.filter(id=case_id).select_for_update().first()
    if row is None:
        raise NoSuchCase
    return row


async def row(case_id: UUID) -> Case:
    """The row as it is now. Raises `NoSuchCase`."""
    found = await Case.get_or_none(id=case_id)
    if found is None:
        raise NoSuchCase
    return found


async def open_draft(draft_key: str) -> Case | None:
    return await Case.get_or_none(draft_key=draft_key)


async def drafts_of(person_id: UUID) -> list[Case]:
    """A person's open drafts, newest first."""
    return await Case.filter(person_id=person_id, state=State.DRAFT).order_by("-updated_at").limit(100)


#: Just what a list shows: building whole rows through the ORM takes three times as long (docs/measured.md).
LISTED = ", ".join(each.name for each in fields(CaseView))
NEWEST_FIRST = """
SELECT {columns} FROM cases_case WHERE person_id = {mark} AND state IN ({states}) {behind}
ORDER BY updated_at DESC, id DESC LIMIT {limit:d}
"""
BEHIND = "AND (updated_at < {mark} OR (updated_at = {mark} AND id < {mark}))"


async def cases_of(
    person_id: UUID, *, states: Collection[State], before: tuple[datetime, UUID] | None, limit: int
) -> list[CaseView]:
    """A person's cases in some states, latest change first, from behind a cursor."""
    connection = get_connection("default")
    is_postgres = connection.capabilities.dialect == "postgres"
    values: list[object] = [str(person_id), *(state.value for state in states)]
    if before:
        moment: object = before[0] if is_postgres else in_shanghai(before[0]).isoformat(" ")
        values += [moment, moment, str(before[1])]
    sql = NEWEST_FIRST.format(
        columns=LISTED,
        mark="?",
        states=", ".join("?" * len(states)),
        behind=BEHIND.format(mark="?") if before else "",
        limit=limit,
    )
    if is_postgres:
        places = count(1)
        sql = re.sub(r"\?", lambda _: f"${next(places)}", sql)
    _, rows = await connection.execute_query(sql, values)
    return [_listed(row) for row in rows]


def _uuid(value: Any) -> UUID | None:
    return UUID(value) if isinstance(value, str) else value


def _moment(value: datetime | None) -> datetime | None:
    return None if value is None else in_shanghai(value)


#: What must be done to a column of either engine: ids may come as text, moments in any zone, truth as a number.
READERS: Mapping[str, Callable[[Any], Any]] = {
    "id": _uuid,
    "person_id": _uuid,
    "officer_id": _uuid,
    "state": State,
    "created_at": _moment,
    "updated_at": _moment,
    "received_at": _moment,
    "accepted_at": _moment,
    "decided_at": _moment,
    "is_due_provisional": bool,
}
IN_ORDER = tuple(READERS.get(each.name) for each in fields(CaseView))


def _listed(row: Iterable[Any]) -> CaseView:
    """A row in the order of the view's fields."""
    values: list[Any] = [read(value) if read else value for read, value in zip(IN_ORDER, row, strict=True)]
    return CaseView(*values)


TAKE_NUMBER = """
INSERT INTO cases_sequence (name, value) VALUES ({mark}, 1)
ON CONFLICT (name) DO UPDATE SET value = cases_sequence.value + 1 RETURNING value
"""


async def next_number(series: str) -> int:
    """The next of a series, its row locked until the transaction ends: no gap, no double."""
    connection = get_connection("default")
    mark = "$1" if connection.capabilities.dialect == "postgres" else "?"
    taken = await connection.execute_query_dict(TAKE_NUMBER.format(mark=mark), [series])
    return int(taken[0]["value"])


async def is_answered(person_id: UUID, key: str, *, act: CaseAct, case_id: UUID) -> bool:
    """Whether this very request was answered before. Raises `KeyUsedElsewhere` for another act or case."""
    found = await Request.get_or_none(person_id=person_id, key=key)
    if found is not None and (found.act, found.case_id) != (act, case_id):
        raise KeyUsedElsewhere
    return found is not None


async def remember_request(person_id: UUID, key: str, *, act: CaseAct, case_id: UUID) -> None:
    """Keep the key of an answered request. Raises `KeyUsedElsewhere` where another case took it meanwhile."""
    try:
        async with in_transaction("default"):
            await Request.create(id=new_id(), person_id=person_id, key=key, act=act, case_id=case_id)
    except IntegrityError:
        raise KeyUsedElsewhere from None


async def add_correction(
    case_id: UUID, missing: Sequence[tuple[MissingRequest, str]], *, officer_label: str, now: datetime
) -> None:
    """Write the one notice; each missing part comes with its name."""
    await Correction.create(id=new_id(), case_id=case_id, requested_at=now, officer_label=officer_label)
    await MissingPart.bulk_create(
        [
            MissingPart(id=new_id(), case_id=case_id, key=each.key, name=name, reason=each.reason, position=i)
            for i, (each, name) in enumerate(missing)
        ]
    )


async def correction_of(case_id: UUID) -> CorrectionView | None:
    found = await Correction.get_or_none(case_id=case_id)
    if found is None:
        return None
    parts = await MissingPart.filter(case_id=case_id).order_by("position")
    missing = tuple(MissingPartView(part.key, part.name, part.reason) for part in parts)
    return CorrectionView(found.requested_at, found.supplied_at, missing)


async def corrections_of(case_ids: Sequence[UUID]) -> dict[UUID, int]:
    """How many parts each case's notice asks for."""
    counts: dict[UUID, int] = {}
    for case_id in await MissingPart.filter(case_id__in=list(case_ids)).values_list("case_id", flat=True):
        key = UUID(str(case_id))
        counts[key] = counts.get(key, 0) + 1
    return counts


async def mark_supplied(case_id: UUID, *, now: datetime) -> None:
    await Correction.filter(case_id=case_id).update(supplied_at=now)


async def add_decision(case_id: UUID, decision: DecisionView, *, officer_label: str) -> None:
    await Decision.create(
        id=new_id(),
        case_id=case_id,
        kind=decision.kind,
        facts=decision.facts,
        clauses=decision.clauses,
        reasons=decision.reasons,
        decided_at=decision.decided_at,
        officer_label=officer_label,
    )


async def decision_of(case_id: UUID) -> DecisionView | None:
    found = await Decision.get_or_none(case_id=case_id)
    if found is None:
        return None
    return DecisionView(found.kind, found.facts, found.clauses, found.reasons, found.decided_at)


def view(case: Case) -> CaseView:
    """A row as others see it."""
    return CaseView(
        id=case.id,
        number=case.number or "",
        person_id=case.person_id,
        item_code=case.item_code,
        item_name=case.item_name,
        item_version=case.item_version,
        variant_code=case.variant_code,
        variant_name=case.variant_name,
        state=State(case.state),
        version=case.version,
        applicant_masked=case.applicant_masked,
        officer_id=case.officer_id,
        officer_label=case.officer_label,
        created_at=case.created_at,
        updated_at=case.updated_at,
        received_at=case.received_at,
        accepted_at=case.accepted_at,
        decided_at=case.decided_at,
        due_on=case.due_on,
        is_due_provisional=case.is_due_provisional,
    )


async def change_person(from_id: UUID, into_id: UUID) -> None:
    """Give one account's cases to another. A draft both have begun stays a second draft, without its key."""
    for draft in await Case.filter(person_id=from_id, draft_key__not_isnull=True):
        draft.draft_key = None
        await draft.save(update_fields=["draft_key"])
    await Case.filter(person_id=from_id).update(person_id=into_id)
