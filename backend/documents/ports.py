"""What documents need from outside."""

from datetime import datetime
from typing import Protocol
from uuid import UUID

from backend.documents.types import Letter
from backend.kernel.actors import Actor


class Press(Protocol):
    """Set a letter as an archivable PDF (PDF/A) with the picture of the seal.

    The same letter gives the same bytes. Raises `CannotBePrinted` where the font lacks a sign.
    """

    async def press_letter(self, content: Letter) -> bytes: ...


class SealService(Protocol):
    """Sign a PDF with the authority's seal certificate, dated `at`. Raises `Unavailable`.

    The same unsealed bytes asked for again, after a crash, may be sealed again: what counts is the one
    that is stored.
    """

    async def seal(self, pdf: bytes, *, reason: str, at: datetime) -> bytes: ...


class CaseAccess(Protocol):
    """Whether an actor may read a case's file; `cases` decides."""

    async def may_read(self, case_id: UUID, actor: Actor) -> bool: ...
