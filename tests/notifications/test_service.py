"""Queued once, handed over once, whatever fails or dies; the inbox; the quotas."""

import asyncio
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from backend.cases.events import CaseAccepted, CaseReceived, CorrectionRequested
from backend.identity.events import PersonsJoined
from backend.journal.models import OutboxEvent
from backend.kernel.clock import SHANGHAI, FixedClock
from backend.kernel.errors import FieldsInvalid, Unavailable
from backend.kernel.events import Context, Event
from backend.kernel.ids import new_id
from backend.notifications import jobs, service
from backend.notifications.errors import MessageRefused, NoSuchMessage
from backend.notifications.handlers import HANDLERS
from backend.notifications.models import MessageRow, TryRow
from backend.notifications.ports import Address
from backend.timelimits.events import DueDatesMoved
from tests.notifications.fakes import WorkerKilled, World

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

PERSON, CASE = new_id(), new_id()
NUMBER = "370321202611230001"
NIGHT = datetime(2026, 11, 23, 23, 15, tzinfo=SHANGHAI)
SEVEN = datetime(2026, 11, 24, 7, 0, tzinfo=SHANGHAI)


@pytest.fixture
def world() -> World:
    world = World()
    world.contacts.known[PERSON] = Address(openid="o-1", phone="19900001234")
    return world


@pytest.fixture
def context(world: World, clock: FixedClock) -> Context:
    return Context(clock, world.ports())


def accepted(at: datetime, *, person_id: UUID = PERSON, is_deemed: bool = False) -> CaseAccepted:
    return CaseAccepted(
        at=at,
        case_id=CASE,
        number=NUMBER,
        person_id=person_id,
        item_code="H001",
        item_name="食品经营许可",
        due_on=date(2026, 12, 21),
        is_deemed=is_deemed,
    )


def correction(at: datetime) -> CorrectionRequested:
    return CorrectionRequested(
        at=at, case_id=CASE, number=NUMBER, person_id=PERSON, item_code="H001", item_name="食品经营许可"
    )


async def react(event: Event, context: Context) -> None:
    """Deliver an event to its handlers, then every message it queued to its own, as the worker does."""
    for handler in HANDLERS:
        if handler.event is type(event):
            await handler.react(handler.event.from_payload(event.payload()), context)
    await hand_over_all(context)


async def hand_over_all(context: Context) -> None:
    [handler] = [each for each in HANDLERS if each.name == "notifications.hand_over"]
    for row in await OutboxEvent.filter(name="notifications.message_queued", is_dispatched=False):
        await OutboxEvent.filter(id=row.id).update(is_dispatched=True)
        await handler.react(handler.event.from_payload(row.payload), context)


async def the_message() -> MessageRow:
    [row] = await MessageRow.all()
    return row


async def tries() -> list[tuple[str, str]]:
    return [(row.channel, row.outcome) for row in await TryRow.all().order_by("at", "channel")]


async def test_a_fact_told_twice_is_one_message(context: Context, world: World, clock: FixedClock) -> None:
    event = accepted(clock.now())
    await react(event, context)
    await react(event, context)
    row = await the_message()
    assert (row.title, row.state, row.channel) == ("申请已受理", "handed_over", "sms")
    assert "最晚 12月21日 前" in row.body
    assert len(world.sms.sent) == world.sms.calls == 1


async def test_two_workers_queueing_at_once_make_one_message(clock: FixedClock, context: Context) -> None:
    event = accepted(clock.now())
    [tell] = [each.react for each in HANDLERS if each.event is CaseAccepted]
    await asyncio.gather(tell(event, context), tell(event, context))
    await the_message()


async def test_deemed_acceptance_has_its_own_words(context: Context, clock: FixedClock) -> None:
    await react(accepted(clock.now(), is_deemed=True), context)
    assert (await the_message()).title == "申请视为已受理"


