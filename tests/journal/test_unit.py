"""One transaction: an act, its journal entry and its events are all true or none is."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import ClassVar
from uuid import uuid4

import asyncpg
import pytest
from tortoise.connection import get_connection
from tortoise.exceptions import OperationalError

from backend.journal import chain, store
from backend.journal.loop import Worker
from backend.journal.models import JournalHead
from backend.journal.service import history_of_case, publish, record, use_case, verify_chain
from backend.journal.types import Act
from backend.kernel.actors import SYSTEM
from backend.kernel.clock import FixedClock
from backend.kernel.errors import Unavailable
from backend.kernel.events import Context, Event, Handler
from backend.kernel.law import licensing_law
from backend.kernel.ports import Ports

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


async def test_the_chain_may_grow_while_it_is_verified(
    database: str, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        await ring(clock, number)
    read = store.links

    async def growing(*, after: int = 0) -> AsyncIterator[chain.Link]:
        if after < 3:
            await ring(clock, 9)
        async for link in read(after=after):
            yield link

    monkeypatch.setattr(store, "links", growing)
    assert await verify_chain() == []


async def test_rows_behind_the_head_and_a_lost_head_are_named(database: str, clock: FixedClock) -> None:
    for number in range(3):
        await ring(clock, number)
    await JournalHead.all().delete()
    assert [fault.kind for fault in await verify_chain()] == ["head"]


@pytest.mark.parametrize("engine", ["postgres"], indirect=True, scope="session")
async def test_a_second_event_does_not_overtake_one_that_is_being_handed_out(
    database: str, clock: FixedClock
) -> None:
    """Another worker holds the first event's row while it makes its jobs. SQLite has one writer at a time."""
    seen: list[int] = []
    worker = _worker(clock, seen)
    await ring(clock, 1, queue="case:1")
    other = await asyncpg.connect(database)
    async with other.transaction():
        await other.fetch("SELECT id FROM journal_outbox_event WHERE NOT is_dispatched FOR UPDATE")
        await ring(clock, 2, queue="case:1")
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(0.5):
                await worker.round()
        assert seen == []
    await other.close()
    await worker.drain()
    assert seen == [1, 2]


async def test_an_event_of_a_newer_release_waits_for_its_worker(database: str, clock: FixedClock) -> None:
    seen: list[int] = []
    await ring(clock, 1)
    await Worker([], [], Context(clock, Ports({}))).drain()
    await _worker(clock, seen).drain()
    assert seen == [1]


async def test_a_file_that_stays_locked_is_told_as_unavailable(database: str) -> None:
    @use_case
    async def stuck() -> None:
        raise OperationalError("database is locked")

    with pytest.raises(Unavailable):
        await stuck()
