"""Facts about cases become messages; queued messages are handed over."""

from collections.abc import Awaitable, Callable
from datetime import UTC, date

from backend.cases.events import (
    CaseAccepted,
    CaseDeclined,
    CaseEvent,
    CaseGranted,
    CaseReceived,
    CaseRefused,
    CaseWithdrawn,
    CorrectionRequested,
    CorrectionSupplied,
)
from backend.identity.events import PersonsJoined
from backend.kernel.events import Context, Handler
from backend.notifications import rules, service
from backend.notifications.events import MessageQueued
from backend.notifications.types import Telling
from backend.timelimits.events import DueDatesMoved


async def hand_over(event: MessageQueued, context: Context) -> None:
    """Send a queued message by WeChat or SMS."""
    await service.deliver(event.message_id, ports=context.ports, clock=context.clock)


async def follow_joined_person(event: PersonsJoined, context: Context) -> None:
    """Give the messages of a joined account to the remaining one."""
    await service.move_to(event.into_id, from_id=event.from_id)


async def tell_due_dates_moved(event: DueDatesMoved, context: Context) -> None:
    """Tell everybody concerned, once per correction of the calendar."""
    fact = f"{event.name}:{event.case_id}:{event.revision_id}"
    await service.tell_concerned(event.case_id, fact=fact, template="due_dates_moved", now=context.now)


def _teller(template: str) -> Callable[[CaseEvent, Context], Awaitable[None]]:
    async def tell(event: CaseEvent, context: Context) -> None:
        words = rules.words_of(item=event.item_name, number=event.number)
        await service.queue(_telling(event, template, words), now=context.now)

    return tell


async def tell_accepted(event: CaseAccepted, context: Context) -> None:
    """Tell the applicant by when there will be a result, and where the law accepted in our place."""
    template = "case_deemed_accepted" if event.is_deemed else "case_accepted"
    words = rules.words_of(item=event.item_name, number=event.number, due=_day(event.due_on))
    await service.queue(_telling(event, template, words), now=context.now)


def _telling(event: CaseEvent, template: str, words: dict[str, str]) -> Telling:
    fact = f"{event.name}:{event.case_id}:{event.at.astimezone(UTC).isoformat()}"
    return Telling(
        fact=fact, person_id=event.person_id, template=template, case_id=event.case_id, words=words
    )


def _day(day: date) -> str:
    return f"{day.month}月{day.day}日"


HANDLERS = [
    Handler("notifications.tell_received", CaseReceived, _teller("case_received")),
    Handler("notifications.tell_accepted", CaseAccepted, tell_accepted),
    Handler("notifications.tell_declined", CaseDeclined, _teller("case_declined")),
    Handler("notifications.tell_correction_requested", CorrectionRequested, _teller("correction_requested")),
    Handler("notifications.tell_correction_supplied", CorrectionSupplied, _teller("correction_supplied")),
    Handler("notifications.tell_granted", CaseGranted, _teller("case_granted")),
    Handler("notifications.tell_refused", CaseRefused, _teller("case_refused")),
    Handler("notifications.tell_withdrawn", CaseWithdrawn, _teller("case_withdrawn")),
    Handler("notifications.tell_due_dates_moved", DueDatesMoved, tell_due_dates_moved),
    Handler("notifications.follow_joined_person", PersonsJoined, follow_joined_person),
    Handler("notifications.hand_over", MessageQueued, hand_over),
]
