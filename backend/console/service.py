"""What the desk does itself: open a case's page, with the journal knowing who looked and why."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from backend.cases import service as cases
from backend.cases.states import OPEN
from backend.cases.types import CaseFile, CaseView
from backend.catalog import service as catalog
from backend.catalog.types import ItemVersion, Variant
from backend.console import queries, rules, wording
from backend.console.checklist import checklist
from backend.console.errors import CaseClosed, FileNotOpened, PurposeMissing
from backend.console.grounds import grounds_of
from backend.console.rules import Access
from backend.console.types import CaseDesk, Clock, Grounds, JournalLine, Pressing
from backend.documents import service as documents
from backend.identity import service as identity
from backend.journal.service import history_of_case, record, use_case
from backend.journal.types import Act
from backend.kernel.actors import Actor
from backend.kernel.clock import in_shanghai, legal_day
from backend.kernel.errors import DomainError
from backend.kernel.ports import Vault
from backend.materials import service as materials
from backend.timelimits import service as timelimits
from backend.timelimits.types import TimeLimitView

#: A look is written down once an hour, and a stated reason opens a file for as long.
LOOK_LASTS = timedelta(hours=1)
HANDLING = "经办"
PURPOSES = ("案卷抽查", "督办催办", "投诉核查", "复议诉讼应诉", "其他")


async def read_case(case_id: UUID, *, actor: Actor, now: datetime) -> tuple[CaseView, Access]:
    """Say how much of a case's file an officer sees now; a look at all of it is written down.

    个人信息保护法 第六条, 第五十一条. Raises `NoSuchCase`.
    """
    case = await cases.case_for(case_id, actor)
    looks = await queries.last_readings(case_id, officer_id=actor.id, since=now - LOOK_LASTS)
    has_reason = any(look.has_stated_reason for look in looks)
    access = rules.access_of(case.state, case.officer_id, actor, has_reason=has_reason)
    if access is Access.FULL and not looks:
        await _write_look(case_id, actor=actor, now=now, purpose=HANDLING)
    return case, access


async def open_file(case_id: UUID, *, actor: Actor, now: datetime) -> CaseView:
    """Demand that the case's file is open to the officer. Raises `FileNotOpened`, `NoSuchCase`."""
    case, access = await read_case(case_id, actor=actor, now=now)
    if access is not Access.FULL:
        raise FileNotOpened
    return case


async def state_reason(case_id: UUID, purpose: str, *, note: str, actor: Actor, now: datetime) -> None:
    """Open the file of a case one does not hold, for an hour, by saying why. Raises `PurposeMissing`."""
    if purpose not in PURPOSES or (purpose == PURPOSES[-1] and len(note.strip()) < 2):
        raise PurposeMissing
    await cases.case_for(case_id, actor)
    await _write_look(case_id, actor=actor, now=now, purpose=purpose, note=note.strip(), is_stated=True)


@use_case
async def _write_look(
    case_id: UUID, *, actor: Actor, now: datetime, purpose: str, note: str = "", is_stated: bool = False
) -> None:
    record(
        Act(
            verb=queries.READING_VERB,
            actor=actor,
            at=now,
            subject_kind="case",
            subject_id=case_id,
            case_id=case_id,
            detail={
                "role": rules.role_words(actor.roles),
                "purpose": purpose,
                "note": note,
                "is_stated": is_stated,
            },
        )
    )


async def claim(case_id: UUID, *, actor: Actor, now: datetime) -> CaseView:
    """Take an open case. Raises `CaseClosed`, `HeldBySomebodyElse`, `NoSuchCase`."""
    case = await cases.case_for(case_id, actor)
    if case.state not in OPEN:
        raise CaseClosed
    return await cases.claim(case_id, actor=actor, now=now)


async def claim_all(case_ids: Sequence[UUID], *, actor: Actor, now: datetime) -> int:
    """Take several cases, each on its own; how many are one's own now."""
    claimed = 0
    for case_id in case_ids:
        try:
            await claim(case_id, actor=actor, now=now)
        except DomainError:
            continue
        claimed += 1
    return claimed


async def case_desk(case_id: UUID, *, actor: Actor, vault: Vault, now: datetime) -> CaseDesk:
    """Everything the page of a case shows this officer now. Raises `NoSuchCase`."""
    case, access = await read_case(case_id, actor=actor, now=now)
    item = await catalog.version(case.item_code, case.item_version)
    variant = catalog.variant_of(item, case.variant_code)
    names = {each.staff_number: each.name for each in await identity.officers()}
    is_open = access is Access.FULL
    file = await cases.papers_of(case_id, actor=actor, vault=vault, now=now) if is_open else None
    acts = rules.acts_for(case.state, case.officer_id, actor)
    return CaseDesk(
        case=case,
        access=access.value,
        item=item,
        variant=variant,
        checklist=checklist(
            variant.materials, await materials.of_case(case_id), file.correction if file else None
        ),
        clocks=await _clocks(case_id, today=legal_day(now)),
        journal=await journal_of(case_id, names),
        acts=acts,
        may_claim=rules.may_claim(case.state, case.officer_id, actor),
        holder=wording.officer(case.officer_label, names) if case.officer_label else "",
        file=file,
        grounds=await _grounds(file, item, variant) if file and acts else None,
    )


async def _grounds(file: CaseFile, item: ItemVersion, variant: Variant) -> Grounds:
    return grounds_of(item, variant, form=file.form, remedies=await documents.remedies())


async def _clocks(case_id: UUID, *, today: date) -> tuple[Clock, ...]:
    found = await timelimits.of_case(case_id, today=today)
    return tuple([await _clock(each, today=today) for each in found])


async def _clock(limit: TimeLimitView, *, today: date) -> Clock:
    left = None
    if limit.is_running and not limit.paused:
        left = await timelimits.remaining(limit.case_id, kind=limit.kind, today=today)
    shown = rules.pressing(limit.due_on, limit.amber_on, today=today, is_paused=limit.paused)
    if not limit.is_running and shown is not None:
        is_late = limit.stopped_on is not None and limit.stopped_on > limit.due_on
        shown = Pressing.OVERDUE if is_late else Pressing.CALM
    return Clock(
        kind=limit.kind,
        limit_text=str(limit.limit),
        started_on=limit.started_on,
        due_on=limit.due_on,
        is_provisional=limit.is_provisional,
        is_running=limit.is_running,
        stopped_on=limit.stopped_on,
        pressing=shown or Pressing.CALM,
        words=wording.remaining_words(left, unit=limit.limit.unit.text, is_paused=limit.paused),
        article=limit.article,
    )


async def journal_of(case_id: UUID, names: Mapping[str, str]) -> tuple[JournalLine, ...]:
    """The case's journal in words, oldest first; it never holds personal data."""
    return tuple(
        JournalLine(
            at=in_shanghai(entry.at),
            words=wording.act_words(entry.verb),
            who=wording.who(entry, names),
            article=entry.article,
            detail=wording.detail_words(entry),
            is_step=entry.verb in wording.STEPS,
        )
        for entry in await history_of_case(case_id)
    )
