"""`console.ports.AssistantAtDesk` over the assistant's own services."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.assistant import approving, handing_over, questions
from backend.assistant.conversations import Conversation
from backend.assistant.library import Library, library
from backend.console.ports import Candidate, OpenQuestion, Phrase, SeatEntry, SeatLine
from backend.kernel.actors import Actor
from backend.kernel.ports import Vault


class AssistantDesk:
    """Turns the assistant's values into the desk's."""

    def __init__(self, vault: Vault, *, own: Library | None = None) -> None:
        self._vault, self._own = vault, own

    async def open_questions(self, *, now: datetime, limit: int) -> Sequence[OpenQuestion]:
        return [
            OpenQuestion(
                key=each.key,
                text=each.text,
                times=each.times,
                corrected=each.corrected,
                last_at=each.last_at,
                candidates=tuple(Candidate(c.code, c.name, c.score) for c in each.candidates),
            )
            for each in await questions.open_questions(now=now, limit=limit)
        ]

    async def approved_phrases(self, *, limit: int) -> Sequence[Phrase]:
        return [
            Phrase(p.id, p.text, p.item_code, p.item_name, p.approved_label, p.approved_at)
            for p in await approving.approved_phrases(limit=limit)
        ]

    async def approve(self, text: str, item_code: str, *, key: str, actor: Actor, now: datetime) -> str:
        return await approving.approve(
            text, item_code, key=key, actor=actor, library=self._library(), now=now
        )

    async def withdraw(self, phrase_id: UUID, *, actor: Actor, now: datetime) -> None:
        await approving.withdraw(phrase_id, actor=actor, library=self._library(), now=now)

    async def lay_aside(self, key: str, *, actor: Actor, now: datetime) -> None:
        await questions.lay_aside(key, actor=actor, now=now)

    async def conversations(self, *, limit: int) -> Sequence[SeatEntry]:
        return [_entry(each) for each in await handing_over.waiting_and_taken(limit=limit)]

    async def conversation(self, conversation_id: UUID) -> tuple[SeatEntry, Sequence[SeatLine]]:
        found, lines = await handing_over.opened(conversation_id)
        return _entry(found), [SeatLine(e.number, e.speaker.value, e.text, e.at) for e in lines]

    async def take(self, conversation_id: UUID, *, actor: Actor, now: datetime) -> None:
        await handing_over.take(conversation_id, actor=actor, now=now)

    async def reply(self, conversation_id: UUID, text: str, *, actor: Actor, now: datetime) -> None:
        await handing_over.reply(conversation_id, text, actor=actor, vault=self._vault, now=now)

    async def end(self, conversation_id: UUID, *, actor: Actor, now: datetime) -> None:
        await handing_over.end(conversation_id, actor=actor, now=now)

    def _library(self) -> Library:
        return self._own or library()


def _entry(told: Conversation) -> SeatEntry:
    return SeatEntry(
        id=told.id,
        topic=told.topic,
        channel=told.channel.value,
        state=told.state.value,
        asked_at=told.asked_at,
        officer_id=told.officer_id,
        officer_label=told.officer_label,
    )
