"""A citizen's stories from the first question to the end, over HTTP only."""

import asyncio
import re
from datetime import timedelta
from io import BytesIO
from typing import Any

import httpx2
import pytest
from pypdf import PdfReader

from backend.adapters.seal.pades import verify_pdf
from backend.journal.loop import Worker
from backend.journal.service import verify_chain
from backend.kernel.clock import FixedClock
from tests.journeys.conftest import Seat
from tests.journeys.people import arrive
from tests.world import Resident, World, form_for, picture

pytestmark = pytest.mark.anyio
FOOD = "H148"
PHONE = "19900001234"
#: Said at the desk when granting.
TERMS = {
    "clauses": "《中华人民共和国食品安全法》第三十五条",
    "opinion": "材料齐全，符合条件。",
    "valid_until": "2031-11-22",
    "line_label": ["经营项目"],
    "line_text": ["热食类食品制售"],
}


async def seen(resident: Resident, case_id: str) -> dict[str, Any]:
    return dict(await resident.ok("GET", f"/cases/{case_id}"))


def titles(case: dict[str, Any]) -> list[str]:
    """What happened, without the letters that were opened in between."""
    return [each["title"] for each in case["timeline"] if each["title"] != "文书已送达"]


async def fill_in(resident: Resident, item_code: str, *, without: int = 0) -> dict[str, Any]:
    """Answer every question of the form and take a picture of each material but the last ones."""
    draft = await resident.ok("POST", "/drafts", json={"item_code": item_code})
    form = {"version": draft["version"], "form": form_for(draft["fields"])}
    draft = await resident.ok("PUT", f"/drafts/{draft['id']}", json=form)
    materials = draft["materials"]
    for each in materials[: len(materials) - without]:
        await resident.file(draft["id"], each["key"])
    return dict(await resident.ok("GET", f"/drafts/{draft['id']}"))


async def read_letters(resident: Resident, case: dict[str, Any]) -> dict[str, str]:
    """Open every letter; its text by kind."""
    texts = {}
    for each in case["documents"]:
        answer = await resident.call("GET", f"/documents/{each['id']}/pdf")
        assert answer.status_code == 200, each
        pages = PdfReader(BytesIO(answer.content)).pages
        texts[each["kind"]] = re.sub(r"\s", "", "".join(page.extract_text() for page in pages))
    return texts


async def messages(resident: Resident) -> list[str]:
    """Titles in the inbox, oldest first."""
    return [each["title"] for each in (await resident.ok("GET", "/messages"))["items"]][::-1]


async def find_the_guide(client: httpx2.AsyncClient) -> dict[str, Any]:
    """Ask in everyday words and follow the answer."""
    question = {"text": "想开个小饭馆要办啥证"}
    told = (await client.post("/api/v1/assistant/ask", json=question)).json()
    assert FOOD in [each["code"] for each in told["items"][:3]]
    picked = {"text": "食品经营许可怎么办", "session": told["session"]}
    answer = (await client.post("/api/v1/assistant/ask", json=picked)).json()
    target = next(each["target"] for each in answer["actions"] if each["kind"] == "guide")
    assert target == FOOD
    guide = (await client.get(f"/api/v1/items/{target}/guide")).json()
    assert guide["can_file"]
    assert guide["materials"]
    assert all(guide["answer"][part] for part in ("days", "fee", "where", "bring"))
    return dict(guide)


async def test_from_the_question_to_a_verified_licence(
    client: httpx2.AsyncClient, seat: Seat, world: World, clock: FixedClock, worker: Worker
) -> None:
    guide = await find_the_guide(client)
    resident = await arrive(client, "wang", phone=PHONE)
    draft = await fill_in(resident, guide["item"]["code"])
    assert draft["can_submit"]
    assert draft["notice"] == "尚未提交"
    case = await resident.submit(draft["id"])
    await worker.drain()
    case = await seen(resident, case["id"])
    assert titles(case) == ["您提交了申请"]
    assert case["line"]["next"] == "工作人员核对材料，决定是否受理"
    assert case["line"]["by"] == "11月30日前"

    clerk = await seat("1002")
    assert case["number"] in await clerk.page("/console")
    await clerk.take(case["id"], "claim")
    await ask_for_one_more(resident, clerk, case, clock=clock, worker=worker)
    await decide(resident, clerk, case["id"], clock=clock, worker=worker)
    await open_the_licence(client, resident, case["id"], world=world)
    told = ["申请已收到", "需要补正材料", "补正材料已收到", "申请已受理", "准予许可"]
    assert await messages(resident) == told
    assert len(world.sms.to(PHONE)) == len(told)
    assert await verify_chain() == []


