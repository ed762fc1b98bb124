"""Fixtures everyone shares: both databases, a fixed clock, ports in memory, the whole app, a client."""

import importlib.util
import os
import shutil
from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path
from uuid import uuid4

import pytest
from tortoise import Tortoise
from tortoise.backends.base.executor import EXECUTOR_CACHE
from tortoise.connection import get_connection

from backend.adapters.database import opening
from backend.kernel.clock import SHANGHAI, FixedClock
from backend.settings import Settings

POSTGRES = os.environ.get("TEST_POSTGRES", "postgres://root@127.0.0.1:5432/postgres")
#: A Monday, half past nine.
START = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)

opening.TABLES = tuple(n for n in opening.TABLES if importlib.util.find_spec(f"backend.{n}.models"))


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(START)


@pytest.fixture(scope="session", params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="session")
async def empty_database(engine: str, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """Address of a database with all tables and no rows, made once a session and engine."""
    if engine == "sqlite":
        path = tmp_path_factory.mktemp("template") / "empty.sqlite3"
        url = f"sqlite://{path}"
        await _make_tables(url)
        yield url
        return
    name = f"huantai_test_{uuid4().hex[:12]}"
    import asyncpg

    try:
        admin = await asyncpg.connect(POSTGRES)
    except OSError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("PostgreSQL is not reachable")
    await admin.execute(f'CREATE DATABASE "{name}"')
    url = POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    try:
        await _make_tables(url)
        yield url
    finally:
        await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await admin.close()


async def _make_tables(url: str) -> None:
    EXECUTOR_CACHE.clear()  # statements are kept by connection name, whatever its engine
    await Tortoise.init(config=opening.config(Settings(database_url=url)))
    await Tortoise.generate_schemas()
    await Tortoise.close_connections()


@pytest.fixture
async def database(engine: str, empty_database: str, tmp_path: Path) -> AsyncIterator[str]:
    """An open, empty database of one engine; its address. Each test has it alone."""
    url = empty_database
    if engine == "sqlite":
        path = tmp_path / "test.sqlite3"
        shutil.copy(empty_database.removeprefix("sqlite://"), path)
        url = f"sqlite://{path}"
    EXECUTOR_CACHE.clear()
    await Tortoise.init(
        config=opening.config(Settings(database_url=url, db_pool_max=8)), _enable_global_fallback=True
    )
    if engine == "postgres":
        await _truncate()
    try:
        yield url
    finally:
        await Tortoise.close_connections()


async def _truncate() -> None:
    connection = get_connection("default")
    rows = await connection.execute_query_dict(
        "SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'tortoise_migrations'"
    )
    names = ", ".join(f'"{row["tablename"]}"' for row in rows)
    await connection.execute_script(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
