"""Queue messages, show them, note that they were read, and count what WeChat still takes.

The ledger of messages is its own record: these acts are not written into the journal again.
"""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from backend.journal.service import publish, use_case
from backend.kernel.errors import FieldProblem, FieldsInvalid
from backend.notifications import rules, store
from backend.notifications.delivery import deliver
from backend.notifications.events import MessageQueued
from backend.notifications.templates import TEMPLATES, WECHAT_TEMPLATES
from backend.notifications.types import Inbox, Telling

__all__ = [
    "deliver",
    "move_to",
    "open_message",
    "queue",
    "read_inbox",
    "remind_of_overlooked",
    "subscribe",
    "tell_concerned",
]


@use_case
async def queue(telling: Telling, *, now: datetime) -> UUID | None:
    """Queue a message for one person; None where this fact was already told to them.

    It stands in the inbox at once. Outside it goes now, or at seven where it is night and no legal
    period runs from it.
    """
    template = TEMPLATES[telling.template]
    not_before = rules.may_go_at(now, is_legal_notice=template.is_legal_notice)
    message_id = await store.add(
        telling,
        title=template.title,
        body=rules.filled(template.body, telling.words),
        now=now,
        not_before=not_before,
        look_at=max(not_before, now + rules.PATIENCE),
    )
    if message_id is not None:
        publish(MessageQueued(message_id=message_id, case_id=telling.case_id, at=now))
    return message_id


@use_case
async def tell_concerned(case_id: UUID, *, fact: str, template: str, now: datetime) -> None:
    """Queue a message for everybody who was told about a case before."""
    for person_id, words in await store.concerned(case_id):
        telling = Telling(fact=fact, person_id=person_id, template=template, case_id=case_id, words=words)
        await queue(telling, now=now)


@use_case
async def remind_of_overlooked(*, now: datetime, limit: int = 200) -> int:
    """Ask the worker once more for messages nobody handed over: put off, or claimed by one that died."""
    messages = await store.overlooked(now, limit=limit)
    for message in messages:
        publish(MessageQueued(message_id=message.id, case_id=message.case_id, at=now))
    await store.look_again([message.id for message in messages], at=now + rules.PATIENCE)
    return len(messages)


async def read_inbox(
    person_id: UUID, *, after: tuple[datetime, UUID] | None = None, limit: int = 20
) -> Inbox:
    """A person's messages, newest first, also those that never left the building."""
    found = await store.inbox(person_id, after=after, limit=limit + 1)
    page = found[:limit]
    return Inbox(tuple(page), (page[-1].at, page[-1].id) if len(found) > limit else None)


@use_case
async def open_message(message_id: UUID, *, person_id: UUID, now: datetime) -> None:
    """Note that a message was read; one still waiting need not be sent any more.

    Raises `NoSuchMessage`, also for another person's message.
    """
    await store.mark_opened(message_id, person_id=person_id, at=now)


@use_case
async def subscribe(person_id: UUID, *, accepted: Collection[str]) -> dict[str, int]:
    """Count what a person has just accepted in WeChat: one message each, adding up.

    Raises `FieldsInvalid` for a template we do not have.
    """
    if not set(accepted) <= set(WECHAT_TEMPLATES):
        raise FieldsInvalid((FieldProblem("accepted", "没有这种消息，请刷新页面后重试。"),))
    for template in sorted(set(accepted)):
        await store.top_up(person_id, template)
    return dict.fromkeys(WECHAT_TEMPLATES, 0) | await store.quotas(person_id)


@use_case
async def move_to(into_id: UUID, *, from_id: UUID) -> None:
    """Give the messages and quotas of an account to the one it was joined with."""
    await store.move(from_id, into_id=into_id)
