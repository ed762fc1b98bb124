"""Residents' accounts on the database."""

from datetime import timedelta
from uuid import uuid4

import anyio
import pytest

from backend.identity import service
from backend.identity.errors import (
    NoSuchPerson,
    PhoneCodeOver,
    PhoneCodesUsedUp,
    PhoneCodeTooSoon,
    PhoneCodeWrong,
    PhoneTaken,
    RealNameFixed,
)
from backend.identity.jobs import PERIODIC
from backend.identity.models import Person, PhoneCode, Session
from backend.identity.types import Contact, IssuedSession, Level, RealIdentity
from backend.journal.models import OutboxEvent
from backend.journal.service import history_of_subject, verify_chain
from backend.kernel.errors import Unavailable
from backend.kernel.events import Context
from tests.identity.conftest import House, everything_stored

pytestmark = pytest.mark.anyio
PHONE, OTHER_PHONE = "19900001234", "19900005678"
ID_NUMBER, OTHER_ID_NUMBER = "370399196503070027", "370399198808153033"


async def code_sent_to(phone: str, house: House) -> str:
    await service.request_phone_code(phone, vault=house.vault, now=house.clock.now())
    await house.deliver()
    return house.sms.code_for(phone)


async def signed_in_by_phone(phone: str, house: House) -> IssuedSession:
    code = await code_sent_to(phone, house)
    return await sign_in(phone, code, house)


async def sign_in(phone: str, code: str, house: House) -> IssuedSession:
    return await service.sign_in_with_phone_code(
        phone, code, device="浏览器", vault=house.vault, now=house.clock.now()
    )


async def signed_in_by_wechat(openid: str, house: House) -> IssuedSession:
    return await service.sign_in_with_wechat(openid, device="微信", now=house.clock.now())


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06d}"


async def test_the_first_sign_in_makes_the_account_and_later_ones_find_it(house: House) -> None:
    one = await signed_in_by_wechat("o1", house)
    again = await signed_in_by_wechat("o1", house)
    other = await signed_in_by_wechat("o2", house)
    assert one.actor.id == again.actor.id != other.actor.id
    assert one.token != again.token
    assert await Person.all().count() == 2
    view = await service.person(one.actor.id, house.vault)
    assert (view.level, view.phone_masked, view.has_wechat) == (Level.VISITOR_ACCOUNT, None, True)


async def test_twenty_first_sign_ins_at_once_make_one_account(house: House) -> None:
    sessions: list[IssuedSession] = []

    async def one() -> None:
        sessions.append(await signed_in_by_wechat("o1", house))

    async with anyio.create_task_group() as group:
        for _ in range(20):
            group.start_soon(one)
    assert len({session.actor.id for session in sessions}) == 1
    assert await Person.all().count() == 1
    assert await verify_chain() == []


async def test_a_phone_signs_in_with_the_code_from_its_message(house: House) -> None:
    session = await signed_in_by_phone(PHONE, house)
    view = await service.person(session.actor.id, house.vault)
    assert (view.level, view.phone_masked, view.has_wechat) == (Level.PHONE, "199****1234", False)
    [(to, template, data)] = house.sms.messages.values()
    assert (to, template, data["minutes"]) == (PHONE, "phone_code", "5")
    assert len(data["code"]) == 6
    house.clock.advance(timedelta(minutes=2))
    assert (await signed_in_by_phone(PHONE, house)).actor.id == session.actor.id


async def test_neither_code_nor_phone_nor_name_is_stored_in_clear(house: House) -> None:
    code = await code_sent_to(PHONE, house)
    session = await sign_in(PHONE, code, house)
    await service.prove_real_name(
        "王秀兰", ID_NUMBER, actor=session.actor, vault=house.vault, now=house.clock.now()
    )
    stored = await everything_stored()
    for secret in (code, PHONE, ID_NUMBER, "王秀兰", session.token):
        assert secret not in stored
    row = await PhoneCode.get()
    assert (row.code_sealed, row.phone_sealed) == (None, None)


