"""What the window does with an application it received (行政许可法 第三十二条)."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from backend.cases import store
from backend.cases.drafting import read_form
from backend.cases.errors import (
    ClaimFirst,
    CorrectionAlreadyRequested,
    CorrectionPeriodOver,
    HeldBySomebodyElse,
    MaterialNotAsked,
    NoSuchCase,
    ReasonsMissing,
)
from backend.cases.events import CaseAccepted, CorrectionRequested
from backend.cases.letters import Letters
from backend.cases.models import Case
from backend.cases.rules import DECIDING_ARTICLE, is_deemed_accepted, statutory_limit
from backend.cases.states import CaseAct, State, Transition, step
from backend.cases.steps import facts_of, move, note, start_clock
from backend.cases.types import CaseView, MissingRequest
from backend.catalog import service as catalog
from backend.catalog.types import Variant
from backend.journal.service import publish, use_case
from backend.kernel.actors import Actor, Role
from backend.kernel.clock import legal_day
from backend.kernel.ports import Vault
from backend.timelimits import service as timelimits
from backend.timelimits.types import DueDate, LimitKind


@use_case
async def claim(case_id: UUID, *, actor: Actor, now: datetime) -> CaseView:
    """Take a case from the pool (领取). Raises `HeldBySomebodyElse`, and `NoSuchCase` for a draft."""
    case = await store.locked(case_id)
    if case.state == State.DRAFT:
        raise NoSuchCase
    if case.officer_id == actor.id:
        return store.view(case)
    if case.officer_id is not None and not actor.has(Role.HEAD):
        raise HeldBySomebodyElse(case.officer_label)
    case.officer_id, case.officer_label = actor.id, actor.label
    await case.save(update_fields=["officer_id", "officer_label"])
    note(case, "cases.claim", actor=actor, now=now)
    return store.view(case)


@use_case
async def release(case_id: UUID, *, actor: Actor, now: datetime) -> CaseView:
    """Put a case back into the pool."""
    case = await held_by(case_id, actor)
    case.officer_id, case.officer_label = None, ""
    await case.save(update_fields=["officer_id", "officer_label"])
    note(case, "cases.release", actor=actor, now=now)
    return store.view(case)


@use_case
async def accept(case_id: UUID, *, actor: Actor, vault: Vault, now: datetime) -> CaseView:
    """Take the application on (受理): the limits start, the notice of acceptance is issued.

    After the receiving period the acceptance is dated back to the day of receipt, as the law deems it.
    """
    case = await held_by(case_id, actor)
    late = await _receiving_ended(case, now) is not None
    transition = step(State(case.state), CaseAct.DEEM_ACCEPTED if late else CaseAct.ACCEPT)
    return await _take_on(case, transition, is_deemed=late, actor=actor, vault=vault, now=now)


@use_case
async def deem_accepted(case_id: UUID, *, actor: Actor, vault: Vault, now: datetime) -> bool:
    """Accept by silence (视为受理), dated back to receipt; False when there is nothing to deem.

    第三十二条第一款第四项. Looked at again under the lock, so running it twice changes nothing.
    """
    case = await store.locked(case_id)
    if case.state != State.RECEIVED or await _receiving_ended(case, now) is None:
        return False
    transition = step(State.RECEIVED, CaseAct.DEEM_ACCEPTED)
    await _take_on(case, transition, is_deemed=True, actor=actor, vault=vault, now=now)
    return True


async def _take_on(
    case: Case, transition: Transition, *, is_deemed: bool, actor: Actor, vault: Vault, now: datetime
) -> CaseView:
    """Start the clocks and tell it; what the law deems accepted is accepted since it was received."""
    item = await catalog.version(case.item_code, case.item_version)
    received_at = await _receiving_from(case)
    case.accepted_at = received_at if is_deemed else now
    due = await _start_deciding(
        case,
        catalog.variant_of(item, case.variant_code),
        from_day=legal_day(case.accepted_at),
        now=now,
    )
    await timelimits.stop(case.id, on=legal_day(now), kind=LimitKind.CORRECTION)
    await move(case, transition, now=now, due=due, also=["accepted_at"])
    letters = Letters(case, read_form(case, vault), transition.article, actor, now)
    await letters.acceptance(received_on=legal_day(received_at), due=due, is_deemed=is_deemed)
    verb = "cases.deem_accepted" if is_deemed else "cases.accept"
    note(case, verb, actor=actor, now=now, article=transition.article, detail={"due_on": due.on.isoformat()})
    publish(CaseAccepted(at=now, due_on=due.on, is_deemed=is_deemed, **facts_of(case)))
    return store.view(case)


async def _start_deciding(case: Case, variant: Variant, *, from_day: date, now: datetime) -> DueDate:
    """Start the statutory clock, and the promised one where the office made a promise; the nearer day."""
    legal = statutory_limit(variant.statutory_limit.value if variant.statutory_limit else None)
    days = [
        await start_clock(
            case, LimitKind.STATUTORY, from_day=from_day, limit=legal, article=DECIDING_ARTICLE, now=now
        )
    ]
    if variant.promised_limit:
        days.append(
            await start_clock(
                case,
                LimitKind.PROMISED,
                from_day=from_day,
                limit=variant.promised_limit.value,
                article=DECIDING_ARTICLE,
                now=now,
            )
        )
    return min(days, key=lambda due: due.on)


async def request_correction(
    case_id: UUID, missing: Sequence[MissingRequest], *, actor: Actor, vault: Vault, now: datetime
) -> CaseView:
    """Name everything missing, once (一次性告知). Raises where the law allows no (second) notice.

    第三十二条第一款第四项: within five working days of receipt, all of it, never again. An attempt
    at a second notice stays in the journal.
    """
    outcome = await _request_correction(case_id, missing, actor=actor, vault=vault, now=now)
    if isinstance(outcome, CorrectionAlreadyRequested):
        raise outcome
    return outcome


@use_case
async def _request_correction(
    case_id: UUID, missing: Sequence[MissingRequest], *, actor: Actor, vault: Vault, now: datetime
) -> CaseView | CorrectionAlreadyRequested:
    case = await held_by(case_id, actor)
    transition = step(State(case.state), CaseAct.REQUEST_CORRECTION)
    if await store.correction_of(case_id):
        verb = "cases.refuse_second_notice"
        note(case, verb, actor=actor, now=now, article=transition.article)
        return CorrectionAlreadyRequested()
    await demand_in_time(case, now)
    named = await _named(case, missing)
    await store.add_correction(case_id, named, officer_label=actor.label, now=now)
    await timelimits.stop(case_id, on=legal_day(now), kind=LimitKind.CORRECTION)
    await move(case, transition, now=now)
    letters = Letters(case, read_form(case, vault), transition.article, actor, now)
    await letters.correction([(name, each.reason) for each, name in named])
    note(
        case,
        "cases.request_correction",
        actor=actor,
        now=now,
        article=transition.article,
        detail={"missing": [each.key for each in missing]},
    )
    publish(CorrectionRequested(at=now, **facts_of(case)))
    return store.view(case)


async def _named(case: Case, missing: Sequence[MissingRequest]) -> list[tuple[MissingRequest, str]]:
    """Each missing part with its published name. Nothing outside the list may be asked for (第三十一条)."""
    if not missing:
        raise ReasonsMissing("需要补正的全部内容")
    item = await catalog.version(case.item_code, case.item_version)
    names = {each.key: each.name for each in catalog.variant_of(item, case.variant_code).materials}
    if any(each.key not in names for each in missing):
        raise MaterialNotAsked
    if any(not each.reason.strip() for each in missing):
        raise ReasonsMissing("每一项需要补正的原因")
    return [(each, names[each.key]) for each in missing]


async def held_by(case_id: UUID, actor: Actor) -> Case:
    """The case, locked, when the officer holds it. Raises `ClaimFirst`, `HeldBySomebodyElse`."""
    case = await store.locked(case_id)
    if case.officer_id is None:
        raise ClaimFirst
    if case.officer_id != actor.id:
        raise HeldBySomebodyElse(case.officer_label)
    return case


async def demand_in_time(case: Case, now: datetime) -> None:
    """Raise `CorrectionPeriodOver` where silence has already been acceptance (第三十二条第一款第四项)."""
    if ended_on := await _receiving_ended(case, now):
        raise CorrectionPeriodOver(ended_on.isoformat())


async def _receiving_ended(case: Case, now: datetime) -> date | None:
    """The last day of the receiving period where it has passed, else None."""
    for limit in await timelimits.of_case(case.id):
        if limit.kind is LimitKind.CORRECTION and limit.is_running:
            return limit.due_on if is_deemed_accepted(limit.due_on, legal_day(now)) else None
    return None


async def _receiving_from(case: Case) -> datetime:
    """When the receiving period began: at receipt, or when the correction was supplied."""
    correction = await store.correction_of(case.id)
    if correction and correction.supplied_at:
        return correction.supplied_at
    assert case.received_at is not None, "a received case has its moment"
    return case.received_at
