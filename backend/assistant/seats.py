"""Every query on conversations with a person."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from backend.assistant.conversations import Channel, Conversation, ConversationState, Line, Speaker
from backend.assistant.errors import NoSuchConversation
from backend.assistant.models import ConversationRow, LineRow
from backend.kernel.clock import in_shanghai
from backend.kernel.ids import new_id

GOING = (ConversationState.WAITING.value, ConversationState.TAKEN.value)


async def of_session(digest: str, *, is_locked: bool = False) -> Conversation | None:
    """The conversation of a session that goes on, else its last one, so that the end is seen."""
    query = ConversationRow.filter(session_digest=digest).order_by("-asked_at")
    rows = await (query.select_for_update() if is_locked else query)
    going = [row for row in rows if row.state in GOING]
    return _view((going or rows)[0]) if rows else None


async def locked(conversation_id: UUID) -> Conversation:
    row = await ConversationRow.filter(id=conversation_id).select_for_update().first()
    if row is None:
        raise NoSuchConversation
    return _view(row)


async def conversation(conversation_id: UUID) -> Conversation:
    row = await ConversationRow.get_or_none(id=conversation_id)
    if row is None:
        raise NoSuchConversation
    return _view(row)


async def going(*, limit: int) -> list[Conversation]:
    """Everybody who waits or is being talked to, who asked first comes first."""
    rows = await ConversationRow.filter(state__in=list(GOING)).order_by("asked_at").limit(limit)
    return [_view(row) for row in rows]


async def open_new(
    digest: str,
    *,
    channel: Channel,
    topic: str,
    owner_digest: str,
    openid_sealed: bytes | None,
    now: datetime,
) -> Conversation:
    row = await ConversationRow.create(
        id=new_id(),
        session_digest=digest,
        owner_digest=owner_digest,
        channel=channel.value,
        openid_sealed=openid_sealed,
        topic=topic[:200],
        state=ConversationState.WAITING.value,
        asked_at=now,
        last_at=now,
    )
    return _view(row)


async def add_lines(told: Conversation, lines: Sequence[tuple[Speaker, str]], *, now: datetime) -> None:
    """Append lines; the conversation is locked, or new."""
    rows = [
        LineRow(
            id=new_id(),
            conversation_id=told.id,
            number=told.count + place,
            speaker=speaker.value,
            text=text[:1000],
            at=now,
        )
        for place, (speaker, text) in enumerate(lines, 1)
    ]
    await LineRow.bulk_create(rows)
    await ConversationRow.filter(id=told.id).update(lines=told.count + len(rows), last_at=now)


async def take(conversation_id: UUID, *, officer_id: UUID, label: str) -> None:
    state = ConversationState.TAKEN.value
    await ConversationRow.filter(id=conversation_id).update(
        state=state, officer_id=officer_id, officer_label=label
    )


async def end(conversation_id: UUID, *, now: datetime) -> None:
    await ConversationRow.filter(id=conversation_id).update(
        state=ConversationState.ENDED.value, ended_at=now, last_at=now
    )


async def lines_of(conversation_id: UUID, *, after: int = 0, limit: int = 200) -> list[Line]:
    """The lines after a number, oldest first."""
    rows = (
        await LineRow.filter(conversation_id=conversation_id, number__gt=after)
        .order_by("number")
        .limit(limit)
    )
    return [Line(row.number, Speaker(row.speaker), row.text, in_shanghai(row.at)) for row in rows]


async def idle_since(moment: datetime) -> list[UUID]:
    """Conversations in which nobody said anything since a moment."""
    found = await ConversationRow.filter(state__in=list(GOING), last_at__lt=moment).values_list(
        "id", flat=True
    )
    return [UUID(str(each)) for each in found]


def _view(row: ConversationRow) -> Conversation:
    return Conversation(
        id=row.id,
        channel=Channel(row.channel),
        state=ConversationState(row.state),
        topic=row.topic,
        asked_at=in_shanghai(row.asked_at),
        last_at=in_shanghai(row.last_at),
        officer_id=row.officer_id,
        officer_label=row.officer_label,
        openid_sealed=bytes(row.openid_sealed) if row.openid_sealed is not None else None,
        owner_digest=row.owner_digest,
        count=row.lines,
    )
