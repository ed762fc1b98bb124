"""Use cases of the licences: issue, seal, change, verify."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from backend.catalog import service as catalog
from backend.journal.service import publish, record, use_case
from backend.journal.types import Act
from backend.kernel.actors import SYSTEM, Actor
from backend.kernel.clock import legal_day
from backend.kernel.ids import new_id, new_verification_code
from backend.kernel.law import Article, licensing_law
from backend.licences import numbering, store
from backend.licences.errors import CodeUnknown, StepNotAllowed
from backend.licences.events import LicenceIssued, LicenceSealed
from backend.licences.models import Licence
from backend.licences.states import STEPS, LicenceAct, Status, step_from
from backend.licences.types import LicencePage, LicenceView, Verification

#: A licence bears the seal of the authority that issues it.
ISSUING = licensing_law("第三十九条第一款")


@use_case
async def issue(
    case_id: UUID,
    *,
    person_id: UUID,
    holder: str,
    item_code: str,
    item_name: str,
    title: str,
    content: Sequence[tuple[str, str]],
    valid_from: date,
    valid_until: date | None,
    actor: Actor,
    now: datetime,
) -> LicenceView:
    """Issue the licence of a granted case; the worker seals it. Called again it answers the same licence.

    `content` is label and text of each line printed besides holder, number and dates.
    """
    if present := await store.row_of_case(case_id):
        return store.view(present)
    row = Licence(
        id=new_id(),
        case_id=case_id,
        person_id=person_id,
        verification_code=new_verification_code(),
        title=title[:120],
        item_code=item_code,
        item_name=item_name[:200],
        holder=holder[:200],
        rows=[list(line) for line in content],
        status=Status.SEALING,
        valid_from=valid_from,
        valid_until=valid_until,
    )
    await _sign_for(row, now)
    await store.add(row)
    _note("licences.issue", row, actor=actor, now=now, article=ISSUING)
    publish(LicenceIssued(at=now, licence_id=row.id, case_id=case_id))
    return store.view(row)


async def _sign_for(row: Licence, now: datetime) -> None:
    """Put the issuing authority, its next number and the date on a licence."""
    row.authority = (await catalog.office()).name
    row.issued_on, row.created_at = legal_day(now), now
    place = await store.next_place(row.issued_on.year)
    row.number = numbering.number_text(row.authority, year=row.issued_on.year, place=place)


@use_case
async def finish_sealing(licence_id: UUID, *, file_key: str, sealed_at: datetime) -> bool:
    """Make a licence valid with the file that was sealed at `sealed_at`; False when it was sealed before."""
    row = await store.locked(licence_id)
    step = step_from(Status(row.status), LicenceAct.SEAL)
    if step is None:
        return False
    row.status, row.file_key, row.sealed_at, row.problem = step.target, file_key, sealed_at, ""
    await row.save(update_fields=["status", "file_key", "sealed_at", "problem"])
    _note("licences.seal", row, actor=SYSTEM, now=sealed_at, article=step.article, sha256=file_key)
    publish(LicenceSealed(at=sealed_at, licence_id=row.id, case_id=row.case_id))
    return True


@use_case
async def note_problem(licence_id: UUID, problem: str) -> None:
    """Say at the desk why a licence cannot be sealed and waits for a person."""
    row = await store.locked(licence_id)
    if row.problem != problem[:200]:
        row.problem = problem[:200]
        await row.save(update_fields=["problem"])


@use_case
async def seal_again(licence_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Queue the sealing once more after a person dealt with the problem. Raises `StepNotAllowed`."""
    row = await store.locked(licence_id)
    if row.status != Status.SEALING:
        raise StepNotAllowed(Status(row.status).text)
    _note("licences.seal_again", row, actor=actor, now=now)
    publish(LicenceIssued(at=now, licence_id=row.id, case_id=row.case_id))


@use_case
async def change_status(
    licence_id: UUID,
    act: LicenceAct,
    *,
    actor: Actor,
    now: datetime,
    article: Article | None = None,
    replaced_by: str = "",
) -> LicenceView:
    """Suspend, resume, change, annul, revoke or deregister a licence; the public page tells it at once.

    `article` where a special statute is the ground instead of the table's own. Raises `StepNotAllowed`.
    """
    row = await store.locked(licence_id)
    step = step_from(Status(row.status), act)
    if step is None or act is LicenceAct.SEAL:
        raise StepNotAllowed(Status(row.status).text)
    row.status, row.replaced_by = step.target, replaced_by or row.replaced_by
    await row.save(update_fields=["status", "replaced_by"])
    _note(f"licences.{act.value}", row, actor=actor, now=now, article=article or STEPS[act].article)
    return store.view(row)


@use_case
async def verify(code: str, *, now: datetime) -> Verification:
    """Tell a licence's status now by its public code, and count that somebody asked.

    Raises `CodeUnknown`.
    """
    row = await store.count_check(code)
    if row is None:
        raise CodeUnknown
    return store.verification(row, now)


async def page_to_seal(licence_id: UUID) -> LicencePage | None:
    """The page of a licence that waits for its seal, None when it has it. Raises `NoSuchLicence`."""
    row = await store.row(licence_id)
    return store.page(row) if row.status == Status.SEALING else None


async def licence(licence_id: UUID) -> LicenceView:
    """One licence. Raises `NoSuchLicence`."""
    return store.view(await store.row(licence_id))


async def of_case(case_id: UUID) -> LicenceView | None:
    """The licence a case led to, if it did."""
    row = await store.row_of_case(case_id)
    return store.view(row) if row else None


async def statuses_of_cases(case_ids: Sequence[UUID]) -> dict[UUID, Status]:
    """The stored status of each case's licence, where it has one."""
    return {row.case_id: Status(row.status) for row in await store.rows_of_cases(case_ids)}


async def of_person(
    person_id: UUID, *, before: tuple[datetime, UUID] | None = None, limit: int = 20
) -> list[tuple[LicenceView, datetime]]:
    """A person's licences, newest first, each with the moment it is sorted by."""
    rows = await store.rows_of_person(person_id, before=before, limit=limit)
    return [(store.view(row), row.created_at) for row in rows]


def _note(
    verb: str, row: Licence, *, actor: Actor, now: datetime, article: Article | None = None, **more: str
) -> None:
    record(
        Act(
            verb=verb,
            actor=actor,
            at=now,
            subject_kind="licence",
            subject_id=row.id,
            case_id=row.case_id,
            article=article,
            detail={"number": row.number, **more},
        )
    )
