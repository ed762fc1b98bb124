"""kill -9 of a worker between a channel taking a message and the ledger noting it: real processes."""

import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Event as Flag

import anyio
import anyio.to_thread
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.journal.models import Job
from backend.kernel.clock import SHANGHAI, OffsetClock
from backend.kernel.ids import new_id
from backend.notifications import rules, service
from backend.notifications.models import MessageRow
from backend.notifications.types import Telling
from tests.adapters.loopback import served

pytestmark = pytest.mark.anyio

PATIENCE_SECONDS = 20.0


@dataclass
class Recorder:
    """Both channels: takes a message, then answers, or keeps the caller waiting while told to."""

    taken: list[tuple[str, str]] = field(default_factory=list)
    answers: Flag = field(default_factory=Flag)

    def app(self) -> Starlette:
        return Starlette(routes=[Route("/{channel}", self.take, methods=["POST"])])

    async def take(self, request: Request) -> Response:
        self.taken.append((request.path_params["channel"], request.headers["idempotency-key"]))
        await anyio.to_thread.run_sync(lambda: self.answers.wait(30), abandon_on_cancel=True)
        return Response(status_code=202)

    async def has_taken(self) -> bool:
        return bool(self.taken)

    def on(self, channel: str) -> list[str]:
        return [key for name, key in self.taken if name == channel]


@contextmanager
def worker(database: str, address: str, *, seconds_ahead: float) -> Iterator[subprocess.Popen[bytes]]:
    command = [
        sys.executable,
        "-m",
        "tests.notifications.dying_worker",
        database,
        address,
        str(seconds_ahead),
    ]
    process = subprocess.Popen(command)
    try:
        yield process
    finally:
        process.kill()
        process.wait()


async def until(holds: Callable[[], Awaitable[bool]]) -> None:
    with anyio.fail_after(PATIENCE_SECONDS):
        while not await holds():  # noqa: ASYNC110  another process makes it true
            await anyio.sleep(0.05)


async def until_state(state: str) -> None:
    await until(lambda: MessageRow.exists(state=state))


def ahead_to_noon() -> float:
    """Seconds from now to the next noon at the office, so that no test falls into the quiet hours."""
    now = datetime.now(SHANGHAI)
    noon = now.replace(hour=12, minute=0, second=0, microsecond=0)
    return (noon - now).total_seconds()


async def kill_in_the_middle(database: str, recorder: Recorder, address: str, template: str) -> None:
    """Let one worker hand a message over, kill it before it notes so, and let the leases run out."""
    ahead = ahead_to_noon()
    telling = Telling(
        fact="fact",
        person_id=new_id(),
        template=template,
        case_id=new_id(),
        words=rules.words_of(item="食品经营许可", number="370321202611230001", due="12月21日"),
    )
    if template == "case_accepted":
        await service.subscribe(telling.person_id, accepted=["case_progress"])
    await service.queue(telling, now=OffsetClock(timedelta(seconds=ahead)).now())
    with worker(database, address, seconds_ahead=ahead) as doomed:
        await until(recorder.has_taken)
        doomed.send_signal(signal.SIGKILL)
        doomed.wait()
    assert await MessageRow.exists(state="sending")
    await Job.filter(state="waiting").update(lease_until=time.time() - 1)
    recorder.answers.set()


async def test_an_sms_survives_its_workers_death_and_is_one_message(database: str) -> None:
    recorder = Recorder()
    with served(recorder.app()) as address:
        await kill_in_the_middle(database, recorder, address, "correction_requested")
        with worker(database, address, seconds_ahead=ahead_to_noon() + 120):
            await until_state("handed_over")
    assert len(recorder.on("sms")) == 2
    assert len(set(recorder.on("sms"))) == 1
    assert recorder.on("wechat") == []


async def test_a_wechat_message_is_never_sent_twice(database: str) -> None:
    recorder = Recorder()
    with served(recorder.app()) as address:
        await kill_in_the_middle(database, recorder, address, "case_accepted")
        with worker(database, address, seconds_ahead=ahead_to_noon() + 120):
            await until_state("unknown")
    assert (len(recorder.on("wechat")), recorder.on("sms")) == (1, [])
