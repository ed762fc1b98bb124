"""Use cases of the documents: issue, press, serve."""

from datetime import datetime
from uuid import UUID

from backend.catalog import service as catalog
from backend.documents import numbering, store, wording
from backend.documents import remedies as remedying
from backend.documents.errors import NotReady
from backend.documents.events import DocumentIssued
from backend.documents.types import (
    Content,
    DeliveryView,
    DocumentKind,
    DocumentView,
    Issuer,
    Letter,
    Way,
)
from backend.journal.service import publish, record, use_case
from backend.journal.types import Act
from backend.kernel.actors import SYSTEM, Actor
from backend.kernel.clock import legal_day
from backend.kernel.law import Article, licensing_law

#: To issue and serve within ten working days of the decision.
SERVING = licensing_law("第四十四条")


@use_case
async def issue(
    case_id: UUID, *, kind: DocumentKind, content: Content, article: Article, actor: Actor, now: datetime
) -> DocumentView:
    """Issue a document about a case: it gets its number and date now, its sealed PDF from the worker.

    What content each kind needs stands in `wording`. Raises `ContentIncomplete`.
    """
    wording.demand_complete(kind, content)
    issuer = await _issuer()
    year = legal_day(now).year
    place = await store.next_place(kind, year)
    number = numbering.number_text(issuer.prefix, kind, year=year, place=place)
    issued = await store.add(
        case_id, kind, content=content, issuer=issuer, number=number, article=str(article), now=now
    )
    detail = {"kind": kind.value, "number": number}
    record(_act("documents.issue", issued, actor=actor, now=now, article=article, detail=detail))
    publish(DocumentIssued(at=now, document_id=issued.id, case_id=case_id, kind=kind))
    return issued


@use_case
async def finish_pressing(document_id: UUID, *, file_key: str, now: datetime) -> bool:
    """Make a document readable once its sealed PDF is stored; False when another worker was first."""
    if not await store.mark_ready(document_id, file_key=file_key, now=now):
        return False
    pressed = await store.document(document_id)
    record(_act("documents.seal", pressed, actor=SYSTEM, now=now, detail={"sha256": file_key}))
    return True


@use_case
async def note_problem(document_id: UUID, *, now: datetime) -> None:
    """Say in the case's journal that a letter waits for a person; which sign the font lacks stays out of it."""
    waiting = await store.document(document_id)
    record(_act("documents.cannot_print", waiting, actor=SYSTEM, now=now, detail={"number": waiting.number}))


@use_case
async def serve(document_id: UUID, way: Way, *, actor: Actor, now: datetime, proof: str = "") -> DocumentView:
    """Write down that a document reached its recipient (送达); each way once, the first one counts.

    第四十四条. `proof` is a courier's number or who signed at the counter. Raises `NoSuchDocument`,
    `NotReady`.
    """
    served = await store.document(document_id)
    if not served.is_ready:
        raise NotReady
    if await store.add_delivery(document_id, way, proof=proof, by=actor.id, now=now):
        detail = {"way": way.value, "number": served.number}
        record(_act("documents.serve", served, actor=actor, now=now, article=SERVING, detail=detail))
    return await store.document(document_id)


async def document(document_id: UUID) -> DocumentView:
    """One document. Raises `NoSuchDocument`."""
    return await store.document(document_id)


async def of_case(case_id: UUID) -> list[DocumentView]:
    """A case's documents, oldest first."""
    return await store.documents_of(case_id)


async def deliveries_of(document_id: UUID) -> list[DeliveryView]:
    """The proofs of service of a document, oldest first."""
    return await store.deliveries_of(document_id)


async def letter_to_press(document_id: UUID) -> Letter | None:
    """The letter of a document that still has no PDF, None when it has. Raises `NoSuchDocument`."""
    return await store.unpressed_letter(document_id)


async def remedies() -> str:
    """The remedies as they stand in a refusal of this office (行政许可法 第三十八条第二款)."""
    return remedying.remedies(await _issuer())


async def _issuer() -> Issuer:
    office = await catalog.office()
    return remedying.issuer_of(office.name, phone=office.phone)


def _act(
    verb: str,
    document: DocumentView,
    *,
    actor: Actor,
    now: datetime,
    detail: dict[str, str],
    article: Article | None = None,
) -> Act:
    return Act(
        verb=verb,
        actor=actor,
        at=now,
        subject_kind="document",
        subject_id=document.id,
        case_id=document.case_id,
        article=article,
        detail=detail,
    )
