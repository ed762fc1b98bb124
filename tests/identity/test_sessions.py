"""Sessions: found fast, ended at once, never somebody else's."""

from datetime import timedelta

import pytest

from backend.identity import service
from backend.identity.errors import NoSuchSession
from backend.identity.models import Session
from backend.identity.types import IssuedSession
from backend.kernel.actors import VISITOR, Actor, ActorKind
from backend.kernel.ids import token_digest
from tests.identity.conftest import House

pytestmark = pytest.mark.anyio


async def opened(house: House, openid: str = "o1", device: str = "微信（苹果手机）") -> IssuedSession:
    return await service.sign_in_with_wechat(openid, device=device, now=house.clock.now())


async def actor_of(session: IssuedSession, house: House) -> Actor | None:
    return await service.actor_for_token(session.token, now=house.clock.now(), state=house.state)


async def test_a_token_is_found_by_its_digest(house: House) -> None:
    session = await opened(house)
    row = await Session.get()
    assert row.token_digest == token_digest(session.token)
    assert len(session.token) >= 43
    assert await actor_of(session, house) == session.actor
    assert session.actor.kind is ActorKind.PERSON
    assert session.actor.session_id == row.id


@pytest.mark.parametrize("token", ["", "x", "0" * 43])
async def test_unknown_tokens_are_nobody(house: House, token: str) -> None:
    assert await service.actor_for_token(token, now=house.clock.now(), state=house.state) is None


async def test_the_second_look_needs_no_database(house: House) -> None:
    session = await opened(house)
    await actor_of(session, house)
    await Session.all().delete()
    assert await actor_of(session, house) == session.actor
    house.clock.advance(timedelta(seconds=31))
    assert await actor_of(session, house) is None


async def test_a_session_ends_at_its_end_even_if_remembered(house: House) -> None:
    session = await opened(house)
    house.clock.set(session.expires_at - timedelta(seconds=5))
    assert await actor_of(session, house) is not None
    house.clock.advance(timedelta(seconds=5))
    assert await actor_of(session, house) is None


async def test_signing_out_ends_this_session_at_once_and_no_other(house: House) -> None:
    phone, tablet = await opened(house), await opened(house)
    assert await actor_of(phone, house) and await actor_of(tablet, house)
    for _ in range(2):
        await service.sign_out(phone.actor, now=house.clock.now(), state=house.state)
    assert await actor_of(phone, house) is None
    assert await actor_of(tablet, house) == tablet.actor
    await service.sign_out(VISITOR, now=house.clock.now(), state=house.state)


async def test_one_sees_and_ends_only_ones_own_sessions(house: House) -> None:
    mine, also_mine = await opened(house, device="微信（苹果手机）"), await opened(house, device="浏览器")
    stranger = await opened(house, openid="o2")
    now = house.clock.now()
    devices = {each.device for each in await service.sessions_of(mine.actor.id, now=now)}
    assert devices == {"微信（苹果手机）", "浏览器"}
    assert stranger.actor.session_id and also_mine.actor.session_id
    with pytest.raises(NoSuchSession):
        await service.revoke_session(stranger.actor.session_id, actor=mine.actor, now=now, state=house.state)
    await service.revoke_session(also_mine.actor.session_id, actor=mine.actor, now=now, state=house.state)
    assert [each.id for each in await service.sessions_of(mine.actor.id, now=now)] == [mine.actor.session_id]
    assert await actor_of(stranger, house) is not None


async def test_use_is_noted_now_and_then(house: House) -> None:
    session = await opened(house)
    began = house.clock.now()
    house.clock.advance(timedelta(minutes=4))
    await actor_of(session, house)
    assert (await Session.get()).seen_at == began
    house.clock.advance(timedelta(minutes=2))
    await actor_of(session, house)
    assert (await Session.get()).seen_at == began + timedelta(minutes=6)
