"""What the messages tell."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backend.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MessageQueued(Event):
    """A message waits to be handed over; told again by the sweep when nobody did."""

    name: ClassVar[str] = "notifications.message_queued"
    message_id: UUID
    case_id: UUID | None

    @property
    def ordering_key(self) -> str:
        """Each message for itself: one that waits for a dead worker does not hold up the case's next."""
        return f"message:{self.message_id}"
