"""Every query on the documents."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from uuid import UUID

from tortoise.connection import get_connection

from backend.documents import wording
from backend.documents.errors import NoSuchDocument
from backend.documents.models import Delivery, Document
from backend.documents.types import (
    Content,
    DeliveryView,
    DocumentKind,
    DocumentStatus,
    DocumentView,
    Issuer,
    Letter,
    Way,
)
from backend.kernel.clock import in_shanghai, legal_day
from backend.kernel.ids import new_id

TAKE_PLACE = """
INSERT INTO documents_sequence (id, kind, year, place) VALUES ({marks}, 1)
ON CONFLICT (kind, year) DO UPDATE SET place = documents_sequence.place + 1 RETURNING place
"""


async def next_place(kind: DocumentKind, year: int) -> int:
    """Take the next number of a series; the series stays locked until the transaction ends."""
    connection = get_connection("default")
    marks = "$1, $2, $3" if connection.capabilities.dialect == "postgres" else "?, ?, ?"
    values = [str(new_id()), kind.value, year]
    taken = await connection.execute_query_dict(TAKE_PLACE.format(marks=marks), values)
    return int(taken[0]["place"])


async def add(
    case_id: UUID,
    kind: DocumentKind,
    *,
    content: Content,
    issuer: Issuer,
    number: str,
    article: str,
    now: datetime,
) -> DocumentView:
    row = await Document.create(
        id=new_id(),
        case_id=case_id,
        kind=kind,
        title=wording.title_of(kind, content),
        number=number,
        issued_on=legal_day(now),
        issued_at=now,
        article=article,
        content={key: value if isinstance(value, str) else list(value) for key, value in content.items()},
        issuer=asdict(issuer),
        status=DocumentStatus.PRESSING,
    )
    return _view(row, None)


async def document(document_id: UUID) -> DocumentView:
    """One document. Raises `NoSuchDocument`."""
    row = await Document.get_or_none(id=document_id)
    if row is None:
        raise NoSuchDocument
    return (await _views([row]))[0]


async def documents_of(case_id: UUID) -> list[DocumentView]:
    """A case's documents, oldest first."""
    return await _views(await Document.filter(case_id=case_id).order_by("issued_at", "number"))


async def unpressed_letter(document_id: UUID) -> Letter | None:
    """The letter of a document that still has no PDF. Raises `NoSuchDocument`."""
    row = await Document.get_or_none(id=document_id)
    if row is None:
        raise NoSuchDocument
    if row.status == DocumentStatus.READY:
        return None
    issuer: dict[str, Any] = dict(row.issuer)
    return wording.compose(
        DocumentKind(row.kind),
        row.content,
        number=row.number,
        issuer=Issuer(**issuer),
        article=row.article,
        issued_on=row.issued_on,
    )


async def mark_ready(document_id: UUID, *, file_key: str, now: datetime) -> bool:
    """Store where the PDF lies; False when it already has one."""
    changed = await Document.filter(id=document_id, status=DocumentStatus.PRESSING).update(
        status=DocumentStatus.READY, file_key=file_key, ready_at=now
    )
    return changed == 1


async def add_delivery(document_id: UUID, way: Way, *, proof: str, by: UUID, now: datetime) -> bool:
    """Write a proof of service; False when there is one of this way already."""
    await Document.filter(id=document_id).select_for_update().get()
    if await Delivery.filter(document_id=document_id, way=way).exists():
        return False
    await Delivery.create(
        id=new_id(), document_id=document_id, way=way, served_at=now, proof=proof[:200], recorded_by=by
    )
    return True


async def deliveries_of(document_id: UUID) -> list[DeliveryView]:
    rows = await Delivery.filter(document_id=document_id).order_by("served_at")
    return [DeliveryView(document_id, Way(row.way), in_shanghai(row.served_at), row.proof) for row in rows]


async def _views(rows: Sequence[Document]) -> list[DocumentView]:
    first: dict[UUID, date] = {}
    served = Delivery.filter(document_id__in=[row.id for row in rows]).order_by("served_at")
    for each in await served.values("document_id", "served_at"):
        first.setdefault(each["document_id"], legal_day(each["served_at"]))
    return [_view(row, first.get(row.id)) for row in rows]


def _view(row: Document, served_on: date | None) -> DocumentView:
    return DocumentView(
        id=row.id,
        case_id=row.case_id,
        kind=DocumentKind(row.kind),
        title=row.title,
        number=row.number,
        issued_on=row.issued_on,
        issued_at=in_shanghai(row.issued_at),
        status=DocumentStatus(row.status),
        file_key=row.file_key,
        served_on=served_on,
    )
