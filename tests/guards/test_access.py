"""Every route × every role: the outcome is what the route's declaration promises."""

from uuid import UUID, uuid4

import httpx2
import pytest
from starlette.routing import Mount, Route

from backend.cases import service as cases
from backend.cases.types import LicenceTerms
from backend.journal.loop import Worker
from backend.kernel.actors import ActorKind, Role
from backend.kernel.clock import FixedClock
from backend.web.operation import Permit, operation_of
from tests.guards.callers import ENDING, Caller, Entry, entries, everybody, officer, person, routes
from tests.world import Resident, World

pytestmark = pytest.mark.anyio

#: What needs no sign-in. Whoever makes a route public writes it down here, on purpose.
PUBLIC = {
    "GET /",
    "POST /api/v1/sessions/wechat",
    "POST /api/v1/sessions/phone-codes",
    "POST /api/v1/sessions/phone",
    "GET /api/v1/items",
    "GET /api/v1/items/{code}",
    "GET /api/v1/items/{code}/guide",
    "GET /api/v1/search",
    "GET /api/v1/sectors",
    "GET /api/v1/departments",
    "GET /api/v1/places",
    "GET /api/v1/office",
    "POST /api/v1/assistant/ask",
    "POST /api/v1/assistant/feedback",  # on an answer of one's own conversation, which only its asker knows
    "POST /api/v1/assistant/handover",
    "GET /api/v1/assistant/conversation",
    "POST /api/v1/assistant/conversation",
    "POST /api/v1/assistant/conversation/end",
    "GET /api/v1/wechat/messages",  # WeChat signs what it sends
    "POST /api/v1/wechat/messages",
    "GET /api/v1/verify/{code}",
    "GET /verify",
    "GET /verify/{code}",
    "GET /console/sign-in",
    "POST /console/sign-in",
    "GET /console/{rest:path}",  # says only that there is no such page
    "GET /api/v1/openapi.json",
    "GET /api/docs",
    "GET /health/live",
    "GET /health/ready",
    "GET /metrics",
}
#: Folders of files that anybody may fetch.
STATIC = {"/console/static", "/assets", "/static"}


def test_every_route_declares_who_may_call_it() -> None:
    for route in routes():
        if isinstance(route, Mount):
            assert route.path in STATIC
        else:
            assert isinstance(route, Route), route
            assert operation_of(route.endpoint), f"{route.path} has no @operation"


def test_what_is_public_was_made_so_on_purpose() -> None:
    assert {each.name for each in entries() if each.told.permit is Permit.ANYONE} == PUBLIC


def test_roles_are_asked_only_of_officers() -> None:
    for each in entries():
        assert not each.told.roles or each.told.permit is Permit.OFFICER, each.name
        assert (each.told.permit is Permit.OFFICER) <= each.is_console, f"{each.name} is outside the desk"


def promised(entry: Entry, caller: Caller) -> str:
    """`in`, `sign in` or `no`: what the declaration says to somebody of this kind with these roles."""
    permit = entry.told.permit
    if permit is Permit.ANYONE:
        return "in"
    if caller.kind is ActorKind.VISITOR:
        return "sign in"
    if permit is Permit.SIGNED_IN:
        return "in"
    is_right = (permit is Permit.PERSON) == (caller.kind is ActorKind.PERSON)
    return "in" if is_right and (not entry.told.roles or entry.told.roles & caller.roles) else "no"


def came_to(entry: Entry, answer: httpx2.Response) -> str:
    """The same, read from an answer."""
    if entry.is_console and answer.status_code == 303:
        is_asked = answer.headers["location"].startswith("/console/sign-in?next=")
        return "sign in" if is_asked else "in"
    return {401: "sign in", 403: "no"}.get(answer.status_code, "in")


async def test_every_route_answers_every_role_as_declared(
    world: World, client: httpx2.AsyncClient, clock: FixedClock
) -> None:
    callers, wrong = await everybody(world, clock, "70"), []
    for group, entry in enumerate(each for each in entries() if each.name not in PUBLIC):
        if entry.name in ENDING:
            callers = await everybody(world, clock, str(group))
        for caller in callers:
            answer = await caller.call(client, entry, entry.at())
            if came_to(entry, answer) != promised(entry, caller) or answer.status_code >= 500:
                wrong.append((entry.name, caller.name, sorted(caller.roles), answer.status_code))
    assert wrong == []


async def test_public_routes_serve_visitors_and_ignore_bad_tokens(client: httpx2.AsyncClient) -> None:
    for entry in (each for each in entries() if each.name in PUBLIC):
        for caller in (Caller("visitor"), Caller("wrong token", token="x")):
            answer = await caller.call(client, entry, entry.at(code="H148"))
            assert answer.status_code < 500, (entry.name, answer.text)
            assert answer.status_code not in (401, 403) or entry.name in SIGN_INS, entry.name


#: They answer 401 to wrong credentials, which is their work.
SIGN_INS = {
    "POST /api/v1/sessions/phone",
    "POST /api/v1/sessions/wechat",
    "POST /console/sign-in",
    "GET /api/v1/wechat/messages",
    "POST /api/v1/wechat/messages",
}


