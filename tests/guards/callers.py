"""Every route with what it declares, and somebody of every kind to call it."""

import re
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import httpx2
from starlette.routing import BaseRoute, Route

from backend.app import all_routes
from backend.identity import service as people
from backend.identity import totp
from backend.identity.types import IssuedSession
from backend.kernel.actors import SYSTEM, ActorKind, Role
from backend.kernel.clock import FixedClock
from backend.settings import Settings
from backend.web.operation import Operation, operation_of
from tests.world import PASSWORD, World

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
