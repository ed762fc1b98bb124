"""Facts about licences."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backend.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class LicenceIssued(Event):
    """A licence has its number and code, or is to be sealed again; its page is still to be pressed."""

    name: ClassVar[str] = "licences.issued"
    licence_id: UUID
    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class LicenceSealed(Event):
    """A licence bears its seal and can be shown; it stands in its holder's account from now on."""

    name: ClassVar[str] = "licences.sealed"
    licence_id: UUID
    case_id: UUID