async def test_a_code_is_sent_once_and_not_after_its_time(house: House) -> None:
    await service.request_phone_code(PHONE, vault=house.vault, now=house.clock.now())
    code_id = (await PhoneCode.get()).id
    house.sms.is_down = True
    with pytest.raises(Unavailable):
        await house.deliver()
    assert (await PhoneCode.get()).code_sealed is not None
    house.sms.is_down = False
    for _ in range(2):
        await service.deliver_phone_code(code_id, sms=house.sms, vault=house.vault, now=house.clock.now())
    assert len(house.sms.messages) == 1
    house.clock.advance(timedelta(minutes=2))
    await service.request_phone_code(PHONE, vault=house.vault, now=house.clock.now())
    house.clock.advance(timedelta(minutes=5))
    await house.deliver()
    assert len(house.sms.messages) == 1
    assert await PhoneCode.filter(code_sealed__isnull=False).count() == 0


async def test_the_event_carries_no_personal_data(house: House) -> None:
    receipt = await service.request_phone_code(PHONE, vault=house.vault, now=house.clock.now())
    event = await OutboxEvent.get()
    assert set(event.payload) == {"at", "code_id"}
    assert event.payload["code_id"] == str(receipt.code_id)


async def test_five_tries_and_a_code_is_over(house: House) -> None:
    code = await code_sent_to(PHONE, house)
    left: list[int] = []
    for _ in range(4):
        with pytest.raises(PhoneCodeWrong) as caught:
            await sign_in(PHONE, wrong(code), house)
        left.append(caught.value.tries_left)
    assert left == [4, 3, 2, 1]
    for attempt in (wrong(code), code):
        with pytest.raises(PhoneCodeOver):
            await sign_in(PHONE, attempt, house)
    assert await Person.all().count() == 0


async def test_guesses_at_the_same_moment_are_all_counted(house: House) -> None:
    code = await code_sent_to(PHONE, house)
    refusals: list[Exception] = []

    async def guess(number: int) -> None:
        try:
            await sign_in(PHONE, f"{(int(code) + number) % 10**6:06d}", house)
        except (PhoneCodeWrong, PhoneCodeOver) as error:
            refusals.append(error)

    async with anyio.create_task_group() as group:
        for number in range(1, 21):
            group.start_soon(guess, number)
    assert len(refusals) == 20
    assert (await PhoneCode.get()).tries == 5
    with pytest.raises(PhoneCodeOver):
        await sign_in(PHONE, code, house)


async def test_a_code_works_once_for_its_phone_within_five_minutes(house: House) -> None:
    code = await code_sent_to(PHONE, house)
    with pytest.raises(PhoneCodeOver):
        await sign_in(OTHER_PHONE, code, house)
    await sign_in(PHONE, code, house)
    with pytest.raises(PhoneCodeOver):
        await sign_in(PHONE, code, house)
    house.clock.advance(timedelta(minutes=2))
    code = await code_sent_to(PHONE, house)
    house.clock.advance(timedelta(minutes=5))
    with pytest.raises(PhoneCodeOver):
        await sign_in(PHONE, code, house)


async def test_a_new_code_replaces_the_one_before(house: House) -> None:
    first = await code_sent_to(PHONE, house)
    house.clock.advance(timedelta(seconds=61))
    second = await code_sent_to(PHONE, house)
    if first != second:
        with pytest.raises(PhoneCodeWrong):
            await sign_in(PHONE, first, house)
    assert await sign_in(PHONE, second, house)


async def test_codes_are_sent_a_minute_apart_and_ten_a_day(house: House) -> None:
    for _ in range(10):
        await code_sent_to(PHONE, house)
        with pytest.raises(PhoneCodeTooSoon) as caught:
            await code_sent_to(PHONE, house)
        assert caught.value.wait_seconds == 60
        house.clock.advance(timedelta(seconds=60))
    with pytest.raises(PhoneCodesUsedUp):
        await code_sent_to(PHONE, house)
    assert await code_sent_to(OTHER_PHONE, house)
    house.clock.advance(timedelta(days=1))
    assert await code_sent_to(PHONE, house)