async def test_every_fact_about_a_case_is_told(context: Context, clock: FixedClock) -> None:
    told = [each.event for each in HANDLERS if each.event.name.startswith("cases.")]
    for event in told:
        if event is not CaseAccepted:
            await react(event.from_payload(correction(clock.now()).payload()), context)
    assert await MessageRow.filter(state="handed_over").count() == len(told) - 1


async def test_wechat_is_used_while_its_quota_lasts(
    context: Context, world: World, clock: FixedClock
) -> None:
    assert await service.subscribe(PERSON, accepted=["case_progress"]) == {
        "case_progress": 1,
        "case_correction": 0,
        "case_result": 0,
    }
    await react(accepted(clock.now()), context)
    clock.advance(timedelta(hours=1))
    await react(accepted(clock.now()), context)
    assert [each.template for each in world.wechat.sent] == ["case_progress"]
    assert world.wechat.pages == [f"pages/progress/case?id={CASE}"]
    assert dict(world.wechat.sent[0].data) == {
        "thing1": "食品经营许可",
        "character_string2": NUMBER,
        "thing3": "已受理，最晚12月21日前办结",
        "time4": "2026-11-23 09:30",
    }
    assert len(world.sms.sent) == 1


async def test_quotas_add_up_and_unknown_kinds_are_refused() -> None:
    await service.subscribe(PERSON, accepted=["case_result", "case_result"])
    quotas = await service.subscribe(PERSON, accepted=["case_result", "case_correction"])
    assert quotas == {"case_progress": 0, "case_correction": 1, "case_result": 2}
    with pytest.raises(FieldsInvalid):
        await service.subscribe(PERSON, accepted=["somebody_elses"])


async def test_a_refusal_of_wechat_falls_to_sms_and_empties_the_quota(
    context: Context, world: World, clock: FixedClock
) -> None:
    await service.subscribe(PERSON, accepted=["case_progress"])
    await service.subscribe(PERSON, accepted=["case_progress"])
    world.wechat.fault = MessageRefused(reason="errcode 43101")
    await react(accepted(clock.now()), context)
    assert (await the_message()).channel == "sms"
    assert await tries() == [("sms", "handed_over"), ("wechat", "refused")]
    assert (await service.subscribe(PERSON, accepted=[]))["case_progress"] == 0


@pytest.mark.parametrize("fault", [Unavailable("微信"), TimeoutError()])
async def test_a_silent_wechat_falls_to_sms_and_gives_the_quota_back(
    context: Context, world: World, clock: FixedClock, fault: Exception
) -> None:
    await service.subscribe(PERSON, accepted=["case_progress"])
    world.wechat.fault = fault
    await react(accepted(clock.now()), context)
    assert (await the_message()).state == "handed_over"
    assert len(world.sms.sent) == 1
    assert (await service.subscribe(PERSON, accepted=[]))["case_progress"] == 1


async def test_after_a_failure_wechat_is_left_alone_for_a_while(
    context: Context, world: World, clock: FixedClock
) -> None:
    await service.subscribe(PERSON, accepted=["case_progress"])
    world.wechat.fault = Unavailable("微信")
    await react(accepted(clock.now()), context)
    clock.advance(timedelta(seconds=1))
    await react(accepted(clock.now()), context)
    assert [each[0] for each in await tries()].count("wechat") == 1
    assert len(world.sms.sent) == 2


async def test_without_a_telephone_a_silent_wechat_is_tried_again_later(
    context: Context, world: World, clock: FixedClock
) -> None:
    world.contacts.known[PERSON] = Address(openid="o-1", phone=None)
    await service.subscribe(PERSON, accepted=["case_progress"])
    world.wechat.fault = Unavailable("微信")
    await react(accepted(clock.now()), context)
    assert (await the_message()).state == "queued"
    world.wechat.fault = None
    clock.advance(timedelta(seconds=16))
    await jobs.sweep(context)
    await hand_over_all(context)
    assert (await the_message()).state == "handed_over"
    assert len(world.wechat.sent) == 1


