"""Filing over HTTP: drafts that survive, submissions that happen once."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import httpx2
import pytest

from backend.journal.service import verify_chain
from backend.kernel.clock import FixedClock
from tests.world import Resident, World

pytestmark = pytest.mark.anyio
#: 食品经营许可
FOOD = "H148"


async def test_two_taps_meet_the_same_draft(resident: Resident) -> None:
    taps = await asyncio.gather(
        *(resident.call("POST", "/drafts", json={"item_code": FOOD}) for _ in range(4))
    )
    assert len({each.json()["id"] for each in taps}) == 1
    assert sorted(each.status_code for each in taps) == [200, 200, 200, 201]  # made once, met three times
    assert taps[0].json()["notice"] == "尚未提交"


async def test_a_draft_saved_elsewhere_is_not_overwritten(resident: Resident) -> None:
    draft = await resident.draft(FOOD)
    stale = {"version": draft["version"] - 1, "form": {}}
    answer = await resident.call("PUT", f"/drafts/{draft['id']}", json=stale)
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "cases.draft_changed_elsewhere"
    assert (await resident.ok("GET", f"/drafts/{draft['id']}"))["form"] == draft["form"]


async def test_every_wrong_field_is_named_before_filing(resident: Resident) -> None:
    draft = await resident.ok("POST", "/drafts", json={"item_code": FOOD})
    assert not draft["can_submit"]
    answer = await resident.call(
        "POST", f"/drafts/{draft['id']}/submit", headers={"Idempotency-Key": uuid4().hex}
    )
    required = {each["key"] for each in draft["fields"] if each["required"]}
    assert answer.status_code == 422
    assert {each["field"] for each in answer.json()["error"]["fields"]} == required


async def test_missing_materials_never_keep_anyone_from_filing(resident: Resident) -> None:
    draft = await resident.draft(FOOD)
    assert draft["can_submit"]
    assert all(not each["blocks"] for each in draft["missing"])


async def test_the_same_key_twice_is_one_case(resident: Resident) -> None:
    draft = await resident.draft(FOOD)
    first = await resident.submit(draft["id"], key="the-same-key")
    again = await resident.submit(draft["id"], key="the-same-key")
    assert first["number"] == again["number"]
    other = await resident.call(
        "POST", f"/drafts/{draft['id']}/submit", headers={"Idempotency-Key": "another-key"}
    )
    assert other.json()["error"]["code"] == "cases.already_submitted"
    assert first["number"] in other.json()["error"]["message"]


async def test_numbers_of_a_day_have_no_gap(resident: Resident, clock: FixedClock) -> None:
    numbers = []
    for _ in range(3):
        numbers.append((await resident.submit((await resident.draft(FOOD))["id"]))["number"])
    assert [each[-5:] for each in numbers] == ["00001", "00002", "00003"]
    clock.advance(timedelta(days=1))
    tomorrow = await resident.submit((await resident.draft(FOOD))["id"])
    assert tomorrow["number"].endswith("20261124-00001")


async def test_two_hundred_at_once_twenty_of_one_key(world: World, client: httpx2.AsyncClient) -> None:
    """Done when: 200 simultaneous submits, 20 of one key, give 181 cases and numbers and no 5xx."""
    people = [
        Resident(client, token, actor.id)
        for actor, token in [await world.resident(f"p{n}") for n in range(181)]
    ]
    drafts = [(await each.draft(FOOD))["id"] for each in people]
    calls = [(people[0], drafts[0], "shared-key")] * 20
    calls += [(who, draft, f"key-{draft}") for who, draft in zip(people[1:], drafts[1:], strict=True)]
    answers = await asyncio.gather(
        *(
            who.call("POST", f"/drafts/{draft}/submit", headers={"Idempotency-Key": key})
            for who, draft, key in calls
        )
    )
    assert {each.status_code for each in answers} == {201}
    assert len(answers) == 200
    assert len({each.json()["id"] for each in answers}) == 181
    assert len({each.json()["number"] for each in answers}) == 181
    assert await verify_chain() == []


async def test_other_peoples_things_do_not_exist(
    world: World, client: httpx2.AsyncClient, resident: Resident
) -> None:
    draft = await resident.draft(FOOD)
    file = await resident.file(draft["id"], draft["materials"][0]["key"])
    case = await resident.submit(draft["id"])
    actor, token = await world.resident("stranger")
    stranger = Resident(client, token, actor.id)
    for method, path in [
        ("GET", f"/drafts/{case['id']}"),
        ("GET", f"/cases/{case['id']}"),
        ("GET", f"/cases/{case['id']}/due"),
        ("GET", f"/files/{file['id']}"),
        ("GET", f"/documents/{case['documents'][0]['id']}/pdf"),
    ]:
        assert (await stranger.call(method, path)).status_code == 404, path
    key = {"Idempotency-Key": uuid4().hex}
    refused = await stranger.call("POST", f"/cases/{case['id']}/withdraw", json={"reason": ""}, headers=key)
    assert refused.status_code == 404


async def test_items_of_other_bodies_are_not_filed_here(
    resident: Resident, client: httpx2.AsyncClient
) -> None:
    page = (await client.get("/api/v1/items", params={"power": "elsewhere"})).json()
    answer = await resident.call("POST", "/drafts", json={"item_code": page["items"][0]["code"]})
    assert answer.status_code == 409
    assert answer.json()["error"]["code"] == "cases.not_filed_here"


async def test_a_material_outside_the_list_is_not_taken(resident: Resident) -> None:
    draft = await resident.draft(FOOD)
    answer = await resident.call(
        "POST", f"/cases/{draft['id']}/materials/whatever", files={"file": ("a.jpg", b"x", "image/jpeg")}
    )
    assert answer.json()["error"]["code"] == "cases.material_not_asked"


async def test_a_discarded_draft_is_gone_with_its_files(resident: Resident) -> None:
    draft = await resident.draft(FOOD)
    file = await resident.file(draft["id"], draft["materials"][0]["key"])
    await resident.ok("DELETE", f"/drafts/{draft['id']}")
    assert (await resident.call("GET", f"/drafts/{draft['id']}")).status_code == 404
    assert (await resident.call("GET", f"/files/{file['id']}")).status_code == 404
    assert (await resident.ok("GET", "/drafts"))["items"] == []
