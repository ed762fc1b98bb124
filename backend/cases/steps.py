"""What every step of a case shares: move the row, write the act down, name the case in events."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TypedDict
from uuid import UUID

from backend.cases.models import Case
from backend.cases.states import CLOSED, Transition
from backend.journal.service import record
from backend.journal.types import Act
from backend.kernel.actors import Actor
from backend.kernel.clock import legal_day
from backend.kernel.law import Article
from backend.kernel.units import Days
from backend.timelimits import service as timelimits
from backend.timelimits.types import DueDate, LimitKind


class CaseFactsOfEvent(TypedDict):
    """What every event about a case says; no personal data."""

    case_id: UUID
    number: str
    person_id: UUID
    item_code: str
    item_name: str


def facts_of(case: Case) -> CaseFactsOfEvent:
    return {
        "case_id": case.id,
        "number": case.number or "",
        "person_id": case.person_id,
        "item_code": case.item_code,
        "item_name": case.item_name,
    }


async def move(
    case: Case,
    transition: Transition,
    *,
    now: datetime,
    due: DueDate | None = None,
    also: Sequence[str] = (),
) -> None:
    """Take a step: state, version and the nearest due date; closing also ends every clock.

    `also` names columns the caller has set, to be written with the same statement.
    """
    case.state = transition.target
    case.due_on, case.is_due_provisional = (due.on, due.is_provisional) if due else (None, False)
    case.updated_at, case.version = now, case.version + 1
    changed = ["state", "due_on", "is_due_provisional", "updated_at", "version", *also]
    if transition.target in CLOSED:
        await timelimits.stop(case.id, on=legal_day(now))
        case.decided_at = case.closed_at = now
        changed += ["decided_at", "closed_at"]
    await case.save(update_fields=changed)


async def start_clock(
    case: Case, kind: LimitKind, *, from_day: date, limit: Days, article: Article, now: datetime
) -> DueDate:
    """Start one clock of a case; its last day."""
    view = await timelimits.start(
        case.id, kind=kind, from_day=from_day, limit=limit, article=article, now=now
    )
    return DueDate(view.due_on, view.is_provisional)


def note(
    case: Case,
    verb: str,
    *,
    actor: Actor,
    now: datetime,
    article: Article | None = None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Write an act on a case into the journal."""
    record(
        Act(
            verb=verb,
            actor=actor,
            at=now,
            subject_kind="case",
            subject_id=case.id,
            case_id=case.id,
            on_behalf_of=None if actor.id == case.person_id else case.person_id,
            article=article,
            detail={"number": case.number or "", "state": case.state, **(detail or {})},
        )
    )
