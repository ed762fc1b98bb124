"""The seat at the desk."""

import re

import httpx2
import pytest

from backend.kernel.actors import Role
from tests.console.conftest import Seat

pytestmark = pytest.mark.anyio

SESSION = "conversation-8"
WAY = re.compile(r'href="(/console/seat/[0-9a-f-]{36})"')


async def waiting(client: httpx2.AsyncClient) -> None:
    body = {"text": "药品零售许可要什么材料", "session": SESSION}
    await client.post("/api/v1/assistant/ask", json=body)
    assert (await client.post("/api/v1/assistant/handover", json={"session": SESSION})).status_code == 200


async def test_who_waits_is_taken_answered_and_let_go(client: httpx2.AsyncClient, seat: Seat) -> None:
    await waiting(client)
    desk = await seat(Role.WINDOW_CLERK)
    page = await desk.page("/console/seat")
    assert "药品零售企业经营许可" in page
    way = WAY.findall(page)[0]
    assert "药品零售许可要什么材料" in await desk.page(way)
    assert "接待中" in await desk.done(f"{way}/take")
    assert "<b>您好</b>" not in await desk.done(f"{way}/reply", {"text": "<b>您好</b>，请讲"})
    told = (await client.get("/api/v1/assistant/conversation", params={"session": SESSION})).json()
    assert told["lines"][-1]["text"] == "<b>您好</b>，请讲"
    assert "没有人在等" in await desk.done(f"{way}/end")


async def test_a_colleagues_visitor_is_not_taken(client: httpx2.AsyncClient, seat: Seat) -> None:
    await waiting(client)
    first, second = await seat(Role.WINDOW_CLERK), await seat(Role.HEAD)
    way = WAY.findall(await first.page("/console/seat"))[0]
    await first.done(f"{way}/take")
    refused = await second.post(f"{way}/take")
    assert (refused.status_code, "同事接待" in refused.text) == (409, True)


async def test_htmx_asks_for_the_lines_alone(client: httpx2.AsyncClient, seat: Seat) -> None:
    await waiting(client)
    desk = await seat(Role.REVIEWER)
    way = WAY.findall(await desk.page("/console/seat"))[0]
    part = (await desk.get(way, headers={"HX-Request": "true"})).text
    assert part.lstrip().startswith("<ol")
    rows = (await desk.get("/console/seat", headers={"HX-Request": "true"})).text
    assert rows.lstrip().startswith("<div")


async def test_an_administrator_hears_nothing(seat: Seat) -> None:
    assert (await (await seat(Role.SYSTEM_ADMIN)).get("/console/seat")).status_code == 403