async def test_the_desks_cookie_opens_nothing_of_the_api(world: World, client: httpx2.AsyncClient) -> None:
    head = await officer(world, "7001", Role.HEAD)
    for entry in (each for each in entries() if not each.is_console and each.name not in PUBLIC):
        client.cookies.set("console", head.token)
        answer = await client.request(entry.method, entry.at())
        assert answer.status_code == 401, entry.name


async def test_a_form_of_the_desk_without_its_token_is_refused(
    world: World, client: httpx2.AsyncClient
) -> None:
    clerk = await officer(world, "7001", Role.WINDOW_CLERK, Role.REVIEWER, Role.HEAD)
    forms = [each for each in entries() if each.is_console and each.method == "POST"]
    for entry in (each for each in forms if each.name not in PUBLIC):
        for data in ({}, {"csrf_token": ""}, {"csrf_token": "guessed"}, {"csrf_token": "猜"}):
            answer = await clerk.call(client, entry, entry.at(), data=data)
            assert answer.status_code == 403, (entry.name, data)
        foreign = {"Origin": "https://elsewhere.test"}
        kept = {"csrf_token": clerk.csrf}
        answer = await clerk.call(client, entry, entry.at(), data=kept, headers=foreign)
        assert answer.status_code == 403, entry.name


#: What belongs to a resident, by the beginning of the addresses that lead to it.
OWNED = (
    "/api/v1/drafts/",
    "/api/v1/cases/",
    "/api/v1/files/",
    "/api/v1/documents/",
    "/api/v1/licences/",
    "/api/v1/messages/",
    "/api/v1/me/sessions/",
)


@pytest.fixture
async def belongings(
    world: World, resident: Resident, clock: FixedClock, worker: Worker
) -> dict[str, dict[str, str]]:
    """One thing of each kind that the resident owns: its parameters in addresses."""
    draft = await resident.draft("H150")
    filed = await resident.draft("H148")
    key = filed["materials"][0]["key"]
    file = await resident.file(filed["id"], key)
    case = await resident.submit(filed["id"])
    await grant(world, UUID(case["id"]), clock)
    await worker.drain()
    seen = await resident.ok("GET", f"/cases/{case['id']}")
    messages = (await resident.ok("GET", "/messages"))["items"]
    sessions = (await resident.ok("GET", "/me/sessions"))["items"]
    ids = (
        draft["id"],
        case["id"],
        file["id"],
        seen["documents"][0]["id"],
        seen["licence"]["id"],
        messages[0]["id"],
        sessions[0]["id"],
    )
    more = {"key": key, "file_id": file["id"]}
    return {start: {"id": each, **more} for start, each in zip(OWNED, ids, strict=True)}


async def grant(world: World, case_id: UUID, clock: FixedClock) -> None:
    clerk = await world.officer("1002", Role.WINDOW_CLERK, Role.REVIEWER)
    terms = LicenceTerms("《食品安全法》第三十五条", "符合条件", None, (("经营项目", "热食类食品制售"),))
    now = clock.now()
    await cases.claim(case_id, actor=clerk, now=now)
    await cases.accept(case_id, actor=clerk, vault=world.vault, now=now)
    await cases.grant(case_id, terms, actor=clerk, vault=world.vault, now=now)


def valid_body(entry: Entry) -> dict[str, object]:
    """A body that is refused for nothing but whose thing it is about."""
    if entry.told.files:
        return {"files": {"file": ("照片.jpg", b"x", "image/jpeg")}}
    return {"json": {"version": 1, "form": {}} if entry.method == "PUT" else {"reason": ""}}


async def test_other_peoples_things_answer_like_none(
    world: World, client: httpx2.AsyncClient, belongings: dict[str, dict[str, str]]
) -> None:
    stranger, _ = await person(world, "stranger")
    for entry in (each for each in entries() if "{id}" in each.path and not each.is_console):
        start = next(each for each in OWNED if entry.path.startswith(each))
        theirs = await stranger.call(client, entry, entry.at(**belongings[start]), **valid_body(entry))
        nothing = {**belongings[start], "id": str(uuid4())}
        none = await stranger.call(client, entry, entry.at(**nothing), **valid_body(entry))
        assert theirs.status_code == none.status_code == 404, (entry.name, theirs.text)
        assert theirs.json()["error"]["code"] == none.json()["error"]["code"], entry.name
        assert theirs.json()["error"]["message"] == none.json()["error"]["message"], entry.name


async def test_the_owner_reaches_all_of_it(
    client: httpx2.AsyncClient, resident: Resident, belongings: dict[str, dict[str, str]]
) -> None:
    """The proof that the addresses above are right."""
    owner = Caller("wang", ActorKind.PERSON, token=resident.token)
    for entry in (each for each in entries() if "{id}" in each.path and each.method == "GET"):
        if not entry.is_console:
            start = next(each for each in OWNED if entry.path.startswith(each))
            answer = await owner.call(client, entry, entry.at(**belongings[start]))
            assert answer.status_code == 200, (entry.name, answer.text)