async def test_nowhere_to_send_is_said_and_the_inbox_has_it(
    context: Context, world: World, clock: FixedClock
) -> None:
    world.contacts.known.clear()
    await react(accepted(clock.now()), context)
    assert (await the_message()).state == "failed"
    assert [each.title for each in (await service.read_inbox(PERSON)).messages] == ["申请已受理"]


async def test_sms_down_for_six_hours_then_back_loses_and_doubles_nothing(
    context: Context, world: World, clock: FixedClock
) -> None:
    world.sms.fault = Unavailable("短信")
    await react(accepted(clock.now()), context)
    for _ in range(36):
        clock.advance(timedelta(minutes=10))
        await jobs.sweep(context)
        await hand_over_all(context)
    world.sms.fault = None
    clock.advance(timedelta(minutes=10))
    await jobs.sweep(context)
    await hand_over_all(context)
    await jobs.sweep(context)
    await hand_over_all(context)
    assert (await the_message()).state == "handed_over"
    assert len(world.sms.sent) == 1


async def test_after_a_day_a_message_has_failed(context: Context, world: World, clock: FixedClock) -> None:
    world.sms.fault = Unavailable("短信")
    await react(accepted(clock.now()), context)
    clock.advance(timedelta(hours=24))
    await jobs.sweep(context)
    await hand_over_all(context)
    assert (await the_message()).state == "failed"


async def test_an_sms_gateway_that_refuses_ends_it(context: Context, world: World, clock: FixedClock) -> None:
    world.sms.fault = MessageRefused(reason="status 422")
    await react(accepted(clock.now()), context)
    assert (await the_message()).state == "failed"


async def die(event: Event, context: Context) -> None:
    with pytest.raises(WorkerKilled):
        await react(event, context)


async def after_the_lease(context: Context, clock: FixedClock) -> None:
    clock.advance(timedelta(seconds=31))
    await jobs.sweep(context)
    await hand_over_all(context)


async def test_killed_after_an_sms_it_is_sent_again_under_the_same_key(
    context: Context, world: World, clock: FixedClock
) -> None:
    world.sms.kills = True
    await die(accepted(clock.now()), context)
    assert (await the_message()).state == "sending"
    world.sms.kills = False
    await jobs.sweep(context)
    await hand_over_all(context)
    assert world.sms.calls == 1  # the lease still runs
    await after_the_lease(context, clock)
    assert (await the_message()).state == "handed_over"
    assert (world.sms.calls, len(world.sms.sent)) == (2, 1)
    assert sorted(await tries()) == [("sms", "handed_over"), ("sms", "unknown")]


async def test_killed_after_wechat_it_is_unknown_and_not_sent_twice(
    context: Context, world: World, clock: FixedClock
) -> None:
    await service.subscribe(PERSON, accepted=["case_progress"])
    world.wechat.kills = True
    await die(accepted(clock.now()), context)
    world.wechat.kills = False
    await after_the_lease(context, clock)
    await after_the_lease(context, clock)
    assert (await the_message()).state == "unknown"
    assert (len(world.wechat.sent), len(world.sms.sent)) == (1, 0)


async def test_killed_after_wechat_a_legal_notice_goes_by_sms_besides(
    context: Context, world: World, clock: FixedClock
) -> None:
    await service.subscribe(PERSON, accepted=["case_correction"])
    await service.subscribe(PERSON, accepted=["case_correction"])
    world.wechat.kills = True
    await die(correction(clock.now()), context)
    await after_the_lease(context, clock)
    assert (await the_message()).state == "handed_over"
    assert (len(world.wechat.sent), len(world.sms.sent)) == (1, 1)