async def ask_for_one_more(
    resident: Resident, clerk: Any, case: dict[str, Any], *, clock: FixedClock, worker: Worker
) -> None:
    """One notice that names everything missing; the resident hands it in."""
    key, reason = case["materials"][0]["key"], "照片反光，看不清编号，请重拍。"
    clock.advance(timedelta(minutes=10))
    await clerk.take(case["id"], "request_correction", missing=[key], **{f"reason:{key}": reason})
    await worker.drain()
    asked = await seen(resident, case["id"])
    assert asked["needs_me"]
    assert asked["line"]["who"] == "您自己"
    assert [(each["key"], each["reason"]) for each in asked["correction"]["missing"]] == [(key, reason)]
    assert reason in (await read_letters(resident, asked))["correction"]

    clock.advance(timedelta(hours=2))
    await resident.file(case["id"], key, content=picture("补正的照片"))
    done = await resident.ok(
        "POST", f"/cases/{case['id']}/correction/submit", headers={"Idempotency-Key": "supply-it"}
    )
    await worker.drain()
    assert not done["needs_me"]
    assert titles(done)[-2:] == ["请您补正材料", "您提交了补正材料"]
    await clerk.sign_in(now=clock.now())  # half an hour away from the desk ends a session
    second = await clerk.send(case["id"], "request_correction", missing=[key], **{f"reason:{key}": reason})
    assert second.status_code == 409, "行政许可法第三十二条: once"


async def decide(resident: Resident, clerk: Any, case_id: str, *, clock: FixedClock, worker: Worker) -> None:
    """Accept, and after looking it over grant; the resident sees both."""
    clock.advance(timedelta(minutes=5))
    await clerk.take(case_id, "accept")
    await worker.drain()
    accepted = await seen(resident, case_id)
    assert accepted["state"] == "accepted"
    assert accepted["line"]["next"] == "审查后作出决定"
    assert "1002" in accepted["line"]["who"]
    assert accepted["line"]["by"].endswith("日前")
    assert "已受理" in titles(accepted)
    assert (await resident.ok("GET", f"/cases/{case_id}/due"))["limits"]

    clock.advance(timedelta(minutes=20))
    await clerk.take(case_id, "grant", **TERMS)
    waiting = await seen(resident, case_id)
    assert waiting["line"]["next"] == "电子证照正在盖章"
    await worker.drain()
    granted = await seen(resident, case_id)
    assert granted["line"]["next"] == "已办结，准予许可"
    assert titles(granted)[-2:] == ["准予许可", "电子证照已盖章生效"]
    letters = await read_letters(resident, granted)
    assert set(letters) == {"receipt", "correction", "acceptance", "grant"}
    assert all(case_id not in text and granted["item"]["name"] in text for text in letters.values())


async def open_the_licence(
    client: httpx2.AsyncClient, resident: Resident, case_id: str, *, world: World
) -> None:
    """The PDF carries our seal; anybody may check it."""
    licence = (await resident.ok("GET", "/licences"))["items"][0]
    assert licence["case_id"] == case_id
    assert licence["status"] == "valid"
    pdf = await resident.call("GET", f"/licences/{licence['id']}/pdf")
    root = (world.folder / "seal" / "root.pem").read_bytes()
    verdict = await asyncio.to_thread(verify_pdf, pdf.content, root, at=world.clock.now())
    assert verdict.is_good
    changed = pdf.content.replace(b"%PDF-1.7", b"%PDF-1.6", 1)
    forged = await asyncio.to_thread(verify_pdf, changed, root, at=world.clock.now())
    assert not forged.is_good

    code = licence["verification_code"]
    told = (await client.get(f"/api/v1/verify/{code}")).json()
    assert told["status"] == "valid"
    assert "*" in told["holder_masked"] or "＊" in told["holder_masked"]
    page = await client.get(f"/verify/{code}")
    assert page.status_code == 200
    assert licence["status_text"] in page.text
    assert "王秀兰" not in page.text


