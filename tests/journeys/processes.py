"""Run the service as its owner does: in processes of its own, on a database of its own, and end them."""

import asyncio
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import httpx2
import pytest

from backend.adapters.emulators import Emulators, build_emulators
from backend.kernel.clock import SHANGHAI
from tests.adapters.loopback import served
from tests.conftest import POSTGRES

#: Every process lives on this day from half past nine on, whatever day the tests run: a Monday.
MORNING = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)
PATIENCE_SECONDS = 40.0


@dataclass
class Process:
    """One started command of ours."""

    running: subprocess.Popen[bytes]
    address: str
    log: Path
    started_in: float = 0.0

    def kill(self) -> None:
        """End it as a power failure would; nothing of ours runs any more."""
        self.running.kill()
        self.running.wait(timeout=10)

    def stop(self) -> int:
        """Ask it to end, and wait; its exit status."""
        self.running.send_signal(signal.SIGTERM)
        return self.running.wait(timeout=10)

    @property
    def output(self) -> str:
        return self.log.read_text(encoding="utf-8", errors="replace")


@dataclass
class House:
    """The settings that all processes of one county share."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    processes: list[Process] = field(default_factory=list)

    def start(self, command: str, **settings: str) -> Process:
        """Start `python -m backend <command>` and return at once."""
        port = settings.setdefault("PORT", str(free_port()))
        log = self.folder / f"{command}-{len(self.processes)}.log"
        with log.open("wb") as written:
            running = subprocess.Popen(
                [sys.executable, "-m", "backend", command],
                env=self.settings(**settings),
                stdout=written,
                stderr=subprocess.STDOUT,
            )
        self.processes.append(Process(running, f"http://127.0.0.1:{port}", log))
        return self.processes[-1]

    def serve(self, command: str = "run", **settings: str) -> Process:
        """Start a web process and wait until it is ready."""
        began = time.monotonic()
        process = self.start(command, **settings)
        while not is_ready(process.address):
            assert process.running.poll() is None, process.output
            assert time.monotonic() - began < PATIENCE_SECONDS, process.output
            time.sleep(0.05)
        process.started_in = time.monotonic() - began
        return process

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command to its end."""
        return subprocess.run(
            [sys.executable, "-m", "backend", *command],
            env=self.settings(),
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )

    @property
    def now(self) -> datetime:
        """The moment it is in every process."""
        return datetime.now(SHANGHAI) + timedelta(seconds=int(self.environment.get("CLOCK_OFFSET", "0")))

    async def pass_a_minute(self) -> None:
        """Let the leases of killed workers end; for processes that start from now on."""
        self.environment["CLOCK_OFFSET"] = str(int(self.environment.get("CLOCK_OFFSET", "0")) + 60)
        await self.ask("UPDATE journal_job SET lease_until = 0")

    async def ask(self, sql: str) -> list[tuple[Any, ...]]:
        """Look into the database from outside."""
        if url := self.environment.get("DATABASE_URL"):
            connection = await asyncpg.connect(url)
            try:
                return [tuple(row) for row in await connection.fetch(sql)]
            finally:
                await connection.close()
        with sqlite3.connect(self.folder / "data" / "service.sqlite3", timeout=10) as opened:
            return opened.execute(sql).fetchall()

    def settings(self, **more: str) -> dict[str, str]:
        """The environment of a process: nothing of ours but what is said here."""
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG") if name in os.environ}
        return {**inherited, "DATA_DIR": str(self.folder / "data"), **self.environment, **more}

    def end(self) -> None:
        """Kill what still runs; only what was started here."""
        for process in self.processes:
            if process.running.poll() is None:
                process.kill()


@contextmanager
def house(folder: Path, **settings: str) -> Iterator[House]:
    """A county whose processes end with the test."""
    made = House(folder, settings)
    try:
        yield made
    finally:
        made.end()


@dataclass(frozen=True)
class Outside:
    """WeChat and the SMS platform, which outlive every process of ours."""

    emulators: Emulators
    port: str

    def letters(self) -> list[str]:
        """Everything both took, as text, in order."""
        taken = (*self.emulators.wechat.stage.inbox, *self.emulators.sms.stage.inbox)
        return [f"{each.to} {each.title} {dict(each.data)}" for each in taken]


@contextmanager
def outside() -> Iterator[Outside]:
    emulators = Emulators()
    with served(build_emulators(emulators)) as address:
        yield Outside(emulators, address.rstrip("/").rsplit(":", 1)[1])


@asynccontextmanager
async def postgres(template: str = "") -> AsyncIterator[str]:
    """A new database, empty or a copy of another, dropped at the end; its address. Skips without a server."""
    try:
        admin = await asyncpg.connect(POSTGRES)
    except OSError:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip("PostgreSQL is not reachable")
    name = f"huantai_process_{uuid4().hex[:12]}"
    copied = f' TEMPLATE "{template.rsplit("/", 1)[1]}"' if template else ""
    try:
        await admin.execute(f'CREATE DATABASE "{name}"{copied}')
        yield f"{POSTGRES.rsplit('/', 1)[0]}/{name}"
    finally:
        await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await admin.close()


@asynccontextmanager
async def prepared(engine: str, folder: Path, *, like: House | None = None) -> AsyncIterator[House]:
    """A county with tables and sample data, or a copy of one: data folder, database and time."""
    clock = {"CLOCK_OFFSET": str(int((MORNING - datetime.now(SHANGHAI)).total_seconds()))}
    if like:
        shutil.copytree(like.folder / "data", folder / "data")
        clock = {"CLOCK_OFFSET": like.environment["CLOCK_OFFSET"]}
    template = like.environment.get("DATABASE_URL", "") if like else ""
    async with _database(engine, template) as settings:
        with house(folder, **clock, **settings) as made:
            if not like:
                for command in ("migrate", "seed"):
                    done = made.run(command)
                    assert done.returncode == 0, done.stdout + done.stderr
            yield made


@asynccontextmanager
async def _database(engine: str, template: str) -> AsyncIterator[dict[str, str]]:
    if engine == "sqlite":
        yield {}
        return
    async with postgres(template) as url:
        yield {"DATABASE_URL": url}


async def until(is_so: Callable[[], bool], *, seconds: float = 15.0) -> None:
    """Wait until something outside this task has happened."""
    async with asyncio.timeout(seconds):
        while not is_so():  # noqa: ASYNC110  what is waited for happens in another process
            await asyncio.sleep(0.01)


def is_ready(address: str) -> bool:
    try:
        return httpx2.get(f"{address}/health/ready", timeout=2, trust_env=False).status_code == 200
    except httpx2.HTTPError:
        return False


def free_port() -> int:
    """A port nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
