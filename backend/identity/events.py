"""What identity tells."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backend.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PhoneCodeRequested(Event):
    """A code waits, sealed, in its row; neither the code nor the phone travels with the event."""

    name: ClassVar[str] = "identity.phone_code_requested"
    code_id: UUID


@dataclass(frozen=True, kw_only=True)
class PersonsJoined(Event):
    """One human's two accounts became one: whatever belongs to `from_id` now belongs to `into_id`."""

    name: ClassVar[str] = "identity.persons_joined"
    from_id: UUID
    into_id: UUID
