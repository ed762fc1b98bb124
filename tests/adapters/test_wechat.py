"""The WeChat gateway against the emulator, over real sockets."""

import time
from collections.abc import AsyncIterator, Iterator

import anyio
import pytest

from backend.adapters.emulation import Fault
from backend.adapters.memory.state import MemoryState
from backend.adapters.wechat.emulator import Grant, WeChatEmulator
from backend.adapters.wechat.gateway import WeChatGateway
from backend.identity.errors import PhoneAbroad, WeChatCodeRefused, WeChatTooOften
from backend.kernel.errors import Unavailable
from backend.notifications.errors import MessageRefused
from tests.adapters.loopback import closed_address, served

pytestmark = pytest.mark.anyio

LOGIN, PHONE = "sns/jscode2session", "wxa/business/getuserphonenumber"
SEND, STABLE = "cgi-bin/message/subscribe/send", "cgi-bin/stable_token"


@pytest.fixture
def emulator() -> WeChatEmulator:
    return WeChatEmulator(app_id="wx1", secret="s")


@pytest.fixture
def address(emulator: WeChatEmulator) -> Iterator[str]:
    with served(emulator.app) as address:
        yield address


@pytest.fixture
async def gateway(address: str) -> AsyncIterator[WeChatGateway]:
    made = gateway_to(address)
    yield made
    made.close()


def gateway_to(address: str, *, secret: str = "s", state: MemoryState | None = None) -> WeChatGateway:
    return WeChatGateway(
        app_id="wx1",
        secret=secret,
        state=state or MemoryState(),
        base_url=address,
        templates={"case_progress": "TPL1"},
        timeout=(0.5, 0.5),
    )


async def test_sign_in_asks_once_and_needs_no_app_token(
    gateway: WeChatGateway, emulator: WeChatEmulator
) -> None:
    account = await gateway.code_to_session("wang@1")
    assert account.openid == emulator.openid_of("wang")
    assert (await gateway.code_to_session("wang@2")).openid == account.openid
    assert dict(emulator.stage.calls) == {LOGIN: 2}


@pytest.mark.parametrize("code", ["bad-code", "wang@1"])
async def test_a_used_or_invalid_code_is_refused(
    gateway: WeChatGateway, code: str, emulator: WeChatEmulator
) -> None:
    await gateway.code_to_session("wang@1")
    with pytest.raises(WeChatCodeRefused):
        await gateway.code_to_session(code)
    emulator.stage.plan(Fault(path=LOGIN, errcode=40029))
    with pytest.raises(WeChatCodeRefused):
        await gateway.code_to_session("fresh")


async def test_too_many_sign_ins_are_told_apart(gateway: WeChatGateway, emulator: WeChatEmulator) -> None:
    emulator.stage.plan(Fault(path=LOGIN, errcode=45011, times=1))
    with pytest.raises(WeChatTooOften):
        await gateway.code_to_session("a")
    assert (await gateway.code_to_session("b")).openid


async def test_twenty_cold_callers_fetch_one_token(gateway: WeChatGateway, emulator: WeChatEmulator) -> None:
    emulator.stage.plan(Fault(path=STABLE, delay_seconds=0.1))
    phones: list[str] = []

    async def ask(number: int) -> None:
        phones.append(await gateway.phone_number(f"phone:199000000{number:02d}"))

    async with anyio.create_task_group() as group:
        for number in range(20):
            group.start_soon(ask, number)
    assert sorted(phones) == [f"199000000{number:02d}" for number in range(20)]
    assert emulator.stage.calls[STABLE] == 1
    assert emulator.stage.calls[PHONE] == 20


async def test_processes_that_share_a_state_share_the_token(address: str, emulator: WeChatEmulator) -> None:
    emulator.stage.plan(Fault(path=STABLE, delay_seconds=0.1))
    state = MemoryState()
    gateways = [gateway_to(address, state=state) for _ in range(3)]
    async with anyio.create_task_group() as group:
        for number, each in enumerate(gateways):
            group.start_soon(each.phone_number, f"code{number}")
    assert emulator.stage.calls[STABLE] == 1


