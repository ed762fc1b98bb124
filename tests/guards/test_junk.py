"""Whatever comes in an address, a body or a form: every route refuses it calmly, none has a fault."""

import base64
from collections.abc import Iterator
from typing import Any
from uuid import uuid4

import httpx2
import pytest

from backend.kernel.actors import Role
from backend.kernel.clock import FixedClock
from backend.web.operation import Operation, Permit
from tests.guards.callers import ENDING, Caller, Entry, entries, officer, person
from tests.world import Resident, World

pytestmark = pytest.mark.anyio

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
