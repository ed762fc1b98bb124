"""Hand a conversation over to a person at the seat, talk, and end it.

What was said before goes with it, its numbers blotted out; so does what is said from then on.
"""

import hashlib
from datetime import datetime, timedelta
from uuid import UUID

from backend.assistant import seat_hours, seats
from backend.assistant.conversations import (
    Channel,
    Conversation,
    ConversationState,
    HandedOver,
    Line,
    Speaker,
)
from backend.assistant.customers import OPENID, owe
from backend.assistant.errors import ConversationOver, ConversationTaken, NoSuchConversation
from backend.assistant.memory import Memory, recall
from backend.assistant.records import session_digest
from backend.assistant.stripping import stripped
from backend.journal.service import record, use_case
from backend.journal.types import Act
from backend.kernel.actors import SYSTEM, Actor
from backend.kernel.clock import in_shanghai
from backend.kernel.ports import SharedState, Vault
from backend.timelimits import service as timelimits

LONGEST_LINE = 1000
#: Nobody waits for ever: a silent conversation ends by itself.
SILENCE = timedelta(minutes=60)
WAITING = "已经转给工作人员，请稍等。刚才的对话一并转过去了，电话、证件号码已隐去；也请不要在这里发这些号码。"
ENDED = "人工对话已结束。还有问题可以接着问我。"


async def hand_over(
    session: str,
    *,
    actor: Actor,
    state: SharedState,
    now: datetime,
    openid_sealed: bytes | None = None,
) -> HandedOver:
    """Put a conversation into the queue of the seat; twice is once. Outside office hours say when instead."""
    calendar = await timelimits.calendar()
    local = in_shanghai(now)
    if not seat_hours.is_open(local, calendar.is_working):
        opening = seat_hours.next_opening(local, calendar.is_working)
        text = (
            f"人工服务时间是{seat_hours.HOURS_TEXT}，现在没有人在。"
            f"{seat_hours.said(opening)}起有人；着急请拨打 12345，全天有人接听。"
        )
        return HandedOver(False, text, opening)
    memory = await recall(state, session)
    await _queue(session, memory, actor=actor, openid_sealed=openid_sealed, now=now)
    return HandedOver(True, WAITING)


@use_case
async def _queue(
    session: str, memory: Memory, *, actor: Actor, openid_sealed: bytes | None, now: datetime
) -> None:
    digest = session_digest(session)
    found = await seats.of_session(digest, is_locked=True)
    if found and found.state is not ConversationState.ENDED:
        return
    made = await seats.open_new(
        digest,
        channel=Channel.WECHAT if openid_sealed else Channel.APP,
        topic=memory.topic.name if memory.topic else "",
        owner_digest=_owner(actor),
        openid_sealed=openid_sealed,
        now=now,
    )
    said = [(Speaker(turn.speaker), stripped(turn.text, longest=LONGEST_LINE)) for turn in memory.turns]
    await seats.add_lines(made, [*said, (Speaker.OFFICE, WAITING)], now=now)


async def conversation_of(session: str, *, actor: Actor, after: int) -> tuple[Conversation, list[Line]]:
    """A session's conversation and its lines after a number. Raises `NoSuchConversation`."""
    found = _own(await seats.of_session(session_digest(session)), actor)
    return found, await seats.lines_of(found.id, after=after)


@use_case
async def say(session: str, text: str, *, actor: Actor, now: datetime) -> None:
    """The resident's next line. Raises `NoSuchConversation`, `ConversationOver`."""
    found = _own(await seats.of_session(session_digest(session), is_locked=True), actor)
    if found.state is ConversationState.ENDED:
        raise ConversationOver
    await seats.add_lines(found, [(Speaker.RESIDENT, stripped(text, longest=LONGEST_LINE))], now=now)


@use_case
async def leave(session: str, *, actor: Actor, now: datetime) -> None:
    """The resident ends the conversation. Raises `NoSuchConversation`."""
    found = _own(await seats.of_session(session_digest(session), is_locked=True), actor)
    await _end(found, now=now)


async def waiting_and_taken(*, limit: int) -> list[Conversation]:
    """What the seat's page lists."""
    return await seats.going(limit=limit)


async def opened(conversation_id: UUID, *, after: int = 0) -> tuple[Conversation, list[Line]]:
    """A conversation with its lines. Raises `NoSuchConversation`."""
    return await seats.conversation(conversation_id), await seats.lines_of(conversation_id, after=after)


@use_case
async def take(conversation_id: UUID, *, actor: Actor, now: datetime) -> None:
    """An officer takes a waiting conversation. Raises `ConversationTaken`, `ConversationOver`."""
    found = await seats.locked(conversation_id)
    if found.state is ConversationState.TAKEN and found.officer_id == actor.id:
        return
    _refuse_unless(found.state is ConversationState.WAITING, found)
    await seats.take(found.id, officer_id=actor.id, label=actor.label)
    greeting = (Speaker.OFFICE, f"工作人员（工号 {actor.label}）来了。")
    await seats.add_lines(found, [greeting], now=now)
    _record("assistant.take_conversation", found, actor=actor, now=now)


@use_case
async def reply(conversation_id: UUID, text: str, *, actor: Actor, vault: Vault, now: datetime) -> None:
    """The officer's next line; to WeChat it goes by the worker. Raises as `take` does."""
    found = await seats.locked(conversation_id)
    _refuse_unless(found.state is ConversationState.TAKEN and found.officer_id == actor.id, found)
    await seats.add_lines(found, [(Speaker.OFFICER, text)], now=now)
    if found.openid_sealed is not None:
        openid = vault.open(found.openid_sealed, purpose=OPENID)
        await owe(openid, text, vault=vault, now=now)


@use_case
async def end(conversation_id: UUID, *, actor: Actor, now: datetime) -> None:
    """The officer ends a conversation of theirs, or one that still waits."""
    found = await seats.locked(conversation_id)
    _refuse_unless(found.officer_id in (None, actor.id), found)
    await _end(found, now=now)
    _record("assistant.end_conversation", found, actor=actor, now=now)


@use_case
async def end_silent(*, now: datetime) -> None:
    """End conversations in which nobody has said anything for an hour."""
    for conversation_id in await seats.idle_since(now - SILENCE):
        found = await seats.locked(conversation_id)
        if found.last_at < now - SILENCE:
            await _end(found, now=now)
            _record("assistant.end_conversation", found, actor=SYSTEM, now=now)


async def _end(found: Conversation, *, now: datetime) -> None:
    if found.state is not ConversationState.ENDED:
        await seats.add_lines(found, [(Speaker.OFFICE, ENDED)], now=now)
        await seats.end(found.id, now=now)


def _refuse_unless(is_allowed: bool, found: Conversation) -> None:
    if not is_allowed:
        raise ConversationOver if found.state is ConversationState.ENDED else ConversationTaken


def _own(found: Conversation | None, actor: Actor) -> Conversation:
    """A conversation begun signed in is read by that person only."""
    if found is None or (found.owner_digest and found.owner_digest != _owner(actor)):
        raise NoSuchConversation
    return found


def _owner(actor: Actor) -> str:
    return hashlib.sha256(f"assistant-owner:{actor.id}".encode()).hexdigest() if actor.is_person else ""


def _record(verb: str, found: Conversation, *, actor: Actor, now: datetime) -> None:
    record(Act(verb=verb, actor=actor, at=now, subject_kind="conversation", subject_id=found.id))