async def bind(phone: str, session: IssuedSession, house: House) -> Level:
    view = await service.bind_phone(
        phone, actor=session.actor, vault=house.vault, state=house.state, now=house.clock.now()
    )
    return view.level


async def test_binding_a_phone_raises_the_level_and_can_be_done_again(house: House) -> None:
    session = await signed_in_by_wechat("o1", house)
    assert await bind(PHONE, session, house) is Level.PHONE
    assert await bind(PHONE, session, house) is Level.PHONE
    assert await bind(OTHER_PHONE, session, house) is Level.PHONE
    assert await service.contact_of(session.actor.id, house.vault) == Contact("o1", OTHER_PHONE)
    assert (await signed_in_by_phone(OTHER_PHONE, house)).actor.id == session.actor.id


async def test_a_bare_wechat_account_joins_the_account_of_its_phone(house: House) -> None:
    by_phone = await signed_in_by_phone(PHONE, house)
    by_wechat = await signed_in_by_wechat("o1", house)
    now = house.clock.now()
    await service.actor_for_token(by_wechat.token, now=now, state=house.state)
    assert await bind(PHONE, by_wechat, house) is Level.PHONE
    actor = await service.actor_for_token(by_wechat.token, now=now, state=house.state)
    assert actor and actor.id == by_phone.actor.id
    assert (await signed_in_by_wechat("o1", house)).actor.id == by_phone.actor.id
    assert await service.contact_of(by_wechat.actor.id, house.vault) == Contact("o1", PHONE)
    event = await OutboxEvent.get(name="identity.persons_joined")
    assert event.payload["from_id"] == str(by_wechat.actor.id)
    assert event.payload["into_id"] == str(by_phone.actor.id)


async def test_accounts_with_a_phone_or_a_wechat_of_their_own_do_not_join(house: House) -> None:
    await bind(PHONE, await signed_in_by_wechat("o1", house), house)
    second = await signed_in_by_wechat("o2", house)
    with pytest.raises(PhoneTaken):
        await bind(PHONE, second, house)
    await bind(OTHER_PHONE, second, house)
    with pytest.raises(PhoneTaken):
        await bind(PHONE, second, house)


async def test_a_proven_name_can_be_corrected_but_not_exchanged(house: House) -> None:
    session = await signed_in_by_phone(PHONE, house)
    actor, vault, now = session.actor, house.vault, house.clock.now()
    assert await service.identity_of(actor.id, vault) is None
    view = await service.prove_real_name("王秀兰", ID_NUMBER, actor=actor, vault=vault, now=now)
    assert (view.level, view.name_masked) == (Level.REAL_NAME, "**兰")
    await service.prove_real_name("王秀岚", ID_NUMBER, actor=actor, vault=vault, now=now)
    assert await service.identity_of(actor.id, vault) == RealIdentity("王秀岚", ID_NUMBER)
    with pytest.raises(RealNameFixed):
        await service.prove_real_name("李建国", OTHER_ID_NUMBER, actor=actor, vault=vault, now=now)
    verbs = [entry.verb for entry in await history_of_subject(actor.id)]
    assert verbs == ["identity.sign_in", "identity.prove_real_name", "identity.prove_real_name"]


async def test_lists_show_several_people_masked(house: House) -> None:
    one, two = await signed_in_by_phone(PHONE, house), await signed_in_by_wechat("o2", house)
    views = await service.views_of([one.actor.id, two.actor.id, uuid4()], house.vault)
    assert {view.phone_masked for view in views.values()} == {"199****1234", None}


async def test_unknown_people_are_not_found(house: House) -> None:
    with pytest.raises(NoSuchPerson):
        await service.person(uuid4(), house.vault)


async def test_what_has_served_its_purpose_is_deleted(house: House) -> None:
    await signed_in_by_phone(PHONE, house)
    [job] = PERIODIC
    await job.run(Context(house.clock, house.ports))
    assert (await PhoneCode.all().count(), await Session.all().count()) == (1, 1)
    house.clock.advance(timedelta(days=61))
    await job.run(Context(house.clock, house.ports))
    assert (await PhoneCode.all().count(), await Session.all().count()) == (0, 0)
