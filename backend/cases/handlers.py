"""What cases do when something happened elsewhere."""

from backend.cases import store
from backend.cases.states import OPEN, State
from backend.identity.events import PersonsJoined
from backend.journal.service import use_case
from backend.kernel.clock import legal_day
from backend.kernel.events import Context, Handler
from backend.licences.events import LicenceSealed
from backend.timelimits import service as timelimits
from backend.timelimits.events import DueDatesMoved
from backend.timelimits.types import LimitKind


@use_case
async def hand_over(event: PersonsJoined, context: Context) -> None:
    """Two accounts turned out to be one person: drafts and cases go along. Twice is harmless."""
    await store.change_person(event.from_id, event.into_id)


@use_case
async def follow_moved_dates(event: DueDatesMoved, context: Context) -> None:
    """A corrected calendar moved a case's clocks: its nearest date moves along."""
    case = await store.locked(event.case_id)
    running = [limit for limit in await timelimits.of_case(case.id) if limit.is_running]
    if State(case.state) in OPEN and running:
        nearest = min(running, key=lambda limit: limit.due_on)
        case.due_on, case.is_due_provisional = nearest.due_on, nearest.is_provisional
        await case.save(update_fields=["due_on", "is_due_provisional"])


@use_case
async def end_delivery(event: LicenceSealed, context: Context) -> None:
    """The sealed licence stands in the holder's account: it is issued and delivered (第四十四条).

    Twice is harmless: a clock that was stopped is not stopped again.
    """
    await timelimits.stop(event.case_id, on=legal_day(event.at), kind=LimitKind.DELIVERY)


HANDLERS = [
    Handler("cases.hand_over", PersonsJoined, hand_over),
    Handler("cases.follow_moved_dates", DueDatesMoved, follow_moved_dates),
    Handler("cases.end_delivery", LicenceSealed, end_delivery),
]
