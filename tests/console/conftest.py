"""Officers at their browsers, and cases that residents filed."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx2
import pyotp
import pytest
from starlette.applications import Starlette

from backend.identity import service as identity
from backend.kernel.actors import SYSTEM, Actor, ActorKind, Role
from tests.world import PASSWORD, Resident, World

FOOD = "H148"
SECRET = "EEPQOG3XBGDQXMU76J7FKP2PRNU6AXW4"
TOKEN = re.compile(r'name="csrf_token" value="([^"]+)"')


@dataclass
class Desk:
    """A browser at the desk, without script: it opens pages and sends forms."""

    browser: httpx2.AsyncClient
    world: World
    number: str
    actor: Actor

    async def sign_in(self, *, password: str = PASSWORD, code: str = "", way_on: str = "") -> httpx2.Response:
        told = code or pyotp.TOTP(SECRET).at(self.world.clock.now())
        form = {"staff_number": self.number, "password": password, "code": told, "next": way_on}
        return await self.browser.post("/console/sign-in", data=form)

    async def get(self, path: str, **more: Any) -> httpx2.Response:
        return await self.browser.get(path, **more)

    async def page(self, path: str) -> str:
        """A page that must be there."""
        answer = await self.browser.get(path)
        assert answer.status_code == 200, (answer.status_code, answer.text[-600:])
        return answer.text

    async def token(self) -> str:
        found = TOKEN.search((await self.browser.get("/console/items")).text)
        assert found, "nobody is signed in"
        return found[1]

    async def post(self, path: str, form: dict[str, Any] | None = None, **more: Any) -> httpx2.Response:
        return await self.browser.post(path, data={"csrf_token": await self.token(), **(form or {})}, **more)

    async def done(self, path: str, form: dict[str, Any] | None = None) -> str:
        """Send a form that must be taken; the page one is led to."""
        answer = await self.post(path, form)
        assert answer.status_code == 303, (answer.status_code, answer.text[-800:])
        return await self.page(answer.headers["location"])


Seat = Callable[..., Awaitable[Desk]]


@pytest.fixture
async def seat(app: Starlette, world: World) -> AsyncIterator[Seat]:
    """`await seat(Role.REVIEWER)`: a new officer of these roles, signed in at a browser of their own."""
    opened: list[httpx2.AsyncClient] = []

    async def sit(*roles: Role, is_signed_in: bool = True) -> Desk:
        number = f"7{len(opened):03}"
        made = await identity.create_officer(
            staff_number=number,
            name=f"工作人员{number}",
            office="370321",
            roles=roles,
            password=PASSWORD,
            hasher=world.hasher,
            vault=world.vault,
            actor=SYSTEM,
            now=world.clock.now(),
            totp_secret=SECRET,
        )
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
        opened.append(httpx2.AsyncClient(transport=transport, base_url="http://county.test"))
        actor = Actor(ActorKind.OFFICER, made.officer.id, number, frozenset(roles))
        desk = Desk(opened[-1], world, number, actor)
        if is_signed_in:
            answer = await desk.sign_in()
            assert answer.status_code == 303, answer.text
        return desk

    yield sit
    for each in opened:
        await each.aclose()


@dataclass(frozen=True)
class Filed:
    """A filed case, with one material handed in."""

    id: str
    number: str
    file_id: str
    document_id: str
    #: The keys of all materials the guide lists.
    keys: tuple[str, ...]

    @property
    def path(self) -> str:
        return f"/console/cases/{self.id}"


@pytest.fixture
async def filed(resident: Resident) -> Filed:
    """A food licence applied for, received and unclaimed."""
    draft = await resident.draft(FOOD)
    keys = tuple(each["key"] for each in draft["materials"])
    file = await resident.file(draft["id"], keys[0], name="申请书.jpg")
    case = await resident.submit(draft["id"])
    return Filed(case["id"], case["number"], file["id"], case["documents"][0]["id"], keys)
