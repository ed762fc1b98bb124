"""Every route × every role: the outcome is what the route's declaration promises, for junk as well."""

import base64
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
import pytest
from starlette.routing import BaseRoute, Mount, Route
from structlog.testing import capture_logs

from backend.app import all_routes
from backend.cases import service as cases
from backend.cases.types import LicenceTerms
from backend.identity import service as people
from backend.identity import totp
from backend.identity.types import IssuedSession
from backend.journal.loop import Worker
from backend.kernel.actors import SYSTEM, ActorKind, Role
from backend.kernel.clock import FixedClock
from backend.licences import routes as licences
from backend.settings import Settings
from backend.web.operation import Operation, Permit, operation_of
from tests.world import PASSWORD, Resident, World

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
#: These end the caller's session, so they are tried last.
ENDING = {"DELETE /api/v1/sessions/current", "POST /console/sign-out"}


@dataclass(frozen=True)
class Entry:
    """One method of one route, and what it promises."""

    method: str
    path: str
    told: Operation

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def is_console(self) -> bool:
        return self.path.startswith("/console")

    def at(self, **values: str) -> str:
        """The address with its parameters filled in; a new id where no value is given."""
        return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: values.get(found[1]) or str(uuid4()), self.path)


@dataclass(frozen=True)
class Caller:
    """Somebody who calls, with what their browser holds."""

    name: str
    kind: ActorKind = ActorKind.VISITOR
    roles: frozenset[Role] = frozenset()
    token: str = ""
    csrf: str = ""

    async def call(self, client: httpx2.AsyncClient, entry: Entry, path: str, **more: Any) -> httpx2.Response:
        """The call as the mini-program makes it, or as a form of the desk."""
        headers = {"Idempotency-Key": uuid4().hex, **more.pop("headers", {})}
        client.cookies.clear()
        if entry.is_console and self.token:
            client.cookies.set("console", self.token)
        elif self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        if entry.is_console and entry.method == "POST" and not more:
            more = {"data": {"csrf_token": self.csrf}}
        return await client.request(entry.method, path, headers=headers, **more)


def routes() -> list[BaseRoute]:
    return all_routes(Settings(h5_dir=Path("/nowhere")))


def entries() -> list[Entry]:
    """Every declared method of every route; HEAD is GET without its answer."""
    found = []
    for route in routes():
        if isinstance(route, Route) and (told := operation_of(route.endpoint)):
            found += [Entry(each, route.path, told) for each in sorted((route.methods or {"GET"}) - {"HEAD"})]
    return sorted(found, key=lambda each: each.name in ENDING)


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


@pytest.fixture(autouse=True)
def log() -> Iterator[None]:
    """Kept, not printed: a thousand calls make a long log. No call may end as a fault."""
    with capture_logs() as entries:
        yield
    assert [each for each in entries if each["event"] == "unexpected"] == []


