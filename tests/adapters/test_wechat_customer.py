"""Customer-service messages over real sockets: pushed by the emulator, answered through the gateway."""

from collections.abc import AsyncIterator, Iterator

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from backend.adapters.emulation import Fault
from backend.adapters.memory.state import MemoryState
from backend.adapters.wechat.customer import WeChatCustomerMessages
from backend.adapters.wechat.emulator import WeChatEmulator, Writing
from backend.adapters.wechat.gateway import WeChatGateway
from backend.adapters.wechat.pushing import pushed, text_message
from backend.assistant.errors import CustomerReplyRefused, NotFromWeChat
from backend.assistant.ports import CustomerMessage, MessageKind
from backend.kernel.errors import Unavailable
from tests.adapters.loopback import served

pytestmark = pytest.mark.anyio

SEND, KEY = "cgi-bin/message/custom/send", "c2FtcGxlLWNvdW50eS1hZXMta2V5LTAwMDAwMDAwMDA"


@pytest.fixture(params=["", KEY], ids=["plain", "aes"])
def key(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def emulator(key: str) -> WeChatEmulator:
    return WeChatEmulator(app_id="wx1", secret="s", token="t", aes_key=key)


@pytest.fixture
async def gateway(emulator: WeChatEmulator) -> AsyncIterator[WeChatGateway]:
    with served(emulator.app) as address:
        made = WeChatGateway(
            app_id="wx1", secret="s", state=MemoryState(), base_url=address, timeout=(0.5, 0.5)
        )
        yield made
        made.close()


@pytest.fixture
def taken(key: str) -> Iterator[tuple[str, list[CustomerMessage]]]:
    """A service that proves and opens what is pushed to it; its address and what it took."""
    messages, found = WeChatCustomerMessages(app_id="wx1", token="t", aes_key=key), []

    async def take(request: Request) -> Response:
        found.append(messages.read(dict(request.query_params), await request.body()))
        return PlainTextResponse("success")

    with served(Starlette(routes=[Route("/", take, methods=["POST"])])) as address:
        yield address, found


@pytest.mark.parametrize("is_json", [False, True])
async def test_what_somebody_writes_arrives(
    emulator: WeChatEmulator, taken: tuple[str, list[CustomerMessage]], is_json: bool
) -> None:
    address, found = taken
    text = "开饭店 <要> & 办啥"
    assert await emulator.write(Writing(to=address, text=text, number="42", is_json=is_json)) == 200
    assert found == [CustomerMessage(emulator.openid_of("wang"), "42", MessageKind.TEXT, text)]


async def test_an_answer_is_handed_over(gateway: WeChatGateway, emulator: WeChatEmulator) -> None:
    await gateway.send_text(openid="o1", text="您要办的是……")
    (received,) = emulator.stage.inbox
    assert (received.to, received.data["text"]) == ("o1", "您要办的是……")


async def test_refusals_and_outages_are_told_apart(gateway: WeChatGateway, emulator: WeChatEmulator) -> None:
    emulator.stage.plan(Fault(path=SEND, errcode=45015, times=1))
    with pytest.raises(CustomerReplyRefused):
        await gateway.send_text(openid="o1", text="x")
    emulator.stage.plan(Fault(path=SEND, status=502, times=1))
    with pytest.raises(Unavailable):
        await gateway.send_text(openid="o1", text="x")
    with pytest.raises(CustomerReplyRefused):
        await gateway.send_text(openid="o1", text="字" * 700)


def test_without_a_token_of_ours_nothing_is_from_wechat() -> None:
    push = pushed(text_message("o1", "x", number="1"), app_id="wx1", token="")
    with pytest.raises(NotFromWeChat):
        WeChatCustomerMessages(app_id="wx1", token="").read(push.query, push.body)
