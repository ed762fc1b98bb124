"""The load generator: wrk where it is installed, otherwise a small asyncio client.

The client is written in Python and shares the two cores with the server, so that its figures are
lower than wrk's for light answers; compare only figures of one kind.
"""

import asyncio
import json
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

CONNECTIONS = 16

#: Each id is asked for once; when they are used up the run ends.
WRK_SCRIPT = """
local paths, place = {}, 0
function init(arguments)
  for line in io.lines(arguments[1]) do paths[#paths + 1] = line end
end
function request()
  place = place + 1
  if place > #paths and METHOD == "POST" then wrk.thread:stop() end
  local path = paths[(place - 1) % #paths + 1]
  local headers = HEADERS
  if METHOD == "POST" then headers["Idempotency-Key"] = "bench-submit-" .. place end
  return wrk.format(METHOD, path, headers, METHOD == "POST" and "{}" or nil)
end
function done(summary, latency, requests)
  io.write(string.format("BENCH %d %d %d %d %d\\n", summary.requests, summary.duration,
    summary.errors.status, latency:percentile(50), latency:percentile(95)))
end
"""


@dataclass(frozen=True)
class Target:
    """What is asked for: every path in turn; those of a POST once each, with its own idempotency key."""

    port: int
    paths: Sequence[str]
    token: str = ""
    method: str = "GET"

    @property
    def headers(self) -> dict[str, str]:
        told = {"Content-Type": "application/json"} if self.method == "POST" else {}
        return told | ({"Authorization": f"Bearer {self.token}"} if self.token else {})


@dataclass(frozen=True)
class Figure:
    """What one run came to. Latencies in milliseconds."""

    requests: int
    seconds: float
    bad: int
    p50: float
    p95: float

    @property
    def rps(self) -> float:
        return self.requests / self.seconds if self.seconds else 0.0


def generator() -> Callable[[Target, float], Figure]:
    """The better of the two clients this machine has."""
    return with_wrk if shutil.which("wrk") else with_asyncio


def with_wrk(target: Target, seconds: float) -> Figure:
    """Run wrk with one thread. Raises `RuntimeError` where it says nothing."""
    with tempfile.TemporaryDirectory() as folder:
        script, paths = Path(folder) / "bench.lua", Path(folder) / "paths.txt"
        headers = ", ".join(f"[{json.dumps(k)}]={json.dumps(v)}" for k, v in target.headers.items())
        named = f"local METHOD, HEADERS = {json.dumps(target.method)}, {{{headers}}}\n"
        script.write_text(named + WRK_SCRIPT, encoding="utf-8")
        paths.write_text("\n".join(target.paths) + "\n", encoding="utf-8")
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{max(1, round(seconds))}s", "-s", str(script)]
        command += [f"http://127.0.0.1:{target.port}", "--", str(paths)]
        told = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.search(r"BENCH (\d+) (\d+) (\d+) (\d+) (\d+)", told.stdout)
    if not found:
        raise RuntimeError(told.stderr or told.stdout)
    requests, micros, bad, p50, p95 = (int(each) for each in found.groups())
    return Figure(requests, micros / 1e6, bad, p50 / 1000, p95 / 1000)


def with_asyncio(target: Target, seconds: float) -> Figure:
    """The same over plain streams."""
    return asyncio.run(_ask(target, seconds))


async def _ask(target: Target, seconds: float) -> Figure:
    asked: list[tuple[float, int]] = []
    places = iter(range(len(target.paths) if target.method == "POST" else 10**9))
    started = time.perf_counter()

    async def one_connection() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", target.port)
        for place in places:
            if time.perf_counter() - started > seconds:
                break
            asked.append(await _one(reader, writer, _written(target, place)))
        writer.close()

    await asyncio.gather(*(one_connection() for _ in range(CONNECTIONS)))
    took = time.perf_counter() - started
    times = sorted(each for each, _ in asked)
    bad = sum(status >= 400 for _, status in asked)
    return Figure(len(times), took, bad, _at(times, 0.50), _at(times, 0.95))


def _at(times: Sequence[float], part: float) -> float:
    return times[min(len(times) - 1, int(len(times) * part))] * 1000 if times else 0.0


def _written(target: Target, place: int) -> bytes:
    headers = {"Host": "127.0.0.1", **target.headers}
    body = b"{}" if target.method == "POST" else b""
    if body:
        headers |= {"Idempotency-Key": f"bench-submit-{place}", "Content-Length": str(len(body))}
    head = f"{target.method} {target.paths[place % len(target.paths)]} HTTP/1.1\r\n"
    return (head + "".join(f"{k}: {v}\r\n" for k, v in headers.items()) + "\r\n").encode() + body


async def _one(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes
) -> tuple[float, int]:
    began = time.perf_counter()
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    await reader.readexactly(int(length[1]) if length else 0)
    return time.perf_counter() - began, int(head.split(b" ", 2)[1])
