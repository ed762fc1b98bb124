"""`migrate`: once, whoever asks; a backup before; the journal append-only after."""

import asyncio
import sqlite3
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import BaseORMException

from backend.migrations import service
from backend.settings import Settings
from tests.conftest import POSTGRES

pytestmark = pytest.mark.anyio


@pytest.fixture
async def address(engine: str, tmp_path: Path) -> AsyncIterator[str]:
    """An empty database nobody has migrated."""
    if engine == "sqlite":
        yield f"sqlite://{tmp_path / 'fresh.sqlite3'}"
        return
    name, admin = f"huantai_migrate_{uuid4().hex[:8]}", await asyncpg.connect(POSTGRES)
    await admin.execute(f'CREATE DATABASE "{name}"')
    yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    await admin.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
    await admin.close()


async def test_three_processes_at_once_migrate_once(address: str) -> None:
    command = [sys.executable, "-m", "backend", "migrate"]
    started = [
        await asyncio.create_subprocess_exec(
            *command, env={"DATABASE_URL": address}, stdout=asyncio.subprocess.PIPE
        )
        for _ in range(3)
    ]
    said = [(await each.communicate())[0].decode() for each in started]
    assert [each.returncode for each in started] == [0, 0, 0]
    assert sum("已升级：0001_initial" in each for each in said) == 1
    assert sum("数据库已是最新" in each for each in said) == 2


async def test_a_second_time_changes_nothing(address: str) -> None:
    settings = Settings(database_url=address)
    assert len(await service.migrate(settings)) >= 2
    assert await service.migrate(settings) == []


async def test_a_filled_sqlite_file_is_kept_aside_before_it_is_changed(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite3"
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE from_before (told TEXT)")
        old.execute("INSERT INTO from_before VALUES ('kept')")
    await service.migrate(Settings(database_url=f"sqlite://{path}"))
    with sqlite3.connect(tmp_path / "old.before-migrate.sqlite3") as aside:
        assert aside.execute("SELECT told FROM from_before").fetchall() == [("kept",)]
        assert aside.execute("SELECT count(*) FROM sqlite_master").fetchone() == (1,)


async def test_broken_references_are_found_after_migrating(tmp_path: Path) -> None:
    path = tmp_path / "broken.sqlite3"
    with sqlite3.connect(path) as old:
        old.execute("CREATE TABLE parent (id INTEGER PRIMARY KEY)")
        old.execute("CREATE TABLE child (parent_id INTEGER REFERENCES parent (id))")
        old.execute("INSERT INTO child VALUES (7)")
    with pytest.raises(RuntimeError, match="foreign keys"):
        await service.migrate(Settings(database_url=f"sqlite://{path}"))


@pytest.mark.parametrize("change", ["UPDATE journal_entry SET verb = 'x'", "DELETE FROM journal_entry"])
async def test_the_journal_refuses_to_be_changed(database: str, change: str) -> None:
    connection = get_connection("default")
    await connection.execute_script(
        "INSERT INTO journal_entry (seq, prev_hash, hash, at, verb, actor_kind, actor_id, actor_label,"
        " subject_kind, subject_id, article, detail) VALUES (1, '', '', '2026-11-23 00:00:00+00:00', 'test',"
        " 'system', '00000000-0000-0000-0000-000000000000', 'x', 'x',"
        " '00000000-0000-0000-0000-000000000000', '', '{}')"
    )
    with pytest.raises((BaseORMException, asyncpg.PostgresError, sqlite3.Error), match="append-only"):
        await connection.execute_script(change)
