"""Every query on the messages."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F, Q
from tortoise.transactions import in_transaction

from backend.kernel.ids import new_id
from backend.notifications.errors import NoSuchMessage
from backend.notifications.models import MessageRow, QuotaRow, TryRow
from backend.notifications.types import Channel, MessageState, MessageView, Outcome, StoredMessage, Telling

OPEN_STATES = (MessageState.QUEUED, MessageState.SENDING)


async def add(
    telling: Telling, *, title: str, body: str, now: datetime, not_before: datetime, look_at: datetime
) -> UUID | None:
    """Write a message; None where this fact was already told to this person."""
    if await MessageRow.exists(fact=telling.fact, person_id=telling.person_id, template=telling.template):
        return None
    try:
        async with in_transaction("default"):
            row = await MessageRow.create(
                id=new_id(),
                fact=telling.fact,
                person_id=telling.person_id,
                template=telling.template,
                case_id=telling.case_id,
                title=title,
                body=body,
                words=dict(telling.words),
                state=MessageState.QUEUED,
                queued_at=now,
                not_before=not_before,
                look_at=look_at,
            )
    except IntegrityError:  # another worker told it in the same instant
        return None
    return row.id


async def locked(message_id: UUID) -> StoredMessage:
    """A message, locked until the act ends. Raises `NoSuchMessage`."""
    row = await MessageRow.filter(id=message_id).select_for_update().first()
    if row is None:
        raise NoSuchMessage
    return _stored(row)


async def person_of(message_id: UUID) -> UUID:
    """Whom a message is for. Raises `NoSuchMessage`."""
    row = await MessageRow.filter(id=message_id).only("id", "person_id").first()
    if row is None:
        raise NoSuchMessage
    return row.person_id


async def claim(message: StoredMessage, *, channel: Channel, lease_until: datetime) -> None:
    """Claim a message for one try.

    Once SMS was tried it stays with SMS, whose key makes a repetition harmless.
    """
    await MessageRow.filter(id=message.id).update(
        state=MessageState.SENDING,
        channel=channel,
        is_wechat_closed=message.is_wechat_closed or channel is Channel.SMS,
        lease_until=lease_until,
        look_at=lease_until,
        tries=message.tries + 1,
    )


async def is_claimed(message_id: UUID, *, lease_until: datetime) -> bool:
    """Whether a claim still holds: nobody took the message over after its lease ended. Locks it."""
    row = await MessageRow.filter(id=message_id).select_for_update().first()
    return row is not None and row.state == MessageState.SENDING and row.lease_until == lease_until


async def settle(message_id: UUID, state: MessageState, *, handed_over_at: datetime | None = None) -> None:
    """Bring a message to its end."""
    await MessageRow.filter(id=message_id).update(
        state=state, handed_over_at=handed_over_at, lease_until=None
    )


async def put_back(message_id: UUID, *, not_before: datetime, look_at: datetime) -> None:
    """Let a message wait for another try."""
    await MessageRow.filter(id=message_id).update(
        state=MessageState.QUEUED, not_before=not_before, look_at=look_at, lease_until=None
    )


async def close_wechat(message_id: UUID) -> None:
    """Never hand this message to WeChat again."""
    await MessageRow.filter(id=message_id).update(is_wechat_closed=True)


async def add_try(
    message_id: UUID, *, channel: Channel, outcome: Outcome, at: datetime, reason: str = ""
) -> None:
    await TryRow.create(
        id=new_id(), message_id=message_id, channel=channel, outcome=outcome, reason=reason[:100], at=at
    )


async def overlooked(now: datetime, *, limit: int) -> list[StoredMessage]:
    """Messages somebody should have handed over by now, locked."""
    rows = MessageRow.filter(state__in=OPEN_STATES, look_at__lte=now).order_by("look_at").limit(limit)
    return [_stored(row) for row in await rows.select_for_update(skip_locked=True)]


async def look_again(message_ids: Sequence[UUID], *, at: datetime) -> None:
    await MessageRow.filter(id__in=message_ids).update(look_at=at)


async def inbox(person_id: UUID, *, after: tuple[datetime, UUID] | None, limit: int) -> list[MessageView]:
    """A person's messages, newest first, after a place in the list."""
    query = MessageRow.filter(person_id=person_id)
    if after:
        moment, last_id = after
        query = query.filter(Q(queued_at__lt=moment) | Q(queued_at=moment, id__lt=last_id))
    return [_view(row) for row in await query.order_by("-queued_at", "-id").limit(limit)]


async def mark_opened(message_id: UUID, *, person_id: UUID, at: datetime) -> None:
    """Note the first opening. A message already opened stays as it is. Raises `NoSuchMessage`."""
    if not await MessageRow.exists(id=message_id, person_id=person_id):
        raise NoSuchMessage
    unopened = MessageRow.filter(id=message_id, opened_at__isnull=True)
    await unopened.update(state=MessageState.OPENED, opened_at=at, lease_until=None)


async def concerned(case_id: UUID) -> list[tuple[UUID, Mapping[str, str]]]:
    """Who was told about a case so far, with the words of the last message each got."""
    found: dict[UUID, Mapping[str, str]] = {}
    for row in await MessageRow.filter(case_id=case_id).order_by("queued_at"):
        found[row.person_id] = row.words
    return list(found.items())


async def quotas(person_id: UUID) -> dict[str, int]:
    rows = await QuotaRow.filter(person_id=person_id).order_by("template")
    return {row.template: row.remaining for row in rows}


async def top_up(person_id: UUID, template: str, *, by: int = 1) -> None:
    """Add to a quota, whether or not it has a row yet."""
    mine = QuotaRow.filter(person_id=person_id, template=template)
    if await mine.update(remaining=F("remaining") + by):
        return
    try:
        async with in_transaction("default"):
            await QuotaRow.create(id=new_id(), person_id=person_id, template=template, remaining=by)
    except IntegrityError:  # its row was made in the same instant
        await mine.update(remaining=F("remaining") + by)


async def spend(person_id: UUID, template: str) -> bool:
    """Take one from a quota; False where nothing is left."""
    left = QuotaRow.filter(person_id=person_id, template=template, remaining__gt=0)
    return bool(await left.update(remaining=F("remaining") - 1))


async def empty_quota(person_id: UUID, template: str) -> None:
    await QuotaRow.filter(person_id=person_id, template=template).update(remaining=0)


async def move(from_id: UUID, *, into_id: UUID) -> None:
    """Give one account's messages and quotas to another; facts told to both stay where they are."""
    told = await MessageRow.filter(person_id=into_id).values_list("fact", "template")
    known = {(fact, template) for fact, template in told}
    rows = await MessageRow.filter(person_id=from_id).only("id", "fact", "template")
    mine = [row.id for row in rows if (row.fact, row.template) not in known]
    await MessageRow.filter(id__in=mine).update(person_id=into_id)
    for template, remaining in (await quotas(from_id)).items():
        await top_up(into_id, template, by=remaining)
    await QuotaRow.filter(person_id=from_id).delete()


def _stored(row: MessageRow) -> StoredMessage:
    return StoredMessage(
        id=row.id,
        person_id=row.person_id,
        template=row.template,
        case_id=row.case_id,
        words=row.words,
        state=MessageState(row.state),
        channel=Channel(row.channel) if row.channel else None,
        queued_at=row.queued_at,
        not_before=row.not_before,
        lease_until=row.lease_until,
        tries=row.tries,
        is_wechat_closed=row.is_wechat_closed,
    )


def _view(row: MessageRow) -> MessageView:
    return MessageView(row.id, row.title, row.body, row.case_id, row.queued_at, row.opened_at is not None)