async def test_by_night_a_message_waits_until_seven(
    context: Context, world: World, clock: FixedClock
) -> None:
    clock.set(NIGHT)
    await react(accepted(NIGHT), context)
    assert (await the_message()).state == "queued"
    assert len((await service.read_inbox(PERSON)).messages) == 1
    clock.set(SEVEN - timedelta(seconds=1))
    await jobs.sweep(context)
    await hand_over_all(context)
    assert world.sms.calls == 0
    clock.set(SEVEN)
    await jobs.sweep(context)
    await hand_over_all(context)
    assert (await the_message()).state == "handed_over"


async def test_by_night_a_legal_notice_goes_at_once(
    context: Context, world: World, clock: FixedClock
) -> None:
    clock.set(NIGHT)
    await react(correction(NIGHT), context)
    assert len(world.sms.sent) == 1


async def test_what_was_read_at_night_is_not_sent_in_the_morning(
    context: Context, world: World, clock: FixedClock
) -> None:
    clock.set(NIGHT)
    await react(accepted(NIGHT), context)
    row = await the_message()
    await service.open_message(row.id, person_id=PERSON, now=clock.now())
    clock.set(SEVEN)
    await jobs.sweep(context)
    await hand_over_all(context)
    assert ((await the_message()).state, world.sms.calls) == ("opened", 0)


async def test_only_its_reader_opens_a_message(context: Context, clock: FixedClock) -> None:
    await react(accepted(clock.now()), context)
    row = await the_message()
    with pytest.raises(NoSuchMessage):
        await service.open_message(row.id, person_id=new_id(), now=clock.now())
    opened_at = clock.now()
    await service.open_message(row.id, person_id=PERSON, now=opened_at)
    clock.advance(timedelta(hours=1))
    await service.open_message(row.id, person_id=PERSON, now=clock.now())
    row = await the_message()
    assert (row.state, row.opened_at) == ("opened", opened_at)
    assert row.handed_over_at is not None


async def test_the_inbox_goes_on_page_by_page(context: Context, clock: FixedClock) -> None:
    for _ in range(5):
        await react(accepted(clock.now()), context)
        clock.advance(timedelta(minutes=1))
    first = await service.read_inbox(PERSON, limit=2)
    second = await service.read_inbox(PERSON, after=first.next_after, limit=2)
    third = await service.read_inbox(PERSON, after=second.next_after, limit=2)
    moments = [each.at for page in (first, second, third) for each in page.messages]
    assert moments == sorted(moments, reverse=True)
    assert (len(moments), third.next_after) == (5, None)


async def test_a_corrected_calendar_is_told_once_to_those_concerned(
    context: Context, world: World, clock: FixedClock
) -> None:
    await react(accepted(clock.now()), context)
    moved = DueDatesMoved(at=clock.now(), case_id=CASE, revision_id=new_id())
    await react(moved, context)
    await react(moved, context)
    await react(DueDatesMoved(at=clock.now(), case_id=new_id(), revision_id=new_id()), context)
    assert [row.template for row in await MessageRow.all().order_by("queued_at", "template")] == [
        "case_accepted",
        "due_dates_moved",
    ]
    assert world.sms.calls == 2


async def test_a_joined_account_brings_its_messages_and_quotas(context: Context, clock: FixedClock) -> None:
    into_id = new_id()
    await service.subscribe(PERSON, accepted=["case_progress", "case_result"])
    await service.subscribe(into_id, accepted=["case_result"])
    await react(correction(clock.now()), context)
    joined = PersonsJoined(at=clock.now(), from_id=PERSON, into_id=into_id)
    await react(joined, context)
    await react(joined, context)
    assert len((await service.read_inbox(into_id)).messages) == 1
    assert (await service.read_inbox(PERSON)).messages == ()
    assert await service.subscribe(into_id, accepted=[]) == {
        "case_progress": 1,
        "case_correction": 0,
        "case_result": 2,
    }


async def test_receiving_is_told_too(context: Context, clock: FixedClock) -> None:
    await react(CaseReceived.from_payload(correction(clock.now()).payload()), context)
    assert (await the_message()).title == "申请已收到"
