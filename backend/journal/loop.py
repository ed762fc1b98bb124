"""The worker: hands events to handlers, runs their jobs, and does timed work. At least once, never lost.

The same loop runs inside the web process (the embedded default) and as `python -m backend work`.
"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import uniform

import structlog

from backend.journal import store
from backend.journal.types import ClaimedJob
from backend.kernel.errors import DomainError, ErrorKind, Unavailable
from backend.kernel.events import Context, Handler, Periodic

log = structlog.get_logger()

LEASE_SECONDS = 60.0
MAX_ATTEMPTS = 12
#: After this many failures in a row an outside system rests for a while.
BREAKER_FAILURES = 5
BREAKER_REST_SECONDS = 15.0


@dataclass
class Breaker:
    """Failures of one outside system in a row, and until when it rests (monotonic seconds)."""

    failures: int = 0
    rests_until: float = 0.0

    def note(self, *, succeeded: bool, now: float) -> None:
        self.failures = 0 if succeeded else self.failures + 1
        if self.failures >= BREAKER_FAILURES:
            self.rests_until = now + BREAKER_REST_SECONDS


@dataclass
class Worker:
    """One loop over the outbox. Several may run, in one process or many."""

    handlers: Sequence[Handler]
    periodic: Sequence[Periodic]
    context: Context
    poll_seconds: float = 0.2
    concurrency: int = 8
    _breakers: dict[str, Breaker] = field(default_factory=dict)
    _seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._by_name = {handler.name: handler for handler in self.handlers}
        assert len(self._by_name) == len(self.handlers), "handler names are unique"

    async def run(self, stop: asyncio.Event) -> None:
        """Work until told to stop; a failing round is logged and tried again after a pause."""
        while not stop.is_set():
            try:
                busy = await self.round()
            except Exception as error:
                log.error("worker_round_failed", exc_info=error)
                busy, pause = 0, 2.0
            else:
                pause = self.poll_seconds
            if not busy:
                await _sleep(stop, pause)

    async def drain(self, *, rounds: int = 200) -> None:
        """Work until nothing is due; for tests and for commands."""
        for _ in range(rounds):
            if not await self.round():
                return

    async def round(self) -> int:
        """Do timed work, dispatch events, run one batch of jobs; how much there was to do."""
        await self._timed_work()
        dispatched = await store.dispatch(self.handlers)
        now = time.monotonic()
        resting = [target for target, breaker in self._breakers.items() if breaker.rests_until > now]
        jobs = await store.claim(limit=self.concurrency, lease_seconds=LEASE_SECONDS, closed_targets=resting)
        outcomes = await asyncio.gather(*(self._do(job) for job in jobs), return_exceptions=True)
        if faults := [each for each in outcomes if isinstance(each, Exception)]:
            raise ExceptionGroup("jobs whose outcome could not be written down", faults)
        return dispatched + len(jobs)

    async def _timed_work(self) -> None:
        moment = self.context.now.timestamp()
        for each in self.periodic:
            slot = int(moment // each.every.total_seconds())
            if self._seen.get(each.name) != slot and await store.take_slot(each.name, slot):
                await self._run_periodic(each)
            self._seen[each.name] = slot

    async def _run_periodic(self, each: Periodic) -> None:
        try:
            await each.run(self.context)
        except Exception as error:
            log.error("timed_work_failed", name=each.name, exc_info=error)

    async def _do(self, job: ClaimedJob) -> None:
        handler = self._by_name.get(job.handler)
        if handler is None:
            await store.put_off(job, delay_seconds=300, error="no such handler in this release")
            return
        try:
            await handler.react(handler.event.from_payload(dict(job.payload)), self.context)
        except Exception as error:
            await self._failed(job, handler, error)
        else:
            self._breaker(handler).note(succeeded=True, now=time.monotonic())
            await store.finish(job)

    async def _failed(self, job: ClaimedJob, handler: Handler, error: Exception) -> None:
        reason = f"{type(error).__name__}: {error}"
        log.warning("job_failed", handler=job.handler, attempts=job.attempts, error=type(error).__name__)
        is_outage = isinstance(error, Unavailable)
        is_hopeless = isinstance(error, DomainError) and error.kind is ErrorKind.INVALID
        self._breaker(handler).note(succeeded=not is_outage, now=time.monotonic())
        if is_hopeless or (job.attempts >= MAX_ATTEMPTS and not is_outage):
            await store.bury(job, error=reason)
            return
        await store.put_off(job, delay_seconds=backoff_seconds(job.attempts), error=reason)

    def _breaker(self, handler: Handler) -> Breaker:
        return self._breakers.setdefault(handler.target or handler.name, Breaker())


def backoff_seconds(attempts: int) -> float:
    """Wait longer after each failure, up to five minutes, with jitter so that workers do not march in step."""
    return min(300.0, 0.5 * 2.0 ** min(attempts, 10)) * uniform(0.7, 1.3)  # noqa: S311  not a secret


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    try:
        async with asyncio.timeout(seconds):
            await stop.wait()
    except TimeoutError:
        return
