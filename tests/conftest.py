"""Fixtures everyone shares: both databases, a fixed clock, ports in memory, the whole app, a client."""

import os
import shutil
from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import asyncpg
import httpx2
import pytest
from starlette.applications import Starlette
from tortoise import Tortoise
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection

from backend.adapters.database import opening
from backend.journal.loop import Worker
from backend.kernel.clock import SHANGHAI, FixedClock
from backend.kernel.ports import Ports
from backend.migrations import service as migrations
from backend.seeds import service as seeds
from backend.settings import Settings
from backend.timelimits import service as timelimits
from tests.world import Resident, World

POSTGRES = os.environ.get("TEST_POSTGRES", "postgres://root@127.0.0.1:5432/postgres")
#: A Monday, half past nine.
START = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@dataclass(frozen=True)
class Template:
    """A prepared database: its address, and the tables whose rows every test keeps."""

    url: str
    kept: frozenset[str] = frozenset()


@pytest.fixture(scope="session")
async def empty_database(engine: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Template]:
    """A migrated database without rows, made once a session and engine."""
    async with _made(engine, tmp_path_factory) as url:
        yield Template(url)


@pytest.fixture(scope="session")
async def county_database(engine: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Template]:
    """A migrated database with the sample county's catalogue and calendar."""
    async with _made(engine, tmp_path_factory) as url:
        await _open(url)
        await timelimits.load_published(now=START)
        await seeds.load(START)
        await Tortoise.close_connections()
        yield Template(url, frozenset(COUNTY_TABLES))


#: What the county's seeds fill; everything else is emptied between tests.
COUNTY_TABLES = ("catalog_", "timelimits_calendar")


@asynccontextmanager
async def _made(engine: str, folders: pytest.TempPathFactory) -> AsyncIterator[str]:
    """An address of a new database with all tables, dropped at the end."""
    if engine == "sqlite":
        url = f"sqlite://{folders.mktemp('template')}/made.sqlite3"
        await migrations.migrate(Settings(database_url=url))
        yield url
        return
    name = f"huantai_test_{uuid4().hex[:12]}"
    admin = await _admin()
    await admin.execute(f'CREATE DATABASE "{name}"')
    try:
        url = POSTGRES.rsplit("/", 1)[0] + f"/{name}"
        await migrations.migrate(Settings(database_url=url))
        yield url
    finally:
        await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await admin.close()


async def _admin() -> asyncpg.Connection:
    try:
        return await asyncpg.connect(POSTGRES)
    except OSError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("PostgreSQL is not reachable")


async def _open(url: str) -> None:
    EXECUTOR_CACHE.clear()  # statements are kept by connection name, whatever its engine
    settings = Settings(database_url=url, db_pool_max=8)
    await Tortoise.init(config=opening.config(settings), _enable_global_fallback=True)


@pytest.fixture
async def database(engine: str, empty_database: Template, tmp_path: Path) -> AsyncIterator[str]:
    """An open, empty database of one engine; its address. Each test has it alone."""
    async with _opened(engine, empty_database, tmp_path) as url:
        yield url


@pytest.fixture
async def county(engine: str, county_database: Template, tmp_path: Path) -> AsyncIterator[str]:
    """An open database of the sample county: catalogue and calendar, no people and no cases yet."""
    async with _opened(engine, county_database, tmp_path) as url:
        yield url


@asynccontextmanager
async def _opened(engine: str, template: Template, folder: Path) -> AsyncIterator[str]:
    url = template.url
    if engine == "sqlite":
        path = folder / "test.sqlite3"
        shutil.copy(template.url.removeprefix("sqlite://"), path)
        url = f"sqlite://{path}"
    await _open(url)
    if engine == "postgres":
        await _truncate(template.kept)
    try:
        yield url
    finally:
        await Tortoise.close_connections()


async def _truncate(kept: Collection[str]) -> None:
    connection = get_connection("default")
    rows = await connection.execute_query_dict(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'tortoise_migrations'"
    )
    names = [row["tablename"] for row in rows if not row["tablename"].startswith(tuple(kept) or ("-",))]
    listed = ", ".join(f'"{name}"' for name in names)
    await connection.execute_script(f"TRUNCATE {listed} RESTART IDENTITY CASCADE")


@pytest.fixture
def world(clock: FixedClock, tmp_path: Path) -> World:
    """Everything outside the building, in memory."""
    return World(clock, tmp_path)


@pytest.fixture
def ports(world: World) -> Ports:
    return world.ports()


@pytest.fixture
def app(county: str, ports: Ports, clock: FixedClock) -> Starlette:
    """The whole application on the sample county; its worker is the fixture `worker`."""
    from backend.app import build_app

    settings = Settings(database_url=county, embedded_worker=False, public_url="http://county.test")
    return build_app(settings, ports=ports, clock=clock)


@pytest.fixture
async def client(app: Starlette) -> AsyncIterator[httpx2.AsyncClient]:
    """A browser without a session. Faults of the server are answers here, as they are outside."""
    transport = httpx2.ASGITransport(app=app, raise_app_exceptions=False)
    async with httpx2.AsyncClient(transport=transport, base_url="http://county.test") as made:
        yield made


@pytest.fixture
def worker(ports: Ports, clock: FixedClock) -> Worker:
    """`await worker.drain()` delivers every event and runs every job that is due."""
    from backend.worker import build_worker

    return build_worker(ports=ports, clock=clock)


@pytest.fixture
async def resident(world: World, client: httpx2.AsyncClient) -> Resident:
    """A resident with a telephone, signed in."""
    actor, token = await world.resident()
    return Resident(client, token, actor.id)
