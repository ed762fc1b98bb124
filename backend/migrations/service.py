"""`migrate`: one process at a time, SQLite backed up first and checked afterwards.

Tortoise's runner takes no lock and, on SQLite, rebuilds tables in ways that can delete child rows
or lose triggers. So: an advisory lock (PostgreSQL) or a file lock (SQLite), foreign keys off while
migrating, `foreign_key_check` after, and the file is kept aside beforehand.
"""

import fcntl
import shutil
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any

from tortoise import Tortoise
from tortoise.connection import get_connection
from tortoise.context import TortoiseContext
from tortoise.migrations.autodetector import MigrationAutodetector
from tortoise.migrations.executor import MigrationExecutor
from tortoise.migrations.writer import MigrationWriter

from backend.adapters.database import opening
from backend.settings import Settings

#: Any number, the same for every process of this service.
ADVISORY_LOCK = 3_703_21_2018


async def migrate(settings: Settings) -> list[str]:
    """Apply what is missing; returns the names applied. Safe from several processes at once."""
    path = sqlite_path(settings)
    if path is None:
        async with _context(settings), _advisory_lock(settings):
            return await _apply()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)  # names and files of residents
    with _file_lock(path):
        async with _context(settings):
            missing = await pending()
            if missing and path.stat().st_size > 0:
                _back_up(path)
            applied = await _apply() if missing else []
        _check_foreign_keys(path)
        return applied


async def pending() -> list[str]:
    """Names of versions not yet applied to the open database."""
    executor = _executor()
    return [step.migration.name for step in await executor.plan() if not step.backward]


async def _apply() -> list[str]:
    missing = await pending()
    await _executor().migrate(direction="forward")
    return missing


async def draft(settings: Settings) -> list[str]:
    """Write a version for what the models have and the versions have not; the names of new files.

    For developers. Read the file before it is committed: the runner takes a removed field beside a
    similar new one for a rename, forgets `generated=False` of integer keys, and on SQLite only additive
    steps keep indexes and triggers.
    """
    async with _context(settings):
        writers = await undrawn()
        for writer in writers:
            writer.write()
        return [writer.name for writer in writers]


async def undrawn() -> list[MigrationWriter]:
    """What the models of the open database have that no version draws; empty when they agree."""
    apps = Tortoise.apps
    assert apps is not None, "the database is open"
    return await MigrationAutodetector(apps, APPS).changes()


#: The one app of this service as the runner wants it described.
APPS: dict[str, dict[str, Any]] = {
    "backend": {"models": opening.model_modules(), "migrations": "backend.migrations.versions"}
}


def _executor() -> MigrationExecutor:
    return MigrationExecutor(get_connection("default"), APPS)


def sqlite_path(settings: Settings) -> Path | None:
    """The file of a SQLite database, None for a server."""
    url = settings.database
    return Path(url.removeprefix("sqlite://")) if url.startswith("sqlite:") else None


@asynccontextmanager
async def _context(settings: Settings) -> AsyncIterator[None]:
    async with TortoiseContext() as context:
        await context.init(config=opening.config(settings, with_foreign_keys=False))
        yield


@asynccontextmanager
async def _advisory_lock(settings: Settings) -> AsyncIterator[None]:
    """Held by a connection of its own: the runner's statements may use any of the pool."""
    import asyncpg

    told = opening.connection(settings)["credentials"]
    names = ("host", "port", "user", "password", "database")
    connection = await asyncpg.connect(**{name: told[name] for name in names})
    try:
        await connection.execute("SELECT pg_advisory_lock($1)", ADVISORY_LOCK)
        yield
    finally:
        await connection.close()


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    with path.with_suffix(".migrate.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _back_up(path: Path) -> None:
    """Copy through SQLite itself, so that what still stands in the write-ahead log comes along."""
    aside = path.with_suffix(".before-migrate.sqlite3")
    aside.unlink(missing_ok=True)
    source, target = sqlite3.connect(path), sqlite3.connect(aside)
    with source, target:
        source.backup(target)
    source.close()
    target.close()
    shutil.copymode(path, aside)


def _check_foreign_keys(path: Path) -> None:
    connection = sqlite3.connect(path)
    broken = connection.execute("PRAGMA foreign_key_check").fetchall()
    connection.close()
    if broken:
        raise RuntimeError(
            f"foreign keys broken after migration: {broken[:5]}; the file before is kept aside"
        )
