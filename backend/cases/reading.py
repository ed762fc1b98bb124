"""Looking at cases: one's own, or, for officers, the office's."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from backend.cases import store
from backend.cases.drafting import read_form
from backend.cases.errors import NoSuchCase
from backend.cases.models import Case
from backend.cases.progress import line_of, title_of
from backend.cases.states import CLOSED, OPEN, State, acts_from
from backend.cases.types import CaseFacts, CaseFile, CaseView, FormLine, Line, Step
from backend.catalog import service as catalog
from backend.documents import service as documents
from backend.journal.service import history_of_case
from backend.kernel.actors import Actor, ActorKind, Role
from backend.kernel.clock import legal_day
from backend.kernel.ports import Vault
from backend.licences import service as licences
from backend.materials import service as materials
from backend.timelimits import service as timelimits

#: Who at the office may look into case files.
OFFICE_ROLES = (Role.WINDOW_CLERK, Role.REVIEWER, Role.HEAD, Role.AUDITOR)


async def may_read(case_id: UUID, actor: Actor) -> bool:
    """Whether somebody may see a case: its applicant, or an officer of the office."""
    if actor.is_officer:
        return actor.has(*OFFICE_ROLES)
    try:
        return _may_see(await store.row(case_id), actor)
    except NoSuchCase:
        return False


def _may_see(case: Case, actor: Actor) -> bool:
    if actor.is_officer:
        return actor.has(*OFFICE_ROLES)
    return actor.is_person and case.person_id == actor.id


async def case_for(case_id: UUID, actor: Actor) -> CaseView:
    """A filed case somebody may see. Raises `NoSuchCase` for all others and for drafts."""
    return store.view(await _filed(case_id, actor))


async def _filed(case_id: UUID, actor: Actor) -> Case:
    case = await store.row(case_id)
    if not _may_see(case, actor) or case.state == State.DRAFT:
        raise NoSuchCase
    return case


async def cases_of_person(
    actor: Actor, *, states: Collection[State], before: tuple[datetime, UUID] | None, limit: int
) -> list[CaseView]:
    """One's own filed cases, latest change first."""
    return await store.cases_of(actor.id, states=states, before=before, limit=limit)


async def line_for(cases: Sequence[CaseView]) -> dict[UUID, Line]:
    """The one line of each case, with at most two queries for all of them."""
    correcting = [case.id for case in cases if case.state is State.CORRECTION]
    missing = await store.corrections_of(correcting) if correcting else {}
    granted = [case.id for case in cases if case.state is State.GRANTED]
    sealed = await licences.statuses_of_cases(granted) if granted else {}
    return {
        case.id: line_of(
            _facts(case, missing=missing.get(case.id, 0), licence_status=sealed.get(case.id, ""))
        )
        for case in cases
    }


def _facts(case: CaseView, *, missing: int, licence_status: str) -> CaseFacts:
    return CaseFacts(
        state=case.state,
        item_name=case.item_name,
        due_on=case.due_on,
        is_provisional=case.is_due_provisional,
        officer_label=case.officer_label,
        missing_count=missing,
        licence_status=licence_status,
        acts=tuple(acts_from(case.state, ActorKind.PERSON)),
    )


async def _form_lines(case: Case, vault: Vault) -> list[FormLine]:
    """The filled-in form in the words of the version it was filed under."""
    item = await catalog.version(case.item_code, case.item_version)
    values = read_form(case, vault)
    fields = catalog.variant_of(item, case.variant_code).form
    return [FormLine(field.key, field.label, values[field.key]) for field in fields if values.get(field.key)]


async def papers_of(case_id: UUID, *, actor: Actor, vault: Vault, now: datetime) -> CaseFile:
    """Everything in a case's file: form, materials, clocks, letters, history, licence, decision.

    Raises `NoSuchCase`.
    """
    case = await _filed(case_id, actor)
    view = store.view(case)
    return CaseFile(
        case=view,
        line=(await line_for([view]))[view.id],
        form=tuple(await _form_lines(case, vault)),
        materials=tuple(await materials.of_case(case_id)),
        limits=tuple(await timelimits.of_case(case_id, today=legal_day(now))),
        documents=tuple(await documents.of_case(case_id)),
        licence=await licences.of_case(case_id) if view.state is State.GRANTED else None,
        correction=await store.correction_of(case_id),
        decision=await store.decision_of(case_id) if view.state in CLOSED else None,
        remedies=await documents.remedies(),
        history=await _history(case_id),
        acts=tuple(acts_from(view.state, ActorKind.PERSON)) if view.state in OPEN else (),
    )


async def _history(case_id: UUID) -> tuple[Step, ...]:
    """The steps a citizen is told of, oldest first."""
    steps = []
    for entry in await history_of_case(case_id):
        if title := title_of(entry.verb):
            steps.append(Step(entry.at, title, entry.article, entry.actor_label, entry.verb))
    return tuple(steps)