async def filed(resident: Resident, worker: Worker) -> dict[str, Any]:
    draft = await fill_in(resident, FOOD, without=1)
    case = await resident.submit(draft["id"])
    await worker.drain()
    return case


async def test_a_refusal_says_why_and_what_can_be_done(
    client: httpx2.AsyncClient, seat: Seat, worker: Worker, clock: FixedClock
) -> None:
    resident = await arrive(client, "li", phone=PHONE)
    case = await filed(resident, worker)
    window, head = await seat("1001"), await seat("1003")
    await window.take(case["id"], "claim")
    await window.take(case["id"], "accept")
    not_hers = await window.send(case["id"], "refuse", facts="x", clauses="x", reasons="x")
    assert not_hers.status_code == 403
    await window.take(case["id"], "release")
    await head.take(case["id"], "claim")
    without = await head.send(case["id"], "refuse", facts="场所与厕所共用通道。", clauses="第三十三条")
    assert without.status_code == 422
    assert "场所与厕所共用通道。" in without.text
    said = {"facts": "场所与厕所共用通道。", "clauses": "《食品安全法》第三十三条", "reasons": "布局不合理。"}
    await worker.drain()
    clock.advance(timedelta(minutes=1))
    await head.take(case["id"], "refuse", **said)
    await worker.drain()

    told = await seen(resident, case["id"])
    assert told["state"] == "refused"
    assert told["decision"]["reasons"] == said["reasons"]
    assert "救济途径" in told["line"]["you_can"]
    letter = (await read_letters(resident, told))["refusal"]
    assert all(part in letter for part in (*said.values(), "行政复议", "行政诉讼"))
    assert (await messages(resident))[-1] == "已作出决定"
    assert (await resident.ok("GET", "/licences"))["items"] == []


async def test_who_withdraws_is_asked_for_nothing_more(
    client: httpx2.AsyncClient, seat: Seat, worker: Worker, clock: FixedClock
) -> None:
    resident = await arrive(client, "zhao", phone=PHONE)
    case = await filed(resident, worker)
    clerk = await seat("1002")
    await clerk.take(case["id"], "claim")
    await clerk.take(case["id"], "accept")
    await worker.drain()
    clock.advance(timedelta(minutes=1))
    path, key = f"/cases/{case['id']}/withdraw", {"Idempotency-Key": "withdraw-it"}
    for _ in range(2):
        told = await resident.ok("POST", path, json={"reason": "不开店了"}, headers=key)
        assert told["state"] == "withdrawn"
    await worker.drain()
    told = await seen(resident, case["id"])
    assert titles(told)[-1] == "您撤回了申请"
    assert titles(told).count("您撤回了申请") == 1
    assert told["actions"] == []
    assert not any(each["is_running"] for each in told["limits"])
    assert "撤回" in (await read_letters(resident, told))["withdrawal"]
    assert (await clerk.send(case["id"], "grant", **TERMS)).status_code == 409
    assert (await messages(resident))[-1] == "申请已撤回"
    again = await resident.draft(FOOD)
    assert again["id"] != case["id"]


async def test_what_belongs_elsewhere_is_declined_with_the_way_there(
    client: httpx2.AsyncClient, seat: Seat, worker: Worker, clock: FixedClock
) -> None:
    resident = await arrive(client, "sun", phone=PHONE)
    case = await filed(resident, worker)
    clerk = await seat("1001")
    await clerk.take(case["id"], "claim")
    without = await clerk.send(case["id"], "decline", ground="not_this_office")
    assert without.status_code == 422
    await worker.drain()
    clock.advance(timedelta(minutes=1))
    where = "桓台县市场监督管理局果里监管所"
    await clerk.take(case["id"], "decline", ground="not_this_office", where_to=where)
    await worker.drain()
    told = await seen(resident, case["id"])
    assert told["state"] == "declined"
    assert titles(told)[-1] == "不予受理"
    letter = (await read_letters(resident, told))["decline"]
    assert where in letter
    assert "行政复议" in letter
    assert (await messages(resident))[-1] == "申请不予受理"
    assert case["number"] in await clerk.page("/console?tab=closed")
