"""From the assistant to a person and back."""

from datetime import timedelta
from typing import Any

import httpx2
import pytest

from backend.assistant import handing_over
from backend.assistant.models import LineRow
from backend.journal.loop import Worker
from backend.kernel.actors import Role
from backend.kernel.clock import FixedClock
from tests.world import Resident, World

pytestmark = pytest.mark.anyio

SESSION = "conversation-7"
ASK, HANDOVER = "/api/v1/assistant/ask", "/api/v1/assistant/handover"
TALK = "/api/v1/assistant/conversation"


async def asked(client: httpx2.AsyncClient, text: str) -> dict[str, Any]:
    return dict((await client.post(ASK, json={"text": text, "session": SESSION})).json())


async def lines(client: httpx2.AsyncClient, after: int = 0) -> dict[str, Any]:
    answer = await client.get(TALK, params={"session": SESSION, "after": after})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


@pytest.mark.parametrize("text", ["转人工", "找人工"])
async def test_who_asks_for_a_person_is_offered_one(client: httpx2.AsyncClient, text: str) -> None:
    told = await asked(client, text)
    assert told["actions"][0] == {"kind": "handover", "label": "转人工", "target": SESSION}
    assert "call" in [button["kind"] for button in told["actions"]]


async def test_the_third_failure_offers_a_person(client: httpx2.AsyncClient) -> None:
    kinds = [[b["kind"] for b in (await asked(client, "阿斯顿发"))["actions"]] for _ in range(3)]
    assert ["handover" in each for each in kinds] == [False, False, True]


async def test_a_conversation_from_the_wish_to_its_end(
    client: httpx2.AsyncClient, world: World, clock: FixedClock
) -> None:
    await asked(client, "药品零售许可要什么材料，我电话19900001234")
    handed = (await client.post(HANDOVER, json={"session": SESSION})).json()
    assert handed["is_open"]
    await client.post(HANDOVER, json={"session": SESSION})  # twice is once
    (waiting,) = await handing_over.waiting_and_taken(limit=10)
    assert waiting.topic == "药品零售企业经营许可"
    told = await lines(client)
    assert [line["speaker"] for line in told["lines"]] == ["resident", "assistant", "office"]
    assert "19900001234" not in str(told)

    clerk = await world.officer("7001", Role.WINDOW_CLERK)
    await handing_over.take(waiting.id, actor=clerk, now=clock.now())
    await handing_over.reply(waiting.id, "您好，请讲。", actor=clerk, vault=world.vault, now=clock.now())
    told = await lines(client, after=3)
    assert (told["state"], told["officer"]) == ("taken", "7001")
    assert [line["text"] for line in told["lines"]][-1] == "您好，请讲。"
    said = await client.post(TALK, json={"session": SESSION, "text": "我想问药店面积"})
    assert said.status_code == 204
    await handing_over.end(waiting.id, actor=clerk, now=clock.now())
    assert (await lines(client, after=6))["state"] == "ended"
    late = await client.post(TALK, json={"session": SESSION, "text": "还在吗"})
    assert late.status_code == 409


async def test_another_officer_neither_takes_nor_replies(
    client: httpx2.AsyncClient, world: World, clock: FixedClock
) -> None:
    from backend.assistant.errors import ConversationTaken

    await client.post(HANDOVER, json={"session": SESSION})
    (waiting,) = await handing_over.waiting_and_taken(limit=10)
    first, second = await world.officer("7001", Role.HEAD), await world.officer("7002", Role.HEAD)
    await handing_over.take(waiting.id, actor=first, now=clock.now())
    with pytest.raises(ConversationTaken):
        await handing_over.take(waiting.id, actor=second, now=clock.now())
    with pytest.raises(ConversationTaken):
        await handing_over.reply(waiting.id, "x", actor=second, vault=world.vault, now=clock.now())


async def test_outside_office_hours_it_says_when(client: httpx2.AsyncClient, clock: FixedClock) -> None:
    clock.advance(timedelta(hours=12))
    handed = (await client.post(HANDOVER, json={"session": SESSION})).json()
    assert not handed["is_open"]
    assert "11月24日（周二）09:00" in handed["text"] and "12345" in handed["text"]
    assert handed["opens_at"].startswith("2026-11-24T09:00:00")
    assert (await client.get(TALK, params={"session": SESSION})).status_code == 404


async def test_nobody_else_reads_a_signed_in_persons_conversation(
    client: httpx2.AsyncClient, resident: Resident
) -> None:
    await resident.ok("POST", "/assistant/handover", json={"session": SESSION})
    assert (await client.get(TALK, params={"session": SESSION})).status_code == 404
    assert (await resident.ok("GET", f"/assistant/conversation?session={SESSION}"))["state"] == "waiting"
    assert (await client.get(TALK, params={"session": "another-one"})).status_code == 404


async def test_the_resident_may_leave_and_come_back(client: httpx2.AsyncClient) -> None:
    for _ in range(2):
        await client.post(HANDOVER, json={"session": SESSION})
        assert (await lines(client))["state"] == "waiting"
        ended = await client.post(f"{TALK}/end", json={"session": SESSION})
        assert ended.status_code == 204
        assert (await lines(client))["state"] == "ended"


async def test_a_silent_conversation_ends_by_itself(
    client: httpx2.AsyncClient, clock: FixedClock, worker: Worker
) -> None:
    await client.post(HANDOVER, json={"session": SESSION})
    clock.advance(timedelta(minutes=61))
    await worker.drain()
    assert (await lines(client))["state"] == "ended"
    assert await LineRow.all().count() == 2
