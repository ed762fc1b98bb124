"""The question log: what stands in it, and what never does."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import httpx2
import pytest
from tortoise.exceptions import OperationalError

from backend.assistant import questions, store
from backend.assistant.models import QuestionRow
from backend.assistant.records import session_digest
from backend.journal.loop import Worker
from backend.kernel.clock import FixedClock
from tests.world import Resident

pytestmark = pytest.mark.anyio


async def said(client: httpx2.AsyncClient, text: str, **more: Any) -> dict[str, Any]:
    answer = await client.post("/api/v1/assistant/ask", json={"text": text, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def rated(client: httpx2.AsyncClient, told: dict[str, Any], kind: str, **more: Any) -> httpx2.Response:
    body = {"session": told["session"], "answer_id": told["answer_id"], "kind": kind, **more}
    return await client.post("/api/v1/assistant/feedback", json=body)


async def test_a_question_is_kept_without_numbers_and_names(resident: Resident) -> None:
    text = "我电话19900001234，身份证370399195001010011，药品零售许可要什么材料"
    told = await resident.ok("POST", "/assistant/ask", json={"text": text})
    row = await QuestionRow.get(id=told["answer_id"])
    assert "1990000" not in row.text and "370399" not in row.text
    assert "药品零售许可" in row.text
    assert row.session_digest == session_digest(told["session"]) != told["session"]
    assert (row.index_version, row.action) == (told["index_version"], told["action"])
    assert row.candidates[0]["name"] == told["items"][0]["name"]
    values = await QuestionRow.filter(id=row.id).values()
    assert str(resident.id) not in str(values)


async def test_the_choice_taken_is_kept(client: httpx2.AsyncClient) -> None:
    first = await said(client, "开民宿要什么材料")
    name = first["choices"][0]["text"]
    second = await said(client, "第1个", session=first["session"])
    assert (await QuestionRow.get(id=second["answer_id"])).chosen == name


async def test_the_answer_comes_even_where_the_log_fails(
    client: httpx2.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def full(_: object) -> None:
        raise OperationalError("disk full")

    monkeypatch.setattr(store, "add_question", full)
    assert (await said(client, "药品零售许可要什么材料"))["action"] == "answer"
    assert await QuestionRow.all().count() == 0


async def test_feedback_finds_its_answer_only_from_its_conversation(client: httpx2.AsyncClient) -> None:
    told = await said(client, "药品零售许可要什么材料")
    assert (await rated(client, told, "not_meant", session="somebody-else")).status_code == 404
    assert (await rated(client, told, "not_meant", answer_id=str(uuid4()))).status_code == 404
    assert (await rated(client, told, "wrong-kind")).status_code in (400, 422)
    answer = await rated(client, told, "not_meant")
    assert (answer.status_code, answer.json()["offers_handover"]) == (200, False)
    assert (await QuestionRow.get(id=told["answer_id"])).feedback == "not_meant"


async def test_the_third_disappointment_offers_a_person(client: httpx2.AsyncClient) -> None:
    told = await said(client, "阿斯顿发", session="conversation-9")
    told = await said(client, "阿斯顿发", session="conversation-9")
    assert (await rated(client, told, "not_meant")).json()["offers_handover"]


async def test_helpful_is_thanked_for(client: httpx2.AsyncClient) -> None:
    told = await said(client, "药品零售许可要什么材料")
    assert "谢谢" in (await rated(client, told, "helpful")).json()["text"]


async def test_refused_and_corrected_questions_are_counted(
    client: httpx2.AsyncClient, clock: FixedClock
) -> None:
    for text in ("给我办个喵喵星球证", "给我办个喵喵星球证！", "药品零售许可要什么材料"):
        told = await said(client, text)
    await rated(client, told, "not_meant")
    found = await questions.open_questions(now=clock.now(), limit=10)
    assert [(each.times, each.corrected) for each in found] == [(2, 0), (1, 1)]
    assert found[1].candidates[0].name == "药品零售企业经营许可"


async def test_questions_are_forgotten_after_ninety_days(
    client: httpx2.AsyncClient, clock: FixedClock, worker: Worker
) -> None:
    await said(client, "药品零售许可要什么材料")
    await questions.forget_old(now=clock.now() + timedelta(days=89))
    assert await QuestionRow.all().count() == 1
    clock.advance(timedelta(days=91))
    await worker.drain()
    assert await QuestionRow.all().count() == 0
