"""Signing in at the desk, staying in, and going."""

from datetime import timedelta

import httpx2
import pytest
from starlette.applications import Starlette

from backend.journal.service import history_of_subject
from backend.kernel.actors import Role
from tests.console.conftest import Desk, Seat
from tests.world import Resident, World

pytestmark = pytest.mark.anyio


async def visitor(seat: Seat) -> Desk:
    return await seat(Role.WINDOW_CLERK, is_signed_in=False)


async def test_the_session_is_a_cookie_no_script_reads(seat: Seat) -> None:
    desk = await visitor(seat)
    answer = await desk.sign_in()
    cookie = answer.headers["set-cookie"]
    assert answer.headers["location"] == "/console"
    assert cookie.startswith("console=")
    assert "HttpOnly" in cookie
    assert "SameSite=lax" in cookie
    assert "Secure" not in cookie
    page = await desk.page("/console")
    assert f"工作人员{desk.number}" in page
    assert "窗口收件" in page


async def test_over_https_the_cookie_is_bound_to_the_host(seat: Seat, app: Starlette) -> None:
    desk = await visitor(seat)
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=app), base_url="https://county.test"
    ) as safe:
        desk.browser = safe
        cookie = (await desk.sign_in()).headers["set-cookie"]
        assert cookie.startswith("__Host-console=")
        assert "Secure" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie
        assert (await desk.get("/console")).status_code == 200


async def test_the_way_back_is_kept_and_only_to_the_desk(seat: Seat) -> None:
    desk = await visitor(seat)
    asked = await desk.get("/console/items?q=%E9%A3%9F%E5%93%81")
    assert asked.status_code == 303
    assert (
        asked.headers["location"]
        == "/console/sign-in?next=/console/items%3Fq%3D%25E9%25A3%259F%25E5%2593%2581"
    )
    assert (await desk.sign_in(way_on="/console/items?q=1")).headers["location"] == "/console/items?q=1"


@pytest.mark.parametrize(
    "way_on", ["https://evil.test", "//evil.test", "/consolevil", "/console/sign-in", "/api/v1/items", ""]
)
async def test_no_way_leads_out(seat: Seat, way_on: str) -> None:
    desk = await visitor(seat)
    assert (await desk.sign_in(way_on=way_on)).headers["location"] == "/console"


async def test_wrong_answers_are_said_and_the_fifth_locks(seat: Seat, world: World) -> None:
    desk = await visitor(seat)
    for _ in range(4):
        answer = await desk.sign_in(password="wrong")
        assert answer.status_code == 401
        assert "工号、密码或动态口令不对" in answer.text
        assert f'value="{desk.number}"' in answer.text
    assert "账户已锁定" in (await desk.sign_in(password="wrong")).text
    locked = await desk.sign_in()
    assert locked.status_code == 429
    assert "set-cookie" not in locked.headers
    world.clock.advance(timedelta(minutes=16))
    assert (await desk.sign_in()).status_code == 303


async def test_a_code_works_once(seat: Seat) -> None:
    desk = await visitor(seat)
    assert (await desk.sign_in(code="000000")).status_code == 401
    assert (await desk.sign_in()).status_code == 303
    assert "已经用过" in (await desk.sign_in()).text


async def test_an_address_may_not_try_for_ever(seat: Seat) -> None:
    desk = await visitor(seat)
    desk.number = "nobody"
    answers = [(await desk.sign_in()).status_code for _ in range(31)]
    assert answers[:30] == [401] * 30
    assert answers[30] == 429


async def test_a_foreign_site_cannot_sign_anybody_in(seat: Seat) -> None:
    desk = await visitor(seat)
    desk.browser.headers["origin"] = "https://evil.test"
    answer = await desk.sign_in()
    assert answer.status_code == 403
    assert "set-cookie" not in answer.headers


async def test_signing_out_ends_the_session_itself(seat: Seat) -> None:
    desk = await seat(Role.WINDOW_CLERK)
    kept = dict(desk.browser.cookies)
    answer = await desk.post("/console/sign-out")
    assert answer.headers["location"] == "/console/sign-in"
    desk.browser.cookies.update(kept)
    assert (await desk.get("/console")).status_code == 303
    verbs = [each.verb for each in await history_of_subject(desk.actor.id)]
    assert verbs[-2:] == ["identity.sign_in", "identity.end_session"]


async def test_half_an_hour_without_a_request_ends_it_too(seat: Seat, world: World) -> None:
    desk = await seat(Role.WINDOW_CLERK)
    world.clock.advance(timedelta(minutes=31))
    assert (await desk.get("/console")).status_code == 303


async def test_a_form_of_an_ended_session_leads_back_to_the_case(seat: Seat, world: World) -> None:
    desk = await visitor(seat)
    case = "/console/cases/00000000-0000-0000-0000-000000000001"
    answer = await desk.browser.post(f"{case}/accept", data={})
    assert answer.headers["location"] == f"/console/sign-in?next={case}"


async def test_a_part_of_a_page_sends_the_whole_page_to_sign_in(seat: Seat) -> None:
    desk = await visitor(seat)
    answer = await desk.get("/console", headers={"HX-Request": "true"})
    assert answer.status_code == 200
    assert answer.headers["hx-redirect"] == "/console/sign-in?next=/console"


async def test_the_cookie_is_worth_nothing_on_the_api(seat: Seat) -> None:
    desk = await seat(Role.WINDOW_CLERK)
    assert (await desk.get("/api/v1/me/sessions")).status_code == 401


async def test_a_residents_token_does_not_open_the_desk(resident: Resident) -> None:
    headers = {"Authorization": f"Bearer {resident.token}"}
    answer = await resident.client.get("/console", headers=headers)
    assert answer.status_code == 403
    assert "没有权限" in answer.text


async def test_htmx_is_sent_on_by_an_address_a_header_can_hold(seat: Seat) -> None:
    desk = await visitor(seat)
    desk.browser.headers["HX-Request"] = "true"
    answer = await desk.sign_in(way_on="/console/items?q=食品")
    assert answer.headers["hx-redirect"] == "/console/items?q=%E9%A3%9F%E5%93%81"


async def test_an_origin_that_is_none_is_refused_not_a_fault(seat: Seat) -> None:
    desk = await visitor(seat)
    answer = await desk.browser.post("/console/sign-in", data={}, headers={"Origin": "http://["})
    assert answer.status_code == 403
