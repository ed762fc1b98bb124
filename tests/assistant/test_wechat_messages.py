"""Customer-service messages: signed, opened, taken once, answered by the worker."""

from collections.abc import Mapping
from uuid import uuid4

import httpx2
import pytest

from backend.adapters.wechat.pushing import Push, pushed, text_message
from backend.assistant import handing_over
from backend.assistant.errors import CustomerReplyRefused
from backend.assistant.models import CustomerMessageRow, CustomerReplyRow
from backend.journal.loop import Worker
from backend.kernel.actors import Role
from backend.kernel.clock import FixedClock
from tests.assistant.fakes import AES_KEY, APP_ID, TOKEN
from tests.world import World

pytestmark = pytest.mark.anyio

PATH, OPENID = "/api/v1/wechat/messages", "openid-of-wang"


def letter(
    text: str, *, number: str = "", is_json: bool = False, kind: str = "text", event: str = ""
) -> Push:
    message = text_message(OPENID, text, number=number or str(uuid4().int)[:18]) | {
        "MsgType": kind,
        "Event": event,
    }
    return pushed(message, app_id=APP_ID, token=TOKEN, aes_key=AES_KEY, is_json=is_json)


async def post(client: httpx2.AsyncClient, push: Push, **other: str) -> httpx2.Response:
    query: Mapping[str, str] = {**push.query, **other}
    return await client.post(
        PATH, params=dict(query), content=push.body, headers={"Content-Type": push.media_type}
    )


@pytest.mark.parametrize("is_json", [False, True])
async def test_a_message_is_answered_by_the_worker(
    client: httpx2.AsyncClient, worker: Worker, world: World, is_json: bool
) -> None:
    answer = await post(client, letter("药品零售许可要什么材料", is_json=is_json))
    assert (answer.status_code, answer.text) == (200, "success")
    await worker.drain()
    (told,) = world.replies.to(OPENID)
    assert "药品零售企业经营许可" in told
    assert len(told.encode()) <= 2048


async def test_the_same_message_twice_is_answered_once(
    client: httpx2.AsyncClient, worker: Worker, world: World
) -> None:
    for _ in range(3):
        assert (await post(client, letter("你好", number="77"))).text == "success"
    await worker.drain()
    assert (await post(client, letter("你好", number="77"))).text == "success"
    await worker.drain()
    assert len(world.replies.to(OPENID)) == 1


async def test_what_wechat_did_not_sign_is_refused(client: httpx2.AsyncClient) -> None:
    push = letter("你好")
    assert (await post(client, push, signature="0" * 40)).status_code == 403
    assert (await post(client, push, msg_signature="0" * 40)).status_code == 403
    plain = pushed(text_message(OPENID, "你好", number="1"), app_id=APP_ID, token=TOKEN)
    assert (await post(client, plain)).status_code == 403
    foreign = pushed(text_message(OPENID, "你好", number="1"), app_id="other", token=TOKEN, aes_key=AES_KEY)
    assert (await post(client, foreign)).status_code == 403
    assert await CustomerMessageRow.all().count() == 0


@pytest.mark.parametrize(
    "body", [b"", b"<xml>", b"{", b"[]", b"\xff", b'<!DOCTYPE x [<!ENTITY a "b">]><xml/>']
)
async def test_junk_under_a_right_signature_is_refused(client: httpx2.AsyncClient, body: bytes) -> None:
    push = letter("你好")
    assert (await post(client, Push(push.query, body, "text/xml"))).status_code == 403


async def test_the_address_is_proven(client: httpx2.AsyncClient) -> None:
    query = dict(letter("x").query)
    answer = await client.get(PATH, params={**query, "echostr": "4711"})
    assert (answer.status_code, answer.text) == (200, "4711")
    assert (await client.get(PATH, params={**query, "signature": "x"})).status_code == 403


async def test_nothing_of_the_sender_stands_in_clear(client: httpx2.AsyncClient) -> None:
    await post(client, letter("我电话19900001234"))
    row = await CustomerMessageRow.all().first()
    assert row is not None
    assert OPENID not in str(await CustomerMessageRow.all().values()) and "1990000" not in bytes(
        row.sealed
    ).decode("latin-1")


@pytest.mark.parametrize(
    ("kind", "event", "part"),
    [
        ("event", "user_enter_tempsession", "办事助手"),
        ("image", "", "只看得懂文字"),
    ],
)
async def test_other_messages_get_a_sentence(
    client: httpx2.AsyncClient, worker: Worker, world: World, kind: str, event: str, part: str
) -> None:
    await post(client, letter("", kind=kind, event=event))
    await worker.drain()
    assert part in world.replies.to(OPENID)[0]


async def test_a_conversation_goes_on_and_is_handed_over(
    client: httpx2.AsyncClient, worker: Worker, world: World, clock: FixedClock
) -> None:
    for text in ("药品零售许可要什么材料", "要多长时间", "转人工"):
        await post(client, letter(text))
        await worker.drain()
    assert "药品零售企业经营许可" in world.replies.to(OPENID)[1]
    assert "已经转给工作人员" in world.replies.to(OPENID)[2]
    (waiting,) = await handing_over.waiting_and_taken(limit=5)
    clerk = await world.officer("7001", Role.WINDOW_CLERK)
    await handing_over.take(waiting.id, actor=clerk, now=clock.now())
    await handing_over.reply(waiting.id, "面积要够。", actor=clerk, vault=world.vault, now=clock.now())
    await post(client, letter("好的谢谢"))
    await worker.drain()
    assert world.replies.to(OPENID)[3:] == ["面积要够。"]
    _, lines = await handing_over.opened(waiting.id)
    assert lines[-1].text == "好的谢谢"


async def test_a_refused_reply_is_not_sent_again(
    client: httpx2.AsyncClient, worker: Worker, world: World
) -> None:
    world.replies.fault = CustomerReplyRefused(reason="errcode 45015")
    await post(client, letter("你好"))
    await worker.drain()
    world.replies.fault = None
    await worker.drain()
    assert world.replies.sent == []
    row = await CustomerReplyRow.all().first()
    assert row is not None and row.state == "refused"