async def test_a_forgotten_token_is_fetched_again(gateway: WeChatGateway, emulator: WeChatEmulator) -> None:
    await gateway.phone_number("phone:19900000001")
    emulator.forget_token()
    assert await gateway.phone_number("phone:19900000002") == "19900000002"
    assert emulator.stage.calls[STABLE] == 2


@pytest.mark.parametrize("errcode", [40001, 40014, 42001])
async def test_a_token_refused_for_ever_is_tried_twice(
    gateway: WeChatGateway, emulator: WeChatEmulator, errcode: int
) -> None:
    emulator.stage.plan(Fault(path=PHONE, errcode=errcode))
    with pytest.raises(Unavailable):
        await gateway.phone_number("phone:19900000001")
    assert emulator.stage.calls[PHONE] == 2
    assert emulator.stage.calls[STABLE] == 2


async def test_a_used_phone_code_is_refused(gateway: WeChatGateway) -> None:
    await gateway.phone_number("phone:19900000001")
    with pytest.raises(WeChatCodeRefused):
        await gateway.phone_number("phone:19900000001")


async def test_a_number_abroad_does_not_pass_for_one_of_ours(gateway: WeChatGateway) -> None:
    with pytest.raises(PhoneAbroad):
        await gateway.phone_number("phone:49-15123456789")
    assert await gateway.phone_number("phone:86-15123456789") == "15123456789"


async def test_a_slow_wechat_is_given_up(gateway: WeChatGateway, emulator: WeChatEmulator) -> None:
    for path in (LOGIN, STABLE):
        emulator.stage.plan(Fault(path=path, delay_seconds=3))
    began = time.monotonic()
    with pytest.raises(Unavailable):
        await gateway.code_to_session("a")
    with pytest.raises(Unavailable):
        await gateway.phone_number("b")
    assert time.monotonic() - began < 2.5


async def test_a_broken_or_absent_wechat_is_unavailable(
    gateway: WeChatGateway, emulator: WeChatEmulator
) -> None:
    emulator.stage.plan(Fault(path=LOGIN, status=503))
    with pytest.raises(Unavailable):
        await gateway.code_to_session("a")
    emulator.stage.plan(Fault(path=LOGIN, errcode=-1))
    with pytest.raises(Unavailable):
        await gateway.code_to_session("a")
    with pytest.raises(Unavailable):
        await gateway_to(closed_address()).phone_number("a")


async def test_a_wrong_secret_is_unavailable_and_said_in_the_reason(address: str) -> None:
    with pytest.raises(Unavailable) as caught:
        await gateway_to(address, secret="other").phone_number("a")
    assert "40125" in caught.value.reason


async def test_one_tap_is_one_message(gateway: WeChatGateway, emulator: WeChatEmulator) -> None:
    openid = emulator.openid_of("wang")
    emulator.grant(Grant(openid=openid, template="TPL1"))
    data = {"thing1": "办" * 30, "date2": "2026年11月23日"}
    await gateway.send(openid=openid, template="case_progress", data=data, page="pages/cases/case?id=1")
    [message] = emulator.stage.inbox
    assert (message.to, message.title) == (openid, "TPL1")
    assert message.data == {
        "thing1": "办" * 19 + "…",
        "date2": "2026年11月23日",
        "page": "pages/cases/case?id=1",
    }
    with pytest.raises(MessageRefused):
        await gateway.send(openid=openid, template="case_progress", data=data, page="")
    assert emulator.stage.calls[SEND] == 2


async def test_messages_too_often_are_for_later(gateway: WeChatGateway, emulator: WeChatEmulator) -> None:
    emulator.stage.plan(Fault(path=SEND, errcode=45011))
    with pytest.raises(Unavailable):
        await gateway.send(openid="o", template="case_progress", data={}, page="")


async def test_a_cancelled_caller_frees_the_token_for_the_next(
    gateway: WeChatGateway, emulator: WeChatEmulator
) -> None:
    emulator.stage.plan(Fault(path=STABLE, delay_seconds=0.3, times=1))
    with anyio.move_on_after(0.05):
        await gateway.phone_number("a")
    with anyio.fail_after(3):
        assert await gateway.phone_number("phone:19900000001") == "19900000001"
