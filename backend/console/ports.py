"""What the desk needs of the assistant, which stands beside it: open questions, phrases, the seat."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from backend.kernel.actors import Actor


@dataclass(frozen=True)
class Candidate:
    """An item that may have been meant, and how well the question names it, 0 to 1."""

    code: str
    name: str
    score: float


@dataclass(frozen=True)
class OpenQuestion:
    """Something asked alike that was refused, or answered with what was not meant."""

    key: str
    text: str
    times: int
    corrected: int
    last_at: datetime
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class Phrase:
    """A phrase approved as a name of an item."""

    id: UUID
    text: str
    item_code: str
    item_name: str
    approved_label: str
    approved_at: datetime


@dataclass(frozen=True)
class SeatEntry:
    """A conversation that waits for an officer, or has one."""

    id: UUID
    topic: str
    channel: str  # app | wechat
    state: str  # waiting | taken | ended
    asked_at: datetime
    officer_id: UUID | None
    officer_label: str


@dataclass(frozen=True)
class SeatLine:
    number: int
    speaker: str  # resident | assistant | officer | office
    text: str
    at: datetime


class AssistantAtDesk(Protocol):
    """The assistant as officers see it. Refusals are the assistant's own `DomainError`s."""

    async def open_questions(self, *, now: datetime, limit: int) -> Sequence[OpenQuestion]: ...

    async def approved_phrases(self, *, limit: int) -> Sequence[Phrase]: ...

    async def approve(self, text: str, item_code: str, *, key: str, actor: Actor, now: datetime) -> str: ...

    async def withdraw(self, phrase_id: UUID, *, actor: Actor, now: datetime) -> None: ...

    async def lay_aside(self, key: str, *, actor: Actor, now: datetime) -> None: ...

    async def conversations(self, *, limit: int) -> Sequence[SeatEntry]: ...

    async def conversation(self, conversation_id: UUID) -> tuple[SeatEntry, Sequence[SeatLine]]: ...

    async def take(self, conversation_id: UUID, *, actor: Actor, now: datetime) -> None: ...

    async def reply(self, conversation_id: UUID, text: str, *, actor: Actor, now: datetime) -> None: ...

    async def end(self, conversation_id: UUID, *, actor: Actor, now: datetime) -> None: ...
