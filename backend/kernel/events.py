"""Facts that packages tell each other, and how one reacts to them.

A use case publishes an event in its own transaction; the worker delivers it afterwards, at least
once, so every handler may run twice.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self, cast
from uuid import UUID

from pydantic import TypeAdapter

from backend.kernel.clock import Clock
from backend.kernel.ports import Ports


@dataclass(frozen=True, kw_only=True)
class Event:
    """Base of all events. Subclasses are frozen dataclasses in the past tense."""

    #: `package.fact_in_past_tense`; stored, so it never changes its meaning.
    name: ClassVar[str] = ""
    at: datetime

    @property
    def ordering_key(self) -> str:
        """Events of one key are handled in order; by default each case is its own queue."""
        case_id = getattr(self, "case_id", None)
        return f"case:{case_id}" if isinstance(case_id, UUID) else ""

    def payload(self) -> dict[str, Any]:
        """The event as JSON values."""
        return cast(dict[str, Any], type(self)._adapter().dump_python(self, mode="json"))

    @classmethod
    def from_payload(cls, payload: dict[str, Any]) -> Self:
        """Read a stored event; fields it no longer knows are ignored, so that old rows stay readable."""
        known = {field.name for field in fields(cls)}
        return cast(Self, cls._adapter().validate_python({k: v for k, v in payload.items() if k in known}))

    @classmethod
    def _adapter(cls) -> TypeAdapter[Any]:
        """Built once for each kind of event: building costs a hundred times as much as using."""
        if cls not in _adapters:
            _adapters[cls] = TypeAdapter(cls)
        return _adapters[cls]


_adapters: dict[type[Event], TypeAdapter[Any]] = {}


@dataclass(frozen=True)
class Context:
    """What a handler or timed job may use besides the database."""

    clock: Clock
    ports: Ports

    @property
    def now(self) -> datetime:
        return self.clock.now()


@dataclass(frozen=True)
class Handler:
    """One reaction to one kind of event.

    `name` is stored with the queued job and must stay. `target` names the outside system the
    reaction calls, if any: when that system is down its jobs wait together.
    """

    name: str
    event: type[Event]
    react: Callable[[Any, Context], Awaitable[None]]
    target: str = ""


@dataclass(frozen=True)
class Periodic:
    """Timed work: `run` is called once per slot of `every`, by whichever worker gets the slot."""

    name: str
    every: timedelta
    run: Callable[[Context], Awaitable[None]]
