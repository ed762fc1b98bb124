"""Facts about documents."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backend.documents.types import DocumentKind
from backend.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(Event):
    """A document has its number and date; its PDF is still to be pressed and sealed."""

    name: ClassVar[str] = "documents.issued"
    document_id: UUID
    case_id: UUID
    kind: DocumentKind
