"""The catalogue at the desk."""

import pytest

from backend.console.pages import STATIC, asset
from backend.kernel.actors import Role
from tests.console.conftest import FOOD, Seat

pytestmark = pytest.mark.anyio


async def test_an_administrator_reads_items_but_no_cases(seat: Seat) -> None:
    desk = await seat(Role.SYSTEM_ADMIN)
    page = await desk.page("/console/items")
    assert "305 项" in page
    assert 'href="/console">办件' not in page
    refused = await desk.get("/console")
    assert refused.status_code == 403
    assert "查看事项" in refused.text


@pytest.mark.parametrize(
    ("query", "text"),
    [
        ("q=食品经营", "食品经营许可"),
        ("power=window", "驻厅窗口"),
        ("kind=associated", "关联事项"),
        ("page=2", "上一页"),
        ("q=zzzzqqqqxxxx&power=elsewhere", "符合条件"),
    ],
)
async def test_the_directory_is_filtered_and_paged(query: str, text: str, seat: Seat) -> None:
    assert text in await (await seat(Role.REVIEWER)).page(f"/console/items?{query}")


async def test_each_fact_says_how_it_is_known(seat: Seat) -> None:
    desk = await seat(Role.REVIEWER)
    page = await desk.page(f"/console/items/{FOOD}")
    for text in ("法定时限", "编目归纳", "待核实", "食品经营许可申请书", "第 1 版"):
        assert text in page
    assert (await desk.get("/console/items/nothing")).status_code == 404
    assert (await desk.get(f"/console/items/{FOOD}?variant=nothing")).status_code == 404


async def test_assets_are_kept_for_a_year_and_change_their_address(seat: Seat) -> None:
    desk = await seat(Role.REVIEWER)
    for name in ("console.css", "console.js", "htmx.min.js", "icon.svg"):
        assert (STATIC / name).is_file()
        answer = await desk.get(asset(name))
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
