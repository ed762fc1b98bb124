"""One act, one transaction: `use_case` opens it, and writes journal and outbox just before the commit."""

import asyncio
from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import wraps
from typing import ParamSpec, TypeVar

import asyncpg
from tortoise.exceptions import OperationalError
from tortoise.transactions import in_transaction

from backend.journal import store
from backend.journal.types import Act
from backend.kernel.errors import Unavailable
from backend.kernel.events import Event

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 5
#: The server undid everything, whenever it happened: always safe to run again.
ROLLED_BACK = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
#: The line went dead: safe to run again only while the commit had not been asked for.
LINE_LOST = (asyncpg.InterfaceError, asyncpg.PostgresConnectionError, ConnectionError, OSError)


@dataclass
class Unit:
    """What the running use case has done so far."""

    acts: list[Act] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    is_committing: bool = False


_current: ContextVar[Unit | None] = ContextVar("journal_unit", default=None)


def use_case(work: Callable[P, Awaitable[R]]) -> Callable[P, Awaitable[R]]:
    """Run a function as one transaction with its journal entries and events.

    Called inside another use case it joins that one's transaction. Passing faults of the database
    (deadlock, lost line before the commit, a busy SQLite file) are tried again up to five times.
    Raises `Unavailable` when that was not enough, and when the line is lost while committing: the
    outcome is then unknown.
    """

    @wraps(work)
    async def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if _current.get() is not None:
            return await work(*args, **kwargs)
        for attempt in range(1, ATTEMPTS + 1):
            unit = Unit()
            try:
                return await _run_in(unit, work, *args, **kwargs)
            except (*ROLLED_BACK, *LINE_LOST, OperationalError) as error:
                if not _may_repeat(error, unit) or attempt == ATTEMPTS:
                    raise _translated(error, unit) from error
                await asyncio.sleep(0.02 * 2**attempt)
        raise AssertionError("the loop returns or raises")

    return run


async def _run_in(unit: Unit, work: Callable[P, Awaitable[R]], *args: P.args, **kwargs: P.kwargs) -> R:
    token = _current.set(unit)
    try:
        async with in_transaction("default"):
            result = await work(*args, **kwargs)
            await store.write(unit.acts, unit.events)
            unit.is_committing = True
        return result
    finally:
        _current.reset(token)


def _may_repeat(error: BaseException, unit: Unit) -> bool:
    if isinstance(error, ROLLED_BACK):
        return True
    if isinstance(error, OperationalError):
        return _is_busy(error)
    return not unit.is_committing


def _is_busy(error: OperationalError) -> bool:
    return "locked" in str(error) or "deadlock" in str(error)


def _translated(error: Exception, unit: Unit) -> Exception:
    if isinstance(error, OperationalError) and not _is_busy(error):
        return error
    return Unavailable("业务数据库", reason=f"{type(error).__name__} committing={unit.is_committing}")


def record(act: Act) -> None:
    """Write an act into the journal with the running use case."""
    _running().acts.append(act)


def publish(event: Event) -> None:
    """Tell other packages a fact once the running use case has committed."""
    _running().events.append(event)


def _running() -> Unit:
    unit = _current.get()
    assert unit is not None, "record and publish belong inside a @use_case"
    return unit
