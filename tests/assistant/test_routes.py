"""A conversation over HTTP on the sample county."""

from typing import Any

import httpx2
import pytest

from tests.world import Resident

pytestmark = pytest.mark.anyio


async def said(client: httpx2.AsyncClient, text: str, **more: Any) -> dict[str, Any]:
    answer = await client.post("/api/v1/assistant/ask", json={"text": text, **more})
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_an_answer_comes_from_the_published_version(client: httpx2.AsyncClient) -> None:
    told = await said(client, "药品零售许可证要什么材料")
    assert (told["action"], told["aspect"]) == ("answer", "materials")
    assert told["items"][0]["name"] == "药品零售企业经营许可"
    assert told["source"]["item_code"] == told["items"][0]["code"]
    assert told["source"]["version"] == 1
    assert [button["kind"] for button in told["actions"]][:2] == ["file", "guide"]
    assert "1. " in told["text"]
    assert "待核实" in told["text"]
    assert told["speech"]


async def test_what_was_not_transferred_is_never_accepted_here(client: httpx2.AsyncClient) -> None:
    told = await said(client, "办护照")
    assert told["items"][0]["name"] == "普通护照签发"
    assert "不由行政审批服务局受理" in told["text"] or "不在县政务服务大厅办理" in told["text"]
    assert "file" not in [button["kind"] for button in told["actions"]]


async def test_no_answer_promises_an_approval(client: httpx2.AsyncClient) -> None:
    told = await said(client, "烟草证什么条件能办")
    assert "要看审查结果" in told["text"]


async def test_a_conversation_is_remembered(client: httpx2.AsyncClient) -> None:
    first = await said(client, "药品零售许可要什么材料")
    second = await said(client, "要多长时间", session=first["session"])
    assert (second["items"][0]["name"], second["aspect"]) == ("药品零售企业经营许可", "time")
    third = await said(client, "那兽药店呢", session=first["session"])
    assert (third["items"][0]["name"], third["aspect"]) == ("兽药经营许可", "time")


async def test_a_number_answers_our_question_and_keeps_the_aspect(client: httpx2.AsyncClient) -> None:
    first = await said(client, "开民宿要什么材料")
    assert first["action"] == "clarify"
    assert [choice["text"] for choice in first["choices"]] == ["公共场所卫生许可", "旅馆业特种行业许可"]
    second = await said(client, "第1个", session=first["session"])
    assert (second["action"], second["aspect"]) == ("answer", "materials")
    assert second["items"][0]["name"] == "公共场所卫生许可"


async def test_a_tapped_choice_does_the_same(client: httpx2.AsyncClient) -> None:
    first = await said(client, "开民宿要什么材料")
    second = await said(client, "旅馆业特种行业许可", session=first["session"])
    assert (second["action"], second["aspect"]) == ("answer", "materials")


async def test_another_bodys_matter_gets_a_referral(client: httpx2.AsyncClient) -> None:
    told = await said(client, "社保卡丢了怎么补")
    assert told["action"] == "refuse"
    assert told["referral"]["contact"] == "12333"
    assert told["actions"][0] == {"kind": "call", "label": "拨打 12333", "target": "12333"}
    assert told["source"] is None


async def test_the_third_failure_offers_a_person(client: httpx2.AsyncClient) -> None:
    session = "conversation-1"
    for _ in range(2):
        assert "连着几次" not in (await said(client, "阿斯顿发", session=session))["text"]
    assert "连着几次" in (await said(client, "阿斯顿发", session=session))["text"]


async def test_progress_needs_a_session(client: httpx2.AsyncClient) -> None:
    told = await said(client, "我的办件到哪一步了")
    assert told["action"] == "progress"
    assert "登录" in told["text"]


async def test_progress_tells_ones_own_cases_only(client: httpx2.AsyncClient, resident: Resident) -> None:
    told = await resident.ok("POST", "/assistant/ask", json={"text": "我的办件到哪一步了"})
    assert told["action"] == "progress"
    assert "没有正在办的件" in told["text"]


async def test_ones_own_case_is_told_with_its_next_step(
    client: httpx2.AsyncClient, resident: Resident
) -> None:
    item = (await said(client, "食品小作坊登记"))["items"][0]["code"]
    draft = await resident.draft(item)
    for material in draft["materials"]:
        await resident.file(draft["id"], material["key"])
    case = await resident.submit(draft["id"])
    told = await resident.ok("POST", "/assistant/ask", json={"text": "我交的小作坊登记办到哪一步了"})
    assert case["number"] in told["text"]
    assert told["actions"] == [{"kind": "cases", "label": "查看这一件", "target": case["id"]}]
    assert case["number"] not in (await said(client, f"{case['number']}办到哪一步了"))["text"]


@pytest.mark.parametrize("text", ["", " ", "？？？", "\U0001f600" * 50, "x" * 5000])
async def test_anything_typed_gets_an_answer(client: httpx2.AsyncClient, text: str) -> None:
    assert (await said(client, text))["action"] == "refuse"


async def test_too_long_a_text_is_refused(client: httpx2.AsyncClient) -> None:
    answer = await client.post("/api/v1/assistant/ask", json={"text": "x" * 5001})
    assert answer.status_code in (400, 422)


async def test_asking_is_limited(client: httpx2.AsyncClient) -> None:
    statuses = [
        (await client.post("/api/v1/assistant/ask", json={"text": "你好"})).status_code for _ in range(45)
    ]
    assert statuses[-1] == 429


async def test_a_session_made_up_is_not_taken_over(client: httpx2.AsyncClient) -> None:
    told = await said(client, "你好", session="../etc")
    assert told["session"] != "../etc"
