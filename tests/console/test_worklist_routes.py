"""The lists of cases."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from backend.cases.models import Case
from backend.cases.states import State
from backend.catalog import service as catalog
from backend.console import worklist_routes
from backend.kernel.actors import Role
from backend.kernel.ids import new_id
from tests.console.conftest import FOOD, Filed, Seat
from tests.world import Resident, World

pytestmark = pytest.mark.anyio

OPENED = re.compile(r'class="open" href="/console/cases/[^"]+">([^<]+)<')


def numbers(page: str) -> list[str]:
    return OPENED.findall(page)


async def row(world: World, number: str, **more: Any) -> Case:
    """A case as only the lists see it."""
    now = world.clock.now()
    item = await catalog.current(FOOD, now=now)
    values: dict[str, Any] = {
        "number": number,
        "person_id": uuid4(),
        "item_code": item.item_code,
        "item_name": item.item_name,
        "item_kind": "licence",
        "item_version": item.version,
        "variant_code": item.variants[0].code,
        "variant_name": item.variants[0].name,
        "department_code": item.former_department.code,
        "state": State.RECEIVED,
        "form": b"",
        "applicant_masked": "王**",
        "created_at": now,
        "updated_at": now,
        "received_at": now,
        "due_on": date(2026, 11, 30),
    }
    return await Case.create(id=new_id(), **(values | more))


async def test_a_new_case_waits_in_the_pool_masked(seat: Seat, filed: Filed) -> None:
    page = await (await seat(Role.WINDOW_CLERK)).page("/console")
    assert numbers(page) == [filed.number]
    assert "王秀兰" not in page
    assert "11月30日" in page
    assert "正常" in page


async def test_the_nearest_day_comes_first_and_who_waits_for_the_applicant_last(
    seat: Seat, world: World
) -> None:
    await row(world, "waits", due_on=None, state=State.CORRECTION)
    await row(world, "later", due_on=date(2026, 12, 1))
    await row(world, "over", due_on=date(2026, 11, 20))
    await row(world, "today", due_on=date(2026, 11, 23))
    page = await (await seat(Role.WINDOW_CLERK)).page("/console?tab=open")
    assert numbers(page) == ["over", "today", "later", "waits"]
    assert "已逾期" in page
    assert "今天到期" in page
    assert "等申请人补正" in page
    assert "全局逾期 1 件" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("tab=open", {"A-1", "A-2", "B-3"}),
        ("tab=open&q=A-", {"A-1", "A-2"}),
        ("tab=open&q=燃气", {"B-3"}),
        ("tab=open&q=市场监督", {"A-1", "A-2", "B-3"}),
        ("tab=open&q=没有这种", set()),
        ("tab=open&q=%25", set()),
        ("tab=open&state=accepted", {"A-2"}),
        ("tab=open&overdue=1", {"B-3"}),
        ("tab=closed", {"C-4"}),
        ("tab=closed&state=granted", {"C-4"}),
        ("tab=closed&state=refused", set()),
    ],
)
async def test_filters(query: str, found: set[str], seat: Seat, world: World) -> None:
    await row(world, "A-1")
    await row(world, "A-2", state=State.ACCEPTED)
    await row(world, "B-3", item_name="燃气经营许可", due_on=date(2026, 11, 20))
    await row(world, "C-4", state=State.GRANTED, closed_at=world.clock.now(), due_on=None)
    await row(world, "D-5", state=State.DRAFT, received_at=None)
    desk = await seat(Role.REVIEWER)
    assert set(numbers(await desk.page(f"/console?{query}"))) == found
    part = await desk.get(f"/console?{query}", headers={"HX-Request": "true"})
    assert set(numbers(part.text)) == found
    assert "<html" not in part.text


async def test_paging_meets_every_case_once(
    seat: Seat, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(worklist_routes, "ROWS", 3)
    for n in range(5):
        await row(world, f"due-{n}", due_on=date(2026, 11, 25) if n < 3 else date(2026, 11, 26))
    for n in range(4):
        received_at: datetime = world.clock.now() - timedelta(minutes=n // 2)
        await row(world, f"none-{n}", due_on=None, state=State.CORRECTION, received_at=received_at)
    for n in range(4):
        await row(world, f"closed-{n}", state=State.DECLINED, closed_at=world.clock.now(), due_on=None)
    desk = await seat(Role.REVIEWER)
    for tab, count in (("open", 9), ("closed", 4)):
        met: list[str] = []
        address = f"/console?tab={tab}"
        while address:
            page = await desk.page(address)
            met += numbers(page)
            following = re.search(r'rel="next" href="([^"]+)"', page)
            address = following[1].replace("&amp;", "&") if following else ""
        assert len(met) == len(set(met)) == count


async def test_a_made_up_cursor_is_refused_in_words(seat: Seat) -> None:
    answer = await (await seat(Role.REVIEWER)).get("/console?cursor=abc")
    assert answer.status_code == 422
    assert "翻页标识无效" in answer.text
    assert (await (await seat(Role.REVIEWER)).get("/console?tab=none")).status_code == 422


async def test_claiming_moves_the_case_to_mine(seat: Seat, filed: Filed) -> None:
    desk, other = await seat(Role.WINDOW_CLERK), await seat(Role.WINDOW_CLERK)
    page = await desk.done(f"{filed.path}/claim")
    assert "已领取，可以办理了" in page
    assert numbers(await desk.page("/console?tab=mine")) == [filed.number]
    assert numbers(await other.page("/console?tab=pool")) == []
    answer = await other.post(f"{filed.path}/claim")
    assert answer.status_code == 409
    assert desk.number in answer.text


async def test_a_row_is_exchanged_where_script_runs(seat: Seat, filed: Filed) -> None:
    desk, other = await seat(Role.WINDOW_CLERK), await seat(Role.WINDOW_CLERK)
    asked = {"HX-Request": "true"}
    part = await desk.post(f"{filed.path}/claim", {"tab": "pool"}, headers=asked)
    assert part.text.lstrip().startswith("<tr")
    assert "已领取，打开" in part.text
    assert "<html" not in part.text
    refused = await other.post(f"{filed.path}/claim", {"tab": "pool"}, headers=asked)
    assert refused.status_code == 409
    assert refused.headers["hx-retarget"] == "#notice"


async def test_several_are_claimed_at_once_and_what_was_gone_is_told(
    seat: Seat, resident: Resident, filed: Filed
) -> None:
    second = await resident.submit((await resident.draft(FOOD))["id"])
    desk, other = await seat(Role.WINDOW_CLERK), await seat(Role.WINDOW_CLERK)
    await other.done(f"{filed.path}/claim")
    page = await desk.done("/console/claims", {"case": [filed.id, second["id"]]})
    assert "已领取 1 件，其余" in page
    assert numbers(page) == [second["number"]]


async def test_releasing_puts_it_back(seat: Seat, filed: Filed) -> None:
    desk, head = await seat(Role.WINDOW_CLERK), await seat(Role.HEAD)
    await desk.done(f"{filed.path}/claim")
    assert "接办" in await head.page("/console?tab=open")
    assert "已交出" in await desk.done(f"{filed.path}/release")
    assert numbers(await desk.page("/console?tab=pool")) == [filed.number]
    assert (await desk.post(f"{filed.path}/release")).status_code == 409


async def test_a_head_takes_over_and_a_closed_case_is_left(
    seat: Seat, filed: Filed, resident: Resident
) -> None:
    desk, head = await seat(Role.WINDOW_CLERK), await seat(Role.HEAD)
    await desk.done(f"{filed.path}/claim")
    assert "已领取" in await head.done(f"{filed.path}/claim")
    await resident.ok(
        "POST", f"/cases/{filed.id}/withdraw", json={"reason": ""}, headers={"Idempotency-Key": uuid4().hex}
    )
    answer = await desk.post(f"{filed.path}/claim")
    assert answer.status_code == 409
    assert "已经办结" in answer.text
