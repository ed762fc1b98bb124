"""Facts about what people wrote to the office in WeChat."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backend.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CustomerWrote(Event):
    """Somebody wrote a customer-service message (客服消息)."""

    name: ClassVar[str] = "assistant.customer_wrote"
    message_id: UUID


@dataclass(frozen=True, kw_only=True)
class CustomerReplyOwed(Event):
    """A reply waits to be handed to WeChat."""

    name: ClassVar[str] = "assistant.customer_reply_owed"
    reply_id: UUID
