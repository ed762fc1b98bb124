"""What licences need from outside."""

from datetime import datetime
from typing import Protocol

from backend.licences.types import LicencePage


class LicencePress(Protocol):
    """Set a licence as an archivable page (PDF/A) with seal picture and QR code of `verify_url`.

    The same page gives the same bytes. Raises `CannotBePrinted` where the font lacks a sign.
    """

    async def press_licence(self, page: LicencePage, *, verify_url: str) -> bytes: ...


class SealService(Protocol):
    """Sign a PDF with the authority's seal certificate, dated `at`. Raises `Unavailable`.

    A platform that sealed the same page before may give that one again, so the date is read back.
    """

    async def seal(self, pdf: bytes, *, reason: str, at: datetime) -> bytes: ...

    async def sealed_at(self, sealed: bytes) -> datetime:
        """The moment a sealed page says it was sealed at."""
        ...


class VerificationSite(Protocol):
    """Tell the public address of a licence's verification page."""

    def url_of(self, code: str) -> str: ...
