"""What is known of a conversation with a person."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class Speaker(StrEnum):
    RESIDENT = "resident"
    ASSISTANT = "assistant"
    OFFICER = "officer"
    OFFICE = "office"  # a line of the service itself: taken, ended


class ConversationState(StrEnum):
    WAITING = "waiting"
    TAKEN = "taken"
    ENDED = "ended"


class Channel(StrEnum):
    APP = "app"
    WECHAT = "wechat"


@dataclass(frozen=True)
class Line:
    number: int
    speaker: Speaker
    text: str
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Conversation:
    id: UUID
    channel: Channel
    state: ConversationState
    topic: str
    asked_at: datetime
    last_at: datetime
    officer_id: UUID | None
    officer_label: str
    openid_sealed: bytes | None
    owner_digest: str
    count: int


@dataclass(frozen=True)
class HandedOver:
    """What came of asking for a person: waiting for one, or when somebody is there."""

    is_open: bool
    text: str
    opens_at: datetime | None = None
