"""The sample county as a process of its own, for journeys through a real browser and real sockets."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx2


@dataclass(frozen=True)
class County:
    """Where a running county answers."""

    address: str
    emulators: str
    process: subprocess.Popen[bytes]

    def sms_code(self, phone: str) -> str:
        """The last sign-in code a telephone received, waiting for it up to ten seconds."""
        for _ in range(50):
            inbox = httpx2.get(f"{self.emulators}/sms/_inbox", params={"to": phone}).text
            if found := re.findall(r'"code":\s*"(\d{6})"', inbox):
                return found[-1]
            time.sleep(0.2)
        raise AssertionError(f"no code came to {phone}")

    def one_time_code(self, staff_number: str) -> str:
        """What the officer's authenticator shows now."""
        codes: dict[str, str] = httpx2.get(f"{self.emulators}/totp/codes").json()
        return codes[staff_number]


def free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


@contextmanager
def running(folder: Path, **settings: str) -> Iterator[County]:
    """Start `python -m backend run` on a data folder; end it as a supervisor would."""
    port, emulators = free_port(), free_port()
    told = {"PORT": str(port), "EMULATOR_PORT": str(emulators), "DATA_DIR": str(folder), **settings}
    with (folder.parent / f"{folder.name}.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "backend", "run"],
            env=os.environ | told,
            stdout=log,
            stderr=log,
        )
    county = County(f"http://127.0.0.1:{port}", f"http://127.0.0.1:{emulators}/emulators", process)
    try:
        _wait_until_ready(county)
        yield county
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(30)


def _wait_until_ready(county: County, *, seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        assert county.process.poll() is None, "the county did not start"
        try:
            if httpx2.get(f"{county.address}/health/ready", timeout=2).status_code == 200:
                return
        except httpx2.TransportError:
            pass
        time.sleep(0.1)
    raise AssertionError("the county did not become ready")