@pytest.fixture
def world(clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Nobody is told to wait or to come back later: a limit would hide what stands behind it."""
    monkeypatch.setattr(licences, "WRONG_PAUSE_SECONDS", 0)
    world = World(clock, tmp_path)
    world.state.hit = _always  # type: ignore[method-assign]  # the limits have tests of their own
    return world


async def _always(key: str, *, limit: int, window_seconds: int) -> bool:
    return True


async def officer(world: World, number: str, *roles: Role) -> Caller:
    """A member of staff signed in with both factors."""
    now = world.clock.now()
    made = await people.create_officer(
        staff_number=number,
        name="赵敏",
        office="370321",
        roles=roles,
        password=PASSWORD,
        hasher=world.hasher,
        vault=world.vault,
        actor=SYSTEM,
        now=now,
    )
    session = await people.sign_in_officer(
        number,
        PASSWORD,
        code=totp.code_at(made.totp_secret, now),
        hasher=world.hasher,
        vault=world.vault,
        now=now,
        address="127.0.0.1",
        device="测试",
    )
    return Caller(number, ActorKind.OFFICER, frozenset(roles), session.token, session.csrf_token)


async def person(world: World, name: str) -> tuple[Caller, IssuedSession]:
    session = await people.sign_in_with_wechat(f"openid-{name}", device="测试", now=world.clock.now())
    return Caller(name, ActorKind.PERSON, token=session.token), session


async def everybody(world: World, clock: FixedClock, group: str) -> list[Caller]:
    """One caller of each kind and of each role, and tokens that open nothing."""
    found = await strangers(world, clock, group)
    found.append((await person(world, f"wang-{group}"))[0])
    return found + [await officer(world, f"{group}{n:02}", role) for n, role in enumerate(Role)]


async def strangers(world: World, clock: FixedClock, group: str) -> list[Caller]:
    """Tokens that open nothing: invented, ended by their owner, past their time."""
    _, revoked = await person(world, f"revoked-{group}")
    await people.sign_out(revoked.actor, now=clock.now(), state=world.state)
    _, expired = await person(world, f"expired-{group}")
    idle = await officer(world, f"{group}99", Role.HEAD)
    clock.advance(timedelta(days=31))
    return [
        Caller("visitor"),
        Caller("wrong token", token="0" * 43),
        Caller("revoked token", token=revoked.token),
        Caller("expired token", token=expired.token),
        Caller("officer's token after a month", token=idle.token, csrf=idle.csrf),
    ]


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
SIGN_INS = {"POST /api/v1/sessions/phone", "POST /api/v1/sessions/wechat", "POST /console/sign-in"}


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


JUNK_IDS = ("x", "0", "%00", "'; DROP TABLE cases_case;--", "{}", "..%2f..%2fetc%2fpasswd", "汉字", "9" * 300)
JUNK_BODIES: tuple[tuple[str, bytes], ...] = (
    ("application/json", b""),
    ("application/json", b"{"),
    ("application/json", b"[]"),
    ("application/json", b'"x"'),
    ("application/json", b"null"),
    ("application/json", b"\xff\xfe\x00"),
    ("application/json", b'{"a":' * 3000 + b"1" + b"}" * 3000),
    ("application/json", b'{"text":"\\ud800"}'),
    ("text/plain", b"hello"),
    ("multipart/form-data", b"--x--"),
    ("multipart/form-data; boundary=x", b"--x\r\nContent-Disposition: form-data\r\n\r\n--x--"),
    ("multipart/form-data; boundary=x", b'--x\r\nContent-Disposition: form-data; name="file"'),
    ("application/x-www-form-urlencoded", b"a=1&" * 3000),
    ("application/x-www-form-urlencoded", b"%ff=%00&csrf_token=%00"),
    ("application/octet-stream", b"\x00" * (2 * 1024 * 1024)),
)
JUNK_QUERIES = (
    {"cursor": "A" * 5000},
    {"cursor": "!!!"},
    {"cursor": base64.urlsafe_b64encode(b"\xff\xfe").decode()},
    {"cursor": base64.urlsafe_b64encode(b"9999-99-99\x1fx").decode()},
    {"cursor": base64.urlsafe_b64encode(b"0001-01-01T00:00:00\x1f" + b"0" * 32).decode()},
    {"cursor": base64.urlsafe_b64encode(b"none\x1f9999-12-31T23:59:59+23:59\x1f" + b"0" * 32).decode()},
    {"cursor": base64.urlsafe_b64encode(b"\x00\x1f\x00").decode()},
    *(
        {"cursor": base64.urlsafe_b64encode(each + b"\x1f" + b"0" * 32).decode(), "tab": tab}
        for tab in ("open", "closed")
        for each in (
            b"closed\x1f9999-12-31T23:59:59-23:59",
            b"closed\x1f0001-01-01T00:00:00+23:59",
            b"none\x1f0001-01-01T00:00:00",
            b"due\x1f0001-01-01",
        )
    ),
    {"limit": "-1"},
    {"limit": "999999999999999999999"},
    {"limit": "x", "state": "x", "tab": "x", "page": "0"},
    {"q": "\x00", "department": "\x00", "sector": "\x00", "variant": "\x00", "next": "\x00", "code": "\x00"},
    {"q": "%_\\'\"" * 50, "variant": "'" * 300, "said": "claimed:" + "9" * 5000},
    {"q": "😀", "next": "//elsewhere.test", "said": "{n.__class__}", "file": "x"},
    {"q": "x" * 100, "tab": "closed", "state": "granted", "overdue": "yes", "page": "1000"},
)
HOSTILE = ("", "\x00", "'; DROP TABLE x;--", "😀", "x" * 20_000, "-1", str(uuid4()))


@pytest.fixture
async def insiders(world: World, county: str) -> dict[Permit, Caller]:
    """For every permit somebody who is let in, so that the junk reaches the work itself."""
    resident, _ = await person(world, "wang")
    able = await officer(world, "7001", Role.WINDOW_CLERK, Role.REVIEWER, Role.HEAD, Role.AUDITOR)
    return {
        Permit.ANYONE: Caller("visitor"),
        Permit.PERSON: resident,
        Permit.SIGNED_IN: resident,
        Permit.OFFICER: able,
    }


def calm(entry: Entry, answer: httpx2.Response, junk: object) -> None:
    """Refuse with a sentence, never with a fault."""
    assert answer.status_code < 500, (entry.name, repr(junk)[:200], answer.status_code, answer.text[:300])
    if answer.status_code >= 400 and not entry.is_console and "/api/" in entry.path:
        assert answer.status_code == 413 or answer.json()["error"]["message"], (entry.name, junk)


async def test_no_id_makes_a_fault(client: httpx2.AsyncClient, insiders: dict[Permit, Caller]) -> None:
    for entry in (each for each in entries() if "{" in each.path):
        caller = insiders[entry.told.permit]
        for junk in (*JUNK_IDS, str(uuid4())):
            path = entry.at(id=junk, code=junk, key=junk, file_id=junk, rest=junk)
            calm(entry, await caller.call(client, entry, path), junk)


async def test_no_body_makes_a_fault(client: httpx2.AsyncClient, insiders: dict[Permit, Caller]) -> None:
    for entry in (each for each in entries() if each.method in ("POST", "PUT") and each.name not in ENDING):
        caller = insiders[entry.told.permit]
        for kind, body in JUNK_BODIES:
            headers = {"Content-Type": kind}
            answer = await caller.call(client, entry, entry.at(), content=body, headers=headers)
            calm(entry, answer, (kind, body))


async def test_no_query_makes_a_fault(client: httpx2.AsyncClient, insiders: dict[Permit, Caller]) -> None:
    for entry in (each for each in entries() if each.method == "GET"):
        for query in JUNK_QUERIES:
            caller, path = insiders[entry.told.permit], entry.at(code="H148")
            calm(entry, await caller.call(client, entry, path, params=query), query)


async def test_no_value_of_a_declared_field_makes_a_fault(
    client: httpx2.AsyncClient, insiders: dict[Permit, Caller]
) -> None:
    for entry in (each for each in entries() if each.told.body):
        for body in hostile_bodies(entry.told):
            answer = await insiders[entry.told.permit].call(client, entry, entry.at(), json=body)
            calm(entry, answer, body)


def hostile_bodies(told: Operation) -> Iterator[dict[str, object]]:
    """Bodies of the declared shape, with values nobody types."""
    assert told.body
    fields = told.body.model_json_schema()["properties"]
    for text in HOSTILE:
        yield {name: hostile_value(shape, text) for name, shape in fields.items()}


def hostile_value(shape: dict[str, Any], text: str) -> object:
    match shape.get("type"):
        case "integer":
            return 10**30 if len(text) % 2 else -(2**63)
        case "boolean":
            return text == "-1"
        case "array":
            return [text]
        case "object":
            return {text: text, "applicant_name": text}
        case _:
            return text


async def test_the_desks_forms_take_any_text_calmly(
    world: World, client: httpx2.AsyncClient, resident: Resident, clock: FixedClock
) -> None:
    able = await officer(world, "7001", Role.WINDOW_CLERK, Role.REVIEWER, Role.HEAD)
    case = await resident.submit((await resident.draft("H148"))["id"])
    forms = [each for each in entries() if each.path.startswith("/console/cases/") and each.method == "POST"]
    names = ("missing", "ground", "where_to", "clauses", "opinion", "valid_until", "facts", "reasons")
    for text in (*HOSTILE, "9999-12-31", "0001-01-01"):
        data: dict[str, object] = dict.fromkeys((*names, "purpose", "note", "case"), text)
        data |= {"line_label": [text, text], "line_text": [text], f"reason:{text}": text}
        for entry in (each for each in forms if not each.path.endswith(("/release", "/decline", "/refuse"))):
            answer = await able.call(
                client, entry, entry.at(id=case["id"]), data=data | {"csrf_token": able.csrf}
            )
            calm(entry, answer, (entry.name, text))


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
        assert json.loads(theirs.text)["error"]["code"] == json.loads(none.text)["error"]["code"], entry.name
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
