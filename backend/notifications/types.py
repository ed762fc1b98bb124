"""Values of the messages."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID


class MessageState(StrEnum):
    """How far a message got on its way out of the building."""

    QUEUED = "queued"  # 待发送
    SENDING = "sending"  # a worker has claimed it
    HANDED_OVER = "handed_over"  # 已交通道
    OPENED = "opened"  # 已阅
    FAILED = "failed"  # no channel took it; it stays in the inbox
    UNKNOWN = "unknown"  # claimed, then the worker died: sent or not, nobody knows


class Channel(StrEnum):
    """How a message leaves the building."""

    WECHAT = "wechat"
    SMS = "sms"


class Outcome(StrEnum):
    """What one try on one channel came to."""

    HANDED_OVER = "handed_over"
    REFUSED = "refused"
    UNAVAILABLE = "unavailable"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class MessageView:
    """A message as its reader sees it."""

    id: UUID
    title: str
    body: str
    case_id: UUID | None
    at: datetime
    is_opened: bool


@dataclass(frozen=True)
class Inbox:
    """One page of a person's messages, and where the next page begins."""

    messages: tuple[MessageView, ...]
    next_after: tuple[datetime, UUID] | None


@dataclass(frozen=True, kw_only=True)
class Telling:
    """One fact to tell one person: what `queue` needs to know.

    `fact` names the event, the same however often it is delivered. `words` fill the template.
    """

    fact: str
    person_id: UUID
    template: str
    case_id: UUID
    words: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Claim:
    """A message a worker has claimed for one try on one channel, until its lease ends."""

    message_id: UUID
    person_id: UUID
    template: str
    case_id: UUID | None
    words: Mapping[str, str]
    channel: Channel
    #: The openid or the telephone; in memory only.
    address: str
    #: There is a telephone to fall back to.
    may_fall_back: bool
    queued_at: datetime
    tries: int
    lease_until: datetime


@dataclass(frozen=True, kw_only=True)
class StoredMessage:
    """A row of the ledger as the delivery rules see it."""

    id: UUID
    person_id: UUID
    template: str
    case_id: UUID | None
    words: Mapping[str, str]
    state: MessageState
    channel: Channel | None
    queued_at: datetime
    not_before: datetime
    lease_until: datetime | None
    tries: int
    is_wechat_closed: bool
