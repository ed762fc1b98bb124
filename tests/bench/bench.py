"""How fast the service is, as ratios to what the same machine does at best in the same minutes.

`make bench` prints a table in Markdown; the figures of a release stand in docs/measured.md. Everything
runs on loopback: one web process at a time, no worker beside it. `SECONDS=4 ROUNDS=2` may be changed
by environment; PostgreSQL is measured where `TEST_POSTGRES` (or the default address) answers.
"""

import asyncio
import os
import platform
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

import asyncpg
import psutil

from backend.settings import Settings
from tests.bench.filling import Filled, fill
from tests.bench.loading import CONNECTIONS, Figure, Target, generator

POSTGRES = os.environ.get("TEST_POSTGRES", "postgres://root@127.0.0.1:5432/postgres")
SECONDS = float(os.environ.get("SECONDS", "4"))
ROUNDS = int(os.environ.get("ROUNDS", "2"))
#: More than one process can submit in all rounds.
DRAFTS = 6000
QUESTION = "开饭店"


@dataclass
class Measured:
    """One row of the table: the best round by requests a second, and the server's CPU per request."""

    what: str
    engine: str
    figure: Figure
    cpu_micros: float
    ratio: str = ""

    def __str__(self) -> str:
        it = self.figure
        numbers = f"{it.rps:,.0f} | {it.p50:.1f} | {it.p95:.1f} | {self.cpu_micros:,.0f} | {it.bad}"
        return f"| {self.what} | {self.engine} | {numbers} |"


