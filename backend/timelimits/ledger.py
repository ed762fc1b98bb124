"""The ledger of a limit, pure: what happened to it, and how replaying gives the same limit again."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import assert_never
from uuid import UUID

from backend.kernel.units import Days
from backend.timelimits import rules
from backend.timelimits.types import Pause


class EntryKind(StrEnum):
    """What happened to a limit."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    STOPPED = "stopped"
    RECOUNTED = "recounted"  # the calendar was corrected; the date moved by that alone


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One thing that happened to a limit. Never changed, never deleted."""

    id: UUID
    kind: EntryKind
    on: date
    #: The moment, where the act has one.
    at: datetime | None = None
    #: The limit at its start, the addition of an extension, the time a pause is meant to need.
    days: Days | None = None
    #: Ties a pause to its end, on every clock it stopped.
    pause_id: UUID | None = None
    reason: str = ""
    article: str = ""
    #: The letter that told the applicant beforehand (第四十五条).
    notice_id: UUID | None = None


@dataclass(frozen=True)
class Reckoning:
    """What a ledger amounts to."""

    started_on: date
    limit: Days
    pauses: tuple[Pause, ...] = ()
    extended_by: Days | None = None
    stopped_on: date | None = None

    @property
    def total(self) -> Days:
        return rules.extended(self.limit, self.extended_by) if self.extended_by else self.limit

    @property
    def open_pauses(self) -> tuple[Pause, ...]:
        return tuple(each for each in self.pauses if each.ends is None)

    def settled(self, today: date | None) -> tuple[Pause, ...]:
        """The pauses with the open ones ended by the stop, or today where a day is given."""
        end = self.stopped_on or today
        return rules.closed_at(self.pauses, end) if end else self.pauses


def replay(entries: Sequence[Entry]) -> Reckoning:
    """Read a ledger from its first entry, which is always the start."""
    first, *later = entries
    assert first.kind is EntryKind.STARTED and first.days is not None, "a ledger begins with its start"
    state = Reckoning(first.on, first.days)
    pause_ids: dict[UUID | None, UUID] = {}
    for entry in later:
        if entry.kind is EntryKind.PAUSED:
            pause_ids[entry.pause_id] = entry.id
        state = _after(state, entry, opened_by=pause_ids.get(entry.pause_id))
    return state


def _after(state: Reckoning, entry: Entry, *, opened_by: UUID | None) -> Reckoning:
    match entry.kind:
        case EntryKind.PAUSED:
            pause = Pause(entry.on, None, entry.reason, entry.id)
            return replace(state, pauses=(*state.pauses, pause))
        case EntryKind.RESUMED:
            return replace(state, pauses=_ended(state.pauses, opened_by, entry.on))
        case EntryKind.EXTENDED:
            return replace(state, extended_by=entry.days)
        case EntryKind.STOPPED:
            return replace(state, stopped_on=entry.on)
        case EntryKind.STARTED | EntryKind.RECOUNTED:
            return state
        case _ as never:
            assert_never(never)


def _ended(pauses: tuple[Pause, ...], opened_by: UUID | None, on: date) -> tuple[Pause, ...]:
    return tuple(replace(each, ends=on) if each.ledger_id == opened_by else each for each in pauses)
