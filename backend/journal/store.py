"""Every query on the journal and the outbox."""

import json
import time
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from tortoise.connection import get_connection
from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from backend.journal import chain
from backend.journal.models import Job, JournalEntry, JournalHead, OutboxEvent, PeriodicSlot
from backend.journal.types import Act, ClaimedJob, Entry
from backend.kernel.events import Event, Handler
from backend.kernel.ids import new_id


async def write(acts: Sequence[Act], events: Sequence[Event]) -> None:
    """Append acts to the chain and events to the outbox; last thing before a commit, as it locks the head."""
    if acts:
        await _append(acts)
    if events:
        await OutboxEvent.bulk_create(
            [
                OutboxEvent(
                    name=each.name, ordering_key=each.ordering_key, payload=each.payload(), at=each.at
                )
                for each in events
            ]
        )


async def _append(acts: Sequence[Act]) -> None:
    head = await JournalHead.filter(id=1).select_for_update().first()
    if head is None:  # the first act of all; somebody else's may be the first at the same moment
        await JournalHead.bulk_create([JournalHead(id=1, seq=0, hash=chain.GENESIS)], ignore_conflicts=True)
        head = await JournalHead.filter(id=1).select_for_update().get()
    seq, last = head.seq, head.hash
    rows = []
    for act in acts:
        seq += 1
        values = chain.values_of(act)
        link = chain.link_hash(seq, last, values)
        rows.append(_row(act, seq=seq, prev_hash=last, link=link, detail=values["detail"]))
        last = link
    await JournalEntry.bulk_create(rows)
    await JournalHead.filter(id=1).update(seq=seq, hash=last)


def _row(act: Act, *, seq: int, prev_hash: str, link: str, detail: str) -> JournalEntry:
    return JournalEntry(
        seq=seq,
        prev_hash=prev_hash,
        hash=link,
        at=act.at,
        verb=act.verb,
        actor_kind=act.actor.kind.value,
        actor_id=act.actor.id,
        actor_label=act.actor.label,
        on_behalf_of=act.on_behalf_of,
        subject_kind=act.subject_kind,
        subject_id=act.subject_id,
        case_id=act.case_id,
        article=str(act.article or ""),
        detail=detail,
    )


async def entries_of_case(case_id: UUID) -> list[Entry]:
    """A case's entries, oldest first."""
    return [_entry(row) for row in await JournalEntry.filter(case_id=case_id).order_by("seq")]


async def entries_of_subject(subject_id: UUID) -> list[Entry]:
    return [_entry(row) for row in await JournalEntry.filter(subject_id=subject_id).order_by("seq")]


def _entry(row: JournalEntry) -> Entry:
    return Entry(
        row.seq, row.verb, row.actor_kind, row.actor_label, row.at, row.article, json.loads(row.detail)
    )


async def links(*, after: int = 0, batch: int = 1000) -> AsyncIterator[chain.Link]:
    """The chain in order behind a link, a batch at a time."""
    while rows := await JournalEntry.filter(seq__gt=after).order_by("seq").limit(batch):
        for row in rows:
            yield chain.Link(row.seq, row.prev_hash, row.hash, _covered(row))
        after = rows[-1].seq


def _covered(row: JournalEntry) -> dict[str, str]:
    return {
        "at": chain.moment_text(row.at),
        "verb": row.verb,
        "actor_kind": row.actor_kind,
        "actor_id": str(row.actor_id),
        "actor_label": row.actor_label,
        "on_behalf_of": str(row.on_behalf_of or ""),
        "subject_kind": row.subject_kind,
        "subject_id": str(row.subject_id),
        "case_id": str(row.case_id or ""),
        "article": row.article,
        "detail": row.detail,
    }


async def head() -> tuple[int, str]:
    """The last link as the head row says; (0, genesis) before the first act."""
    row = await JournalHead.get_or_none(id=1)
    return (row.seq, row.hash) if row else (0, chain.GENESIS)


async def dispatch(handlers: Sequence[Handler], *, batch: int = 100) -> int:
    """Turn waiting events into one job per handler. Twice is harmless: (event, handler) is unique.

    Workers take turns here instead of skipping locked rows: one that skipped could hand out a case's
    second event before the first one's jobs are there. Events nobody here knows are left to a newer
    release's worker.
    """
    by_event: dict[str, list[Handler]] = {}
    for handler in handlers:
        by_event.setdefault(handler.event.name, []).append(handler)
    async with in_transaction("default"):
        waiting = OutboxEvent.filter(is_dispatched=False, name__in=list(by_event)).order_by("id").limit(batch)
        rows = await waiting.select_for_update()
        jobs = [_job(row, handler) for row in rows for handler in by_event.get(row.name, ())]
        if jobs:
            await Job.bulk_create(jobs, ignore_conflicts=True)
        if rows:
            await OutboxEvent.filter(id__in=[row.id for row in rows]).update(is_dispatched=True)
    return len(rows)


