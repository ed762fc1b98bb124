"""The directory over HTTP, with the county's real data."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest
from starlette.applications import Starlette

from backend.catalog import service
from backend.catalog.routes import ROUTES
from backend.kernel.actors import SYSTEM
from backend.kernel.clock import FixedClock
from backend.kernel.ports import Ports
from backend.seeds.service import HUANTAI, County, county_of
from backend.web.errors import HANDLERS
from tests.catalog.samples import NOW

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


@pytest.fixture(scope="module")
def parsed() -> County:
    return county_of(HUANTAI, now=NOW)


@pytest.fixture
async def county(database: str, clock: FixedClock, parsed: County) -> AsyncIterator[httpx2.AsyncClient]:
    await service.publish_catalogue(
        parsed.items, organisation=parsed.organisation, source_digest="", actor=SYSTEM, now=clock.now()
    )
    app = Starlette(routes=ROUTES, exception_handlers=HANDLERS)
    app.state.ports, app.state.clock = Ports({}), clock
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def read(county: httpx2.AsyncClient, path: str, **query: Any) -> Any:
    answer = await county.get(f"/api/v1{path}", params=query)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_paging_through_all_items(county: httpx2.AsyncClient) -> None:
    codes: list[str] = []
    page = await read(county, "/items", limit=100)
    codes += [each["code"] for each in page["items"]]
    while page["next_cursor"]:
        page = await read(county, "/items", limit=100, cursor=page["next_cursor"])
        codes += [each["code"] for each in page["items"]]
    assert len(codes) == len(set(codes)) == 305


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"kind": "licence"}, 226),
        ({"kind": "associated"}, 79),
        ({"kind": "licence", "power": "transferred"}, 169),
        ({"power": "window"}, 50),
        ({"power": "elsewhere"}, 7),
        ({"department": "water"}, 15),
        ({"sector": "market"}, 104),
        ({"department": "nothing"}, 0),
    ],
)
async def test_filters(county: httpx2.AsyncClient, query: dict[str, str], count: int) -> None:
    found = 0
    cursor: dict[str, str] = {}
    while True:
        page = await read(county, "/items", limit=100, **query, **cursor)
        found += len(page["items"])
        if not page["next_cursor"]:
            break
        cursor = {"cursor": page["next_cursor"]}
    assert found == count


async def test_a_list_may_be_searched_and_filtered_at_once(county: httpx2.AsyncClient) -> None:
    page = await read(county, "/items", q="幼儿园", department="education")
    assert page["items"][0]["name"] == "民办幼儿园设立审批"
    assert {each["department"]["code"] for each in page["items"]} == {"education"}


async def test_an_item(county: httpx2.AsyncClient) -> None:
    item = await read(county, "/items/H148")
    assert item["name"] == "食品经营许可"
    assert item["statutory_days"] == {
        "value": 10,
        "unit": "working",
        "text": "10个工作日",
        "is_pending": True,
    }
    assert item["limit_text"] == "法定10个工作日"
    assert item["can_file"] is True
    assert [each["code"] for each in item["variants"]] == ["new", "change", "renew"]
    assert item["codes"] == [
        {"system": "国家基本编码", "value": "000131024000", "is_official": False, "note": "页面所见"}
    ]


async def test_a_guide(county: httpx2.AsyncClient) -> None:
    guide = await read(county, "/items/H148/guide", variant="new")
    assert guide["answer"]["days"] == "法定10个工作日内办结（待核实）。"
    assert guide["answer"]["fee"] == "不收费（待核实）。"
    assert guide["limits"]["promised"] is None
    assert guide["result"]["name"] == "食品经营许可证"
    assert all(each["is_pending"] and not each["is_demanded"] for each in guide["materials"])
    assert {"premises", "business_type"} <= {each["key"] for each in guide["form"]}
    assert [each["code"] for each in guide["places"]] == ["hall"]
    assert guide["special_procedures"] == [
        {
            "name": "现场核查",
            "note": "",
            "pauses": False,
            "effect_text": "照常计入办理时限",
            "is_pending": True,
        }
    ]


async def test_a_guide_names_the_towns_of_the_day(county: httpx2.AsyncClient, clock: FixedClock) -> None:
    before = await read(county, "/items/H150/guide")
    assert len(before["places"]) == 10
    clock.set(clock.now().replace(year=2027))
    after = await read(county, "/items/H150/guide")
    assert [each["code"] for each in after["places"]] == ["hall"]


async def test_limits_in_the_words_of_the_statute_are_not_pending(county: httpx2.AsyncClient) -> None:
    guide = await read(county, "/items/H150/guide")
    assert guide["limits"]["statutory"]["text"] == "15日"
    assert guide["limits"]["statutory"]["is_pending"] is False


async def test_assumed_details_are_not_shown_as_wanted(county: httpx2.AsyncClient) -> None:
    guide = await read(county, "/items/H007/guide")
    assert {each["copies"] for each in guide["materials"] if not each["is_hint"]} == {"待核实"}


@pytest.mark.parametrize("code", ["Z003", "N001"])
async def test_what_was_not_transferred_offers_no_form(county: httpx2.AsyncClient, code: str) -> None:
    guide = await read(county, f"/items/{code}/guide")
    assert guide["can_file"] is False
    assert guide["form"] == []
    assert "县公安局" in guide["power"]["text"]


async def test_every_guide_can_be_read(county: httpx2.AsyncClient, clock: FixedClock) -> None:
    for item in await service.all_versions(now=clock.now()):
        for variant in item.variants:
            guide = await read(county, f"/items/{item.item_code}/guide", variant=variant.code)
            assert guide["steps"] and all(guide["answer"].values())


async def test_search(county: httpx2.AsyncClient) -> None:
    found = (await read(county, "/search", q="开饭店", limit=3))["items"]
    assert found[0]["code"] == "H148"
    assert found[0]["why"] == "也叫：开饭店"


async def test_directories(county: httpx2.AsyncClient) -> None:
    departments = (await read(county, "/departments"))["items"]
    assert len(departments) == 38
    assert sum(each["count"] for each in departments) == 305
    assert sum(each["count"] for each in departments if each["power"] == "window") == 57
    sectors = (await read(county, "/sectors"))["items"]
    assert sum(each["count"] for each in sectors) == 305
    places = (await read(county, "/places"))["items"]
    assert [each["kind"] for each in places] == ["hall", *["town"] * 9]
    assert {each["address"] for each in places} == {"待核实"}
    office = await read(county, "/office")
    assert office["name"] == "桓台县行政审批服务局"
    assert office["is_pending"] is True


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        ("/items/X999", 404, "catalog.no_such_item"),
        ("/items/X999/guide", 404, "catalog.no_such_item"),
        ("/items/H148/guide?variant=nothing", 404, "catalog.no_such_variant"),
        ("/items?limit=0", 422, "kernel.fields_invalid"),
        ("/items?power=mine", 422, "kernel.fields_invalid"),
        ("/items?cursor=abc", 422, "kernel.fields_invalid"),
        ("/items?cursor=LTE", 422, "kernel.fields_invalid"),
        ("/search?q=", 422, "kernel.fields_invalid"),
        ("/search?q=" + "长" * 101, 422, "kernel.fields_invalid"),
    ],
)
async def test_what_cannot_be_answered(county: httpx2.AsyncClient, path: str, status: int, code: str) -> None:
    answer = await county.get(f"/api/v1{path}")
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code
