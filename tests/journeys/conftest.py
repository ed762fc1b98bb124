"""Residents and officers in one process with the application, on both engines."""

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx2
import pytest
from starlette.applications import Starlette

from backend.kernel.clock import FixedClock
from backend.seeds import people
from tests.journeys.people import Clerk
from tests.journeys.processes import House, prepared
from tests.world import World

Seat = Callable[[str], Awaitable[Clerk]]


@pytest.fixture
async def seat(app: Starlette, world: World, clock: FixedClock) -> AsyncIterator[Seat]:
    """`await seat("1002")`: that sample officer, signed in at a browser of their own."""
    await people.load(clock.now(), hasher=world.hasher, vault=world.vault)
    browsers: list[httpx2.AsyncClient] = []

    async def sit(number: str) -> Clerk:
        transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
        browsers.append(httpx2.AsyncClient(transport=transport, base_url="http://county.test"))
        clerk = Clerk(browsers[-1], number)
        await clerk.sign_in(now=clock.now())
        return clerk

    yield sit
    for each in browsers:
        await each.aclose()


@pytest.fixture(scope="session")
async def template(engine: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[House]:
    """A county nobody lives in yet, to be copied."""
    async with prepared(engine, tmp_path_factory.mktemp("county")) as made:
        yield made


@pytest.fixture
async def house(engine: str, template: House, tmp_path: Path) -> AsyncIterator[House]:
    """A county of one's own, whose processes are killed at the end."""
    async with prepared(engine, tmp_path, like=template) as made:
        yield made