def _job(event: OutboxEvent, handler: Handler) -> Job:
    ordering = f"{handler.name}|{event.ordering_key}" if event.ordering_key else ""
    return Job(
        id=new_id(),
        handler=handler.name,
        event_id=event.id,
        ordering_key=ordering,
        target=handler.target,
        due_at=time.time(),
    )


CLAIM = """
UPDATE journal_job SET lease_until = {p1}, attempts = attempts + 1
WHERE id IN (
    SELECT j.id FROM journal_job j
    WHERE j.state = 'waiting' AND j.due_at <= {p2} AND j.lease_until <= {p3}
      {targets}
      AND NOT EXISTS (
        SELECT 1 FROM journal_job e
        WHERE j.ordering_key <> '' AND e.ordering_key = j.ordering_key
          AND e.state = 'waiting' AND e.event_id < j.event_id)
    ORDER BY j.event_id LIMIT {p4} {lock})
RETURNING id, handler, event_id, attempts
"""


async def claim(*, limit: int, lease_seconds: float, closed_targets: Sequence[str] = ()) -> list[ClaimedJob]:
    """Take due jobs for a while; of one ordering key only the oldest, none of a closed target."""
    connection = get_connection("default")
    is_postgres = connection.capabilities.dialect == "postgres"
    now = time.time()
    lease_until = now + lease_seconds
    values: list[object] = [lease_until, now, now, limit, *closed_targets]
    marks = [f"${i}" if is_postgres else "?" for i in range(1, len(values) + 1)]
    if not is_postgres:  # "?" is positional: the targets stand before the limit in the text
        values = [lease_until, now, now, *closed_targets, limit]
    sql = CLAIM.format(
        p1=marks[0],
        p2=marks[1],
        p3=marks[2],
        p4=marks[3],
        targets=f"AND j.target NOT IN ({', '.join(marks[4:])})" if closed_targets else "",
        lock="FOR UPDATE SKIP LOCKED" if is_postgres else "",
    )
    taken = await connection.execute_query_dict(sql, values)
    events = {row.id: row for row in await OutboxEvent.filter(id__in=[t["event_id"] for t in taken])}
    return [
        ClaimedJob(
            UUID(str(t["id"])),
            t["handler"],
            events[t["event_id"]].name,
            events[t["event_id"]].payload,
            t["attempts"],
            lease_until,
        )
        for t in sorted(taken, key=lambda t: t["event_id"])
    ]


async def finish(job: ClaimedJob) -> None:
    await Job.filter(id=job.id, lease_until=job.lease_until).update(state="done", last_error="")


async def put_off(job: ClaimedJob, *, delay_seconds: float, error: str) -> None:
    """Give a failed job back, due later."""
    await Job.filter(id=job.id, lease_until=job.lease_until).update(
        due_at=time.time() + delay_seconds, lease_until=0, last_error=error[:200]
    )


async def bury(job: ClaimedJob, *, error: str) -> None:
    """Give a job up; it waits in the dead letters for a person."""
    await Job.filter(id=job.id, lease_until=job.lease_until).update(state="dead", last_error=error[:200])


async def revive_dead() -> int:
    """Queue every dead letter again."""
    return await Job.filter(state="dead").update(
        state="waiting", attempts=0, due_at=time.time(), lease_until=0
    )


async def backlog() -> dict[str, int]:
    """How many jobs wait and how many are dead."""
    return {
        "events": await OutboxEvent.filter(is_dispatched=False).count(),
        "waiting": await Job.filter(state="waiting").count(),
        "dead": await Job.filter(state="dead").count(),
    }


async def oldest_wait_seconds() -> float:
    """How long the job that should have run first has been waiting."""
    first = await Job.filter(state="waiting", due_at__lte=time.time()).order_by("due_at").first()
    return max(0.0, time.time() - first.due_at) if first else 0.0


async def take_slot(name: str, slot: int) -> bool:
    """Claim one slot of timed work; False when another worker has it."""
    try:
        async with in_transaction("default"):
            await PeriodicSlot.create(id=new_id(), name=name, slot=slot)
    except IntegrityError:
        return False
    await PeriodicSlot.filter(name=name, slot__lt=slot - 100).delete()
    return True
