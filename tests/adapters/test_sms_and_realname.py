"""The SMS platform and the population register, over real sockets against their emulators."""

from collections.abc import AsyncIterator, Iterator

import pytest

from backend.adapters.emulation import Fault
from backend.adapters.emulators import SAMPLE_KEY, Emulators, build_emulators
from backend.adapters.realname.gateway import HttpRealNameCheck
from backend.adapters.signing import AppKey
from backend.adapters.sms.gateway import HttpSms
from backend.kernel.errors import Unavailable
from backend.notifications.errors import MessageRefused
from tests.adapters.loopback import closed_address, served

pytestmark = pytest.mark.anyio
ID_NUMBER = "370399196503070027"


@pytest.fixture
def emulators() -> Emulators:
    return Emulators()


@pytest.fixture
def address(emulators: Emulators) -> Iterator[str]:
    with served(build_emulators(emulators)) as address:
        yield address + "emulators/"


@pytest.fixture
async def sms(address: str) -> AsyncIterator[HttpSms]:
    made = HttpSms(base_url=address + "sms", key=SAMPLE_KEY, timeout_seconds=0.5)
    yield made
    await made.close()


@pytest.fixture
async def register(address: str) -> AsyncIterator[HttpRealNameCheck]:
    made = HttpRealNameCheck(base_url=address + "realname/", key=SAMPLE_KEY, timeout_seconds=0.5)
    yield made
    await made.close()


async def send(sms: HttpSms, phone: str = "19900001234", key: str = "k1") -> None:
    await sms.send(phone=phone, template="phone_code", data={"code": "123456"}, idempotency_key=key)


async def test_a_message_arrives_once_however_often_it_is_handed_over(
    sms: HttpSms, emulators: Emulators
) -> None:
    await send(sms)
    await send(sms)
    await send(sms, key="k2")
    inbox = emulators.sms.stage.inbox
    assert [(each.to, each.title, each.data) for each in inbox] == [
        ("19900001234", "phone_code", {"code": "123456"})
    ] * 2


async def test_a_number_that_is_none_is_refused(sms: HttpSms) -> None:
    with pytest.raises(MessageRefused):
        await send(sms, phone="12345")


@pytest.mark.parametrize("fault", [{"status": 503}, {"status": 429}, {"delay_seconds": 2, "status": 503}])
async def test_a_troubled_platform_is_unavailable(
    sms: HttpSms, emulators: Emulators, fault: dict[str, float]
) -> None:
    emulators.sms.stage.plan(Fault.model_validate({"path": "messages", **fault}))
    with pytest.raises(Unavailable):
        await send(sms)


async def test_a_wrong_signature_is_not_accepted(address: str, emulators: Emulators) -> None:
    stranger = HttpSms(base_url=address + "sms", key=AppKey("sample-county", "guessed"))
    with pytest.raises(Unavailable):
        await send(stranger)
    await stranger.close()
    assert not emulators.sms.stage.inbox


async def test_absent_systems_are_unavailable() -> None:
    sms = HttpSms(base_url=closed_address(), key=SAMPLE_KEY)
    register = HttpRealNameCheck(base_url=closed_address(), key=SAMPLE_KEY)
    with pytest.raises(Unavailable):
        await send(sms)
    with pytest.raises(Unavailable):
        await register.matches(name="王秀兰", id_number=ID_NUMBER)
    await sms.close()
    await register.close()


async def test_a_name_belongs_to_its_number(register: HttpRealNameCheck) -> None:
    assert await register.matches(name="王秀兰", id_number=ID_NUMBER)
    assert await register.matches(name="王秀兰", id_number=ID_NUMBER)
    assert not await register.matches(name="李建国", id_number=ID_NUMBER)
    assert not await register.matches(name="王秀兰", id_number="370399196503070028")


async def test_a_troubled_register_is_unavailable(register: HttpRealNameCheck, emulators: Emulators) -> None:
    emulators.realname.stage.plan(Fault(path="checks", status=500))
    with pytest.raises(Unavailable):
        await register.matches(name="王秀兰", id_number=ID_NUMBER)


async def test_the_inbox_can_be_read_by_people_and_by_tests(sms: HttpSms, address: str) -> None:
    import httpx2

    await send(sms)
    async with httpx2.AsyncClient(trust_env=False) as browser:
        page = await browser.get(address + "sms/")
        told = await browser.get(address + "sms/_inbox", params={"to": "19900001234"})
        others = await browser.get(address + "sms/_inbox", params={"to": "19900009999"})
        planned = await browser.post(
            address + "sms/_control/faults", json={"path": "messages", "status": 503}
        )
        calls = await browser.get(address + "sms/_control/calls")
        contents = await browser.get(address)
    assert "验证码：123456" in page.text
    assert told.json()["messages"][0]["data"] == {"code": "123456"}
    assert others.json() == {"messages": []}
    assert planned.status_code == 204
    assert calls.json() == {"messages": 1}
    assert "模拟" in contents.text
    with pytest.raises(Unavailable):
        await send(sms)
