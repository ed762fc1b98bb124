"""One transaction: an act, its journal entry and its events are all true or none is."""

import asyncio
from dataclasses import dataclass
from typing import ClassVar
from uuid import uuid4

import pytest
from tortoise.connection import get_connection

from backend.journal import store
from backend.journal.service import history_of_case, publish, record, use_case, verify_chain
from backend.journal.types import Act
from backend.kernel.actors import SYSTEM
from backend.kernel.clock import FixedClock
from backend.kernel.events import Context, Event, Handler
from backend.kernel.law import licensing_law
from backend.kernel.ports import Ports
from backend.journal.loop import Worker

pytestmark = pytest.mark.anyio


@dataclass(frozen=True, kw_only=True)
class Rang(Event):
    name: ClassVar[str] = "test.rang"
    number: int
    queue: str = ""

    @property
    def ordering_key(self) -> str:
        return self.queue


@use_case
async def ring(clock: FixedClock, number: int, *, fails: bool = False, queue: str = "") -> None:
    subject = uuid4()
    record(
        Act(
            verb="test.ring",
            actor=SYSTEM,
            at=clock.now(),
            subject_kind="bell",
            subject_id=subject,
            case_id=subject,
            article=licensing_law("第三十二条"),
            detail={"number": number, "字": "钟"},
        )
    )
    publish(Rang(at=clock.now(), number=number, queue=queue))
    if fails:
        raise ValueError("the rope broke")


async def test_a_failed_act_leaves_neither_entry_nor_event(database: str, clock: FixedClock) -> None:
    with pytest.raises(ValueError, match="rope"):
        await ring(clock, 1, fails=True)
    assert await store.head() == (0, "0" * 64)
    assert (await store.backlog())["events"] == 0


async def test_the_chain_is_whole_after_many_acts_at_once(database: str, clock: FixedClock) -> None:
    await asyncio.gather(*(ring(clock, n) for n in range(40)))
    assert (await store.head())[0] == 40
    assert await verify_chain() == []


@pytest.mark.parametrize(
    ("statement", "kind", "seq"),
    [
        ("UPDATE journal_entry SET detail = '{\"number\":7}' WHERE seq = 3", "altered", 3),
        ("DELETE FROM journal_entry WHERE seq = 3", "deleted", 3),
        ("DELETE FROM journal_entry WHERE seq = 5", "head", 5),
    ],
)
async def test_a_tampered_row_is_named(
    database: str, clock: FixedClock, statement: str, kind: str, seq: int
) -> None:
    for number in range(5):
        await ring(clock, number)
    await _without_guard(statement)
    assert (kind, seq) in [(fault.kind, fault.seq) for fault in await verify_chain()]


async def _without_guard(statement: str) -> None:
    """What an administrator with the database password could do: switch the triggers off first."""
    connection = get_connection("default")
    if connection.capabilities.dialect == "postgres":
        await connection.execute_script(f"SET session_replication_role = replica; {statement};")
        await connection.execute_script("SET session_replication_role = DEFAULT")
    else:
        await connection.execute_script("DROP TRIGGER IF EXISTS journal_entry_no_update")
        await connection.execute_script("DROP TRIGGER IF EXISTS journal_entry_no_delete")
        await connection.execute_script(statement)


async def test_every_event_reaches_its_handler_once_with_two_workers(
    database: str, clock: FixedClock
) -> None:
    seen: list[int] = []
    worker = _worker(clock, seen)
    other = _worker(clock, seen)
    await asyncio.gather(*(ring(clock, n) for n in range(30)))
    await asyncio.gather(worker.drain(), other.drain())
    await worker.drain()
    assert sorted(seen) == list(range(30))


async def test_events_of_one_key_are_handled_in_order(database: str, clock: FixedClock) -> None:
    seen: list[int] = []
    for number in range(12):
        await ring(clock, number, queue="case:1")
    await _worker(clock, seen).drain()
    assert seen == list(range(12))


def _worker(clock: FixedClock, seen: list[int]) -> Worker:
    async def hear(event: Rang, context: Context) -> None:
        await asyncio.sleep(0)
        seen.append(event.number)

    return Worker([Handler("test.hear", Rang, hear)], [], Context(clock, Ports({})))


async def test_a_failing_handler_is_tried_again_and_then_buried(
    database: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backend.journal.loop.backoff_seconds", lambda attempts: 0.0)
    tries = 0

    async def refuse(event: Rang, context: Context) -> None:
        nonlocal tries
        tries += 1
        raise RuntimeError("never")

    worker = Worker([Handler("test.refuse", Rang, refuse)], [], Context(clock, Ports({})))
    await ring(clock, 1)
    await worker.drain()
    assert tries == 12
    assert await store.backlog() == {"events": 0, "waiting": 0, "dead": 1}
    entries = await history_of_case(uuid4())
    assert entries == []
