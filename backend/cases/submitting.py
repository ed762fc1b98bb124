"""What the applicant does: submit, supply a correction, withdraw. Each once, however often asked."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.cases import store
from backend.cases.drafting import read_form
from backend.cases.errors import AlreadySubmitted, CorrectionIncomplete, GuideChanged, NoSuchCase
from backend.cases.events import CaseReceived, CaseWithdrawn, CorrectionSupplied
from backend.cases.form import applicant_of, problems_in
from backend.cases.letters import Letters
from backend.cases.models import Case
from backend.cases.rules import RECEIVING_ARTICLE, RECEIVING_PERIOD
from backend.cases.states import CaseAct, State, step
from backend.cases.steps import facts_of, move, note, start_clock
from backend.cases.types import CaseView, DecisionView
from backend.catalog import service as catalog
from backend.journal.service import publish, use_case
from backend.kernel.actors import Actor
from backend.kernel.clock import legal_day
from backend.kernel.errors import FieldsInvalid
from backend.kernel.masking import masked_holder
from backend.kernel.ports import Vault
from backend.materials import service as materials
from backend.timelimits.types import DueDate, LimitKind


@use_case
async def submit(case_id: UUID, *, key: str, actor: Actor, vault: Vault, now: datetime) -> CaseView:
    """File a draft (收件): number, receipt, clock and notice are one act (行政许可法 第二十九条).

    The same key any number of times, also at once, answers the same case. Raises `FieldsInvalid`
    with every wrong field, `GuideChanged`, `AlreadySubmitted` for another key.
    """
    case = await _own(case_id, actor)
    if case.submit_key == key:
        return store.view(case)
    if case.state != State.DRAFT:
        raise AlreadySubmitted(case.number or "")
    values = await _checked_form(case, vault=vault, now=now)
    transition = step(State(case.state), CaseAct.SUBMIT)
    numbered = await _number(case, key=key, applicant=applicant_of(values), now=now)
    await move(case, transition, now=now, due=await _start_receiving(case, now), also=numbered)
    await materials.receive(case_id, actor=actor, now=now)
    await Letters(case, values, RECEIVING_ARTICLE, actor, now).receipt(await materials.of_case(case_id))
    note(case, "cases.submit", actor=actor, now=now, article=transition.article)
    publish(CaseReceived(at=now, **facts_of(case)))
    return store.view(case)


@use_case
async def supply_correction(
    case_id: UUID, *, key: str, actor: Actor, vault: Vault, now: datetime
) -> CaseView:
    """Hand in what the one notice asked for (补正). Raises `CorrectionIncomplete` naming what is not there."""
    case = await _own(case_id, actor)
    if await store.is_answered(actor.id, key, act=CaseAct.SUPPLY_CORRECTION, case_id=case_id):
        return store.view(case)
    transition = step(State(case.state), CaseAct.SUPPLY_CORRECTION)
    await _everything_supplied_or_refuse(case)
    await move(case, transition, now=now, due=await _start_receiving(case, now))
    await store.mark_supplied(case_id, now=now)
    await materials.receive(case_id, actor=actor, now=now)
    await Letters(case, read_form(case, vault), RECEIVING_ARTICLE, actor, now).receipt(
        await materials.of_case(case_id)
    )
    await store.remember_request(actor.id, key, act=CaseAct.SUPPLY_CORRECTION, case_id=case_id)
    note(case, "cases.supply_correction", actor=actor, now=now, article=transition.article)
    publish(CorrectionSupplied(at=now, **facts_of(case)))
    return store.view(case)


@use_case
async def withdraw(
    case_id: UUID, *, reason: str, key: str, actor: Actor, vault: Vault, now: datetime
) -> CaseView:
    """Take the application back before it is decided (撤回申请)."""
    case = await _own(case_id, actor)
    if await store.is_answered(actor.id, key, act=CaseAct.WITHDRAW, case_id=case_id):
        return store.view(case)
    transition = step(State(case.state), CaseAct.WITHDRAW)
    await move(case, transition, now=now)
    await store.add_decision(case_id, DecisionView("withdraw", "", "", reason, now), officer_label="")
    await Letters(case, read_form(case, vault), transition.article, actor, now).withdrawal()
    await store.remember_request(actor.id, key, act=CaseAct.WITHDRAW, case_id=case_id)
    note(case, "cases.withdraw", actor=actor, now=now, article=transition.article)
    publish(CaseWithdrawn(at=now, **facts_of(case)))
    return store.view(case)


async def _own(case_id: UUID, actor: Actor) -> Case:
    """One's own case, locked. Other people's answer like none."""
    case = await store.locked(case_id)
    if case.person_id != actor.id:
        raise NoSuchCase
    return case


async def _checked_form(case: Case, *, vault: Vault, now: datetime) -> dict[str, str]:
    item = await catalog.current(case.item_code, now=now)
    if item.version != case.item_version:
        raise GuideChanged(f"第 {case.item_version} 版已更新为第 {item.version} 版")
    values = read_form(case, vault)
    if problems := problems_in(catalog.variant_of(item, case.variant_code).form, values):
        raise FieldsInvalid(problems)
    return values


async def _number(case: Case, *, key: str, applicant: str, now: datetime) -> Sequence[str]:
    """Give the draft its number: region, day, place in the day; the columns that `move` must write."""
    day = legal_day(now)
    region = (await catalog.office()).region_code
    place = await store.next_number(f"{region}-{day:%Y%m%d}")
    case.number = f"{region}-{day:%Y%m%d}-{place:05d}"
    case.draft_key, case.submit_key = None, key
    case.applicant_masked, case.received_at = masked_holder(applicant), now
    return ("number", "draft_key", "submit_key", "applicant_masked", "received_at")


async def _start_receiving(case: Case, now: datetime) -> DueDate:
    """Start the five working days in which the office must accept or name everything missing."""
    return await start_clock(
        case,
        LimitKind.CORRECTION,
        from_day=legal_day(now),
        limit=RECEIVING_PERIOD,
        article=RECEIVING_ARTICLE,
        now=now,
    )


async def _everything_supplied_or_refuse(case: Case) -> None:
    """A part is supplied when a file came after the notice."""
    correction = await store.correction_of(case.id)
    if correction is None:
        return
    fresh = {
        material.key
        for material in await materials.of_case(case.id)
        if any(file.uploaded_at >= correction.requested_at for file in material.files)
    }
    absent = tuple(part.name for part in correction.missing if part.key not in fresh)
    if absent:
        raise CorrectionIncomplete(absent)
