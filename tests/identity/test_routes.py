"""Identity over HTTP: each outcome, and who may."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import httpx2
import pytest

from backend.adapters.people.authenticator import SessionAuthenticator
from backend.identity import service, totp
from backend.identity.routes import ROUTES
from backend.kernel.actors import SYSTEM, Role
from tests.identity.conftest import House

pytestmark = pytest.mark.anyio
PHONE = "19900001234"
ID_NUMBER = "370399196503070027"
API = "/api/v1"
NEEDS_A_PERSON = [
    ("GET", "/me"),
    ("PUT", "/me/real-name"),
    ("POST", "/me/phone/wechat"),
    ("POST", "/me/phone"),
    ("GET", "/me/sessions"),
    ("DELETE", "/me/sessions/7a1e85c1-8230-4953-8b9d-d36055453c4e"),
]


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


async def by_wechat(site: httpx2.AsyncClient, code: str = "wang@1") -> dict[str, str]:
    answer = await site.post(f"{API}/sessions/wechat", json={"code": code})
    assert answer.status_code == 201, answer.text
    return bearer(answer.json()["token"])


async def code_for(phone: str, site: httpx2.AsyncClient, house: House) -> str:
    answer = await site.post(f"{API}/sessions/phone-codes", json={"phone": phone})
    assert answer.status_code == 202, answer.text
    await house.deliver()
    return house.sms.code_for(phone)


def refusal(answer: httpx2.Response, status: int) -> dict[str, Any]:
    assert answer.status_code == status, answer.text
    error: dict[str, Any] = answer.json()["error"]
    assert error["message"].endswith("。")
    return error


async def test_sign_in_with_wechat(site: httpx2.AsyncClient) -> None:
    answer = await site.post(
        f"{API}/sessions/wechat", json={"code": "wang@1"}, headers={"User-Agent": "iPhone MicroMessenger"}
    )
    told = answer.json()
    assert answer.status_code == 201
    assert set(told) == {"token", "expires_at", "person"}
    assert told["expires_at"] == "2026-12-23T09:30:00+08:00"
    assert set(told["person"]) == {"id", "level", "phone_masked", "name_masked"}
    listed = (await site.get(f"{API}/me/sessions", headers=bearer(told["token"]))).json()
    assert [(row["device"], row["is_current"]) for row in listed["items"]] == [("微信（苹果手机）", True)]
    assert listed["next_cursor"] is None
    again = await site.post(f"{API}/sessions/wechat", json={"code": "wang@1"})
    assert refusal(again, 422)["code"] == "identity.wechat_code_refused"


async def test_sign_in_with_a_phone(site: httpx2.AsyncClient, house: House) -> None:
    asked = await site.post(f"{API}/sessions/phone-codes", json={"phone": "199 0000 1234"})
    assert (asked.status_code, asked.json()) == (202, {"retry_after_seconds": 60})
    await house.deliver()
    code = house.sms.code_for(PHONE)
    wrong = {"phone": PHONE, "code": f"{(int(code) + 1) % 10**6:06d}"}
    error = refusal(await site.post(f"{API}/sessions/phone", json=wrong), 422)
    assert error["code"] == "identity.phone_code_wrong"
    assert "还可以试 4 次" in error["message"]
    answer = await site.post(f"{API}/sessions/phone", json={"phone": PHONE, "code": f" {code} "})
    assert answer.status_code == 201
    assert answer.json()["person"]["phone_masked"] == "199****1234"
    spent = await site.post(f"{API}/sessions/phone", json={"phone": PHONE, "code": code})
    assert refusal(spent, 410)["code"] == "identity.phone_code_over"
    soon = await site.post(f"{API}/sessions/phone-codes", json={"phone": PHONE})
    assert refusal(soon, 429)["code"] == "identity.phone_code_too_soon"


@pytest.mark.parametrize(
    ("path", "body", "fields"),
    [
        ("/sessions/wechat", {}, {"code"}),
        ("/sessions/wechat", {"code": ""}, {"code"}),
        ("/sessions/phone-codes", {"phone": "12345"}, {"phone"}),
        ("/sessions/phone", {"phone": "12345", "code": "12a456"}, {"phone", "code"}),
        ("/sessions/phone", {}, {"phone", "code"}),
    ],
)
async def test_every_wrong_field_is_named(
    site: httpx2.AsyncClient, path: str, body: Mapping[str, str], fields: set[str]
) -> None:
    error = refusal(await site.post(API + path, json=body), 422)
    assert {each["field"] for each in error["fields"]} == fields


@pytest.mark.parametrize(("method", "path"), [*NEEDS_A_PERSON, ("DELETE", "/sessions/current")])
async def test_visitors_are_asked_to_sign_in(site: httpx2.AsyncClient, method: str, path: str) -> None:
    for headers in ({}, bearer("unknown"), {"Authorization": "Basic abc"}):
        answer = await site.request(method, API + path, headers=headers)
        assert refusal(answer, 401)["code"] == "web.sign_in_needed"


async def officer_token(house: House) -> str:
    now = house.clock.now()
    new = await service.create_officer(
        staff_number="HT001",
        name="赵敏",
        office="hall",
        roles={Role.WINDOW_CLERK},
        password="Huantai-2026",
        hasher=house.hasher,
        vault=house.vault,
        actor=SYSTEM,
        now=now,
    )
    session = await service.sign_in_officer(
        "HT001",
        "Huantai-2026",
        code=totp.code_at(new.totp_secret, now),
        hasher=house.hasher,
        vault=house.vault,
        now=now,
        address="10.0.0.1",
    )
    return session.token


@pytest.mark.parametrize(("method", "path"), NEEDS_A_PERSON)
async def test_officers_have_no_resident_account(
    site: httpx2.AsyncClient, house: House, method: str, path: str
) -> None:
    answer = await site.request(method, API + path, headers=bearer(await officer_token(house)))
    assert refusal(answer, 403)["code"] == "web.not_permitted"


async def test_every_route_is_tried_above() -> None:
    tried = {(method, path.partition("/7a1e")[0]) for method, path in NEEDS_A_PERSON}
    routes = {
        (method, route.path.removeprefix(API).removesuffix("/{id}"))
        for route in ROUTES
        for method in (route.methods or set()) - {"HEAD"}
    }
    signing_in = {("POST", f"/sessions/{way}") for way in ("wechat", "phone", "phone-codes")}
    assert routes == tried | signing_in | {("DELETE", "/sessions/current")}


async def test_signing_out_ends_the_session(site: httpx2.AsyncClient, house: House) -> None:
    for headers in (await by_wechat(site), bearer(await officer_token(house))):
        assert (await site.delete(f"{API}/sessions/current", headers=headers)).status_code == 204
        refusal(await site.delete(f"{API}/sessions/current", headers=headers), 401)


async def test_my_account(site: httpx2.AsyncClient) -> None:
    told = (await site.get(f"{API}/me", headers=await by_wechat(site))).json()
    assert told | {"id": ""} == {
        "id": "",
        "level": "visitor_account",
        "phone_masked": None,
        "name_masked": None,
        "has_wechat": True,
    }


async def test_binding_a_phone_through_wechat(site: httpx2.AsyncClient) -> None:
    headers = await by_wechat(site)
    form = {"code": f"phone:{PHONE}"}
    told = (await site.post(f"{API}/me/phone/wechat", json=form, headers=headers)).json()
    assert (told["level"], told["phone_masked"]) == ("phone", "199****1234")
    used = await site.post(f"{API}/me/phone/wechat", json=form, headers=headers)
    assert refusal(used, 422)["code"] == "identity.wechat_code_refused"
    others = await by_wechat(site, "li@1")
    await site.post(f"{API}/me/phone/wechat", json={"code": "phone:19900005678"}, headers=others)
    taken = await site.post(f"{API}/me/phone/wechat", json={"code": f"phone:{PHONE}@2"}, headers=others)
    assert refusal(taken, 409)["code"] == "identity.phone_taken"


async def test_binding_a_phone_with_a_code(site: httpx2.AsyncClient, house: House) -> None:
    headers = await by_wechat(site)
    code = await code_for(PHONE, site, house)
    wrong = {"phone": PHONE, "code": f"{(int(code) + 1) % 10**6:06d}"}
    refusal(await site.post(f"{API}/me/phone", json=wrong, headers=headers), 422)
    bound = await site.post(f"{API}/me/phone", json={"phone": PHONE, "code": code}, headers=headers)
    assert bound.json()["level"] == "phone"
    over = await site.post(f"{API}/me/phone", json={"phone": PHONE, "code": code}, headers=headers)
    assert refusal(over, 410)["code"] == "identity.phone_code_over"


async def test_a_bare_wechat_account_goes_on_as_the_account_of_its_phone(
    site: httpx2.AsyncClient, house: House
) -> None:
    code = await code_for(PHONE, site, house)
    first = (await site.post(f"{API}/sessions/phone", json={"phone": PHONE, "code": code})).json()
    headers = await by_wechat(site)
    await site.get(f"{API}/me", headers=headers)
    joined = await site.post(f"{API}/me/phone/wechat", json={"code": f"phone:{PHONE}"}, headers=headers)
    assert joined.json()["id"] == first["person"]["id"]
    assert (await site.get(f"{API}/me", headers=headers)).json() == joined.json()
    assert joined.json()["has_wechat"] is True


async def test_proving_a_real_name(site: httpx2.AsyncClient, house: House) -> None:
    house.register.names = {ID_NUMBER: "王秀兰", "370399198808153033": "王秀兰"}
    headers = await by_wechat(site)
    form = {"name": " 王秀兰", "id_number": ID_NUMBER}
    house.register.is_down = True
    down = await site.put(f"{API}/me/real-name", json=form, headers=headers)
    assert refusal(down, 503)["code"] == "kernel.unavailable"
    house.register.is_down = False
    mismatch = await site.put(f"{API}/me/real-name", json=form | {"name": "李建国"}, headers=headers)
    assert refusal(mismatch, 422)["code"] == "identity.real_name_mismatch"
    invalid = await site.put(f"{API}/me/real-name", json={"name": "W", "id_number": "1"}, headers=headers)
    assert {each["field"] for each in refusal(invalid, 422)["fields"]} == {"name", "id_number"}
    proven = await site.put(f"{API}/me/real-name", json=form, headers=headers)
    assert (proven.json()["level"], proven.json()["name_masked"]) == ("real_name", "**兰")
    assert "王秀兰" not in proven.text
    other = form | {"id_number": "370399198808153033"}
    fixed = await site.put(f"{API}/me/real-name", json=other, headers=headers)
    assert refusal(fixed, 409)["code"] == "identity.real_name_fixed"


async def test_codes_of_others_cannot_be_used_up_by_binding(site: httpx2.AsyncClient, house: House) -> None:
    headers = await by_wechat(site)
    for number in range(20):
        form = {"phone": f"199000000{number:02d}", "code": "000000"}
        refusal(await site.post(f"{API}/me/phone", json=form, headers=headers), 410)
    refusal(await site.post(f"{API}/me/phone", json=form, headers=headers), 429)


async def test_names_cannot_be_tried_out(site: httpx2.AsyncClient, house: House) -> None:
    headers = await by_wechat(site)
    form = {"name": "王秀兰", "id_number": ID_NUMBER}
    for _ in range(10):
        refusal(await site.put(f"{API}/me/real-name", json=form, headers=headers), 422)
    house.register.names = {ID_NUMBER: "王秀兰"}
    refusal(await site.put(f"{API}/me/real-name", json=form, headers=headers), 429)


async def test_a_lost_phone_is_signed_out_from_another(site: httpx2.AsyncClient) -> None:
    lost, kept = await by_wechat(site, "wang@1"), await by_wechat(site, "wang@2")
    stranger = await by_wechat(site, "li@1")
    rows = (await site.get(f"{API}/me/sessions", headers=kept)).json()["items"]
    [lost_id] = [row["id"] for row in rows if not row["is_current"]]
    refusal(await site.delete(f"{API}/me/sessions/{lost_id}", headers=stranger), 404)
    refusal(await site.delete(f"{API}/me/sessions/nonsense", headers=kept), 404)
    assert (await site.delete(f"{API}/me/sessions/{lost_id}", headers=kept)).status_code == 204
    refusal(await site.get(f"{API}/me", headers=lost), 401)
    assert (await site.get(f"{API}/me", headers=kept)).status_code == 200


async def test_codes_cannot_be_asked_for_without_end(site: httpx2.AsyncClient) -> None:
    statuses = set()
    for number in range(31):
        answer = await site.post(f"{API}/sessions/phone-codes", json={"phone": f"199000000{number:02d}"})
        statuses.add(answer.status_code)
    assert statuses == {202, 429}


async def test_a_session_that_ended_answers_like_none(site: httpx2.AsyncClient, house: House) -> None:
    headers = await by_wechat(site)
    assert (await site.get(f"{API}/me", headers=headers)).status_code == 200
    house.clock.advance(timedelta(days=30))
    refusal(await site.get(f"{API}/me", headers=headers), 401)


async def test_the_authenticator_knows_nobody_by_nonsense(house: House) -> None:
    assert await SessionAuthenticator(house.state).actor_for("nonsense", now=house.clock.now()) is None