@dataclass
class Server:
    """A started process that listens."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def cpu_seconds(self) -> float:
        used = psutil.Process(self.process.pid).cpu_times()
        return float(used.user + used.system)

    @property
    def megabytes(self) -> float:
        return float(psutil.Process(self.process.pid).memory_info().rss / 1e6)


@dataclass
class Report:
    rows: list[Measured] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def is_met(self) -> bool:
        return not any("MISSED" in each.ratio for each in self.rows)

    def rate(self, what: str, engine: str) -> float:
        return next(each.figure.rps for each in self.rows if (each.what, each.engine) == (what, engine))

    def compare(self, row: Measured, *, with_what: str, engine: str, wanted: float) -> None:
        ratio = row.figure.rps / self.rate(with_what, engine)
        row.ratio = f"{ratio:.2f} of {with_what}, wanted {wanted}: {'met' if ratio >= wanted else 'MISSED'}"


def free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])


@contextmanager
def started(command: list[str], *, port: int, path: str = "/", **environment: str) -> Iterator[Server]:
    """Start a process and wait until it answers; it ends with the block."""
    told = {**os.environ, "LOG_LEVEL": "warning", **environment}
    with subprocess.Popen(command, env=told, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(f"http://127.0.0.1:{port}{path}", process)
            yield Server(process, port)
        finally:
            process.terminate()


def served(command: str, settings: Settings, *, port: int) -> AbstractContextManager[Server]:
    """Start `python -m backend serve` or `run`; it answers when /health/ready does."""
    wanted = [sys.executable, "-m", "backend", command]
    return started(wanted, port=port, path="/health/ready", **_told(settings, port))


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(600):
        if process.poll() is not None:
            raise RuntimeError(f"the server ended with status {process.returncode}")
        try:
            with urllib.request.urlopen(address, timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{address} did not answer")


def ceiling(app: str, **environment: str) -> tuple[list[str], int, dict[str, str]]:
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", f"tests.bench.ceilings:{app}", "--port", str(port)]
    command += ["--no-access-log", "--log-level", "warning", "--loop", "uvloop", "--http", "httptools"]
    return command, port, environment


def measure(report: Report, what: str, engine: str, *, server: Server, target: Target) -> Measured:
    """Warm up, run the rounds, keep the best. A list of things to submit is shared out over the rounds."""
    ask = generator()
    parts = list(_shares(target))
    ask(parts[0], 1.0)
    best: Measured | None = None
    for part in parts[1:]:
        before = server.cpu_seconds
        figure = ask(part, SECONDS)
        micros = (server.cpu_seconds - before) / max(1, figure.requests) * 1e6
        if best is None or figure.rps > best.figure.rps:
            best = Measured(what, engine, figure, micros)
    assert best is not None, "there is at least one round"
    report.rows.append(best)
    return best


def _shares(target: Target) -> Iterator[Target]:
    """One target for warming up and one for each round."""
    if target.method == "GET":
        yield from [target] * (ROUNDS + 1)
        return
    size = len(target.paths) // (ROUNDS + 1)
    for place in range(ROUNDS + 1):
        paths = target.paths[place * size : (place + 1) * size]
        yield Target(target.port, paths, target.token, target.method)


def measure_ceilings(report: Report, folder: Path, postgres: str) -> None:
    command, port, told = ceiling("bare_json")
    with started(command, port=port, **told) as server:
        measure(report, "bare Starlette JSON", "-", server=server, target=Target(port, ["/"]))
    urls = {"sqlite": f"sqlite://{folder}/ceiling.sqlite3"} | ({"postgres": postgres} if postgres else {})
    for engine, url in urls.items():
        command, port, told = ceiling("one_row", DATABASE_URL=url)
        with started(command, port=port, **told) as server:
            measure(report, "one row through the ORM", engine, server=server, target=Target(port, ["/"]))


def measure_service(report: Report, settings: Settings, filled: Filled, *, engine: str) -> None:
    """Every kind of request, on one web process."""
    port = free_port()
    with served("serve", settings, port=port) as server:

        def ask(what: str, *paths: str, token: str = "", method: str = "GET") -> Measured:
            return measure(report, what, engine, server=server, target=Target(port, paths, token, method))

        if engine == "sqlite":
            _measure_public(report, ask, filled.item_code)
        row = ask("case list, 30 of 2,000", "/api/v1/cases?limit=20", token=filled.reader_token)
        report.compare(row, with_what="one row through the ORM", engine=engine, wanted=0.25)
        submits = [f"/api/v1/drafts/{each}/submit" for each in filled.drafts]
        row = ask("submit", *submits, token=filled.filer_token, method="POST")
        report.compare(row, with_what="one row through the ORM", engine=engine, wanted=0.15)
        report.notes.append(f"web process after all of it, {engine}: {server.megabytes:.0f} MB")


def _measure_public(report: Report, ask: Callable[..., Measured], item_code: str) -> None:
    row = ask("item page", f"/api/v1/items/{item_code}")
    report.compare(row, with_what="bare Starlette JSON", engine="-", wanted=0.4)
    ask("guide page", f"/api/v1/items/{item_code}/guide")
    ask("search", f"/api/v1/search?q={quote(QUESTION)}")


def measure_starts(report: Report, settings: Settings) -> None:
    """From the command to the first good answer of /health/ready; the data folder is already filled."""
    for command in ("serve", "run"):
        began = time.perf_counter()
        with served(command, settings, port=free_port()) as server:
            took = time.perf_counter() - began
            report.notes.append(f"`{command}` ready in {took:.1f} s, {server.megabytes:.0f} MB at rest")


def measure_worker(report: Report, settings: Settings) -> None:
    """How fast one worker does what the submits left behind, and how large it grows."""
    environment = {**os.environ, **_told(settings, 0)}
    with subprocess.Popen([sys.executable, "-m", "backend", "work"], env=environment) as process:
        try:
            time.sleep(3)
            before, began = asyncio.run(_jobs_done(settings)), time.perf_counter()
            time.sleep(10)
            done = asyncio.run(_jobs_done(settings)) - before
            rate = done / (time.perf_counter() - began)
            megabytes = Server(process, 0).megabytes
            report.notes.append(f"one worker after the submits: {rate:.0f} jobs/s, {megabytes:.0f} MB")
        finally:
            process.terminate()


async def _jobs_done(settings: Settings) -> int:
    from backend import serving
    from backend.journal.models import Job

    return await serving.with_database(settings, lambda: Job.filter(state="done").count())


def _told(settings: Settings, port: int) -> dict[str, str]:
    return {
        "PORT": str(port),
        "DATA_DIR": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "EMBEDDED_WORKER": "false",
        "LOG_LEVEL": "warning",
    }


@asynccontextmanager
async def postgres_database() -> AsyncIterator[str]:
    """The address of a database that lives as long as the run; empty where no PostgreSQL answers."""
    try:
        admin = await asyncpg.connect(POSTGRES)
    except OSError:
        yield ""
        return
    name = f"huantai_bench_{uuid4().hex[:12]}"
    await admin.execute(f'CREATE DATABASE "{name}"')
    try:
        yield POSTGRES.rsplit("/", 1)[0] + f"/{name}"
    finally:
        await admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        await admin.close()


HEAD = """| what | engine | requests/s | p50 ms | p95 ms | server CPU µs | not 2xx |
|---|---|---|---|---|---|---|"""


async def main() -> int:
    report = Report()
    began = time.perf_counter()
    async with postgres_database() as postgres:
        with tempfile.TemporaryDirectory(prefix="huantai-bench-") as made:
            await _run(report, Path(made), postgres)
    client = generator().__name__.replace("_", " ")
    _say(f"{_machine()}; {client}, {CONNECTIONS} connections, best of {ROUNDS} × {SECONDS:g} s")
    _say("\n".join([HEAD, *map(str, report.rows), ""]))
    _say("\n".join(f"* {each.what}, {each.engine}: {each.ratio}" for each in report.rows if each.ratio))
    _say("\n".join(f"* {each}" for each in report.notes))
    _say(f"* the whole run: {time.perf_counter() - began:.0f} s")
    return 0 if report.is_met else 1


async def _run(report: Report, folder: Path, postgres: str) -> None:
    await asyncio.to_thread(measure_ceilings, report, folder, postgres)
    lite = Settings(data_dir=folder / "lite")
    engines = {"sqlite": lite}
    if postgres:
        engines["postgres"] = Settings(data_dir=folder / "postgres", database_url=postgres)
    for engine, settings in engines.items():
        filled = await fill(settings, drafts=DRAFTS)
        await asyncio.to_thread(measure_service, report, settings, filled, engine=engine)
    await asyncio.to_thread(measure_worker, report, lite)
    await asyncio.to_thread(measure_starts, report, lite)


def _machine() -> str:
    kind = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    return f"{kind}, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}"


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(asyncio.run(main()))
