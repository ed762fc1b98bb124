"""Facts about time limits."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from backend.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DueDatesMoved(Event):
    """A corrected calendar moved the due dates of an open case; told once per correction and case."""

    name: ClassVar[str] = "timelimits.due_dates_moved"
    case_id: UUID
    revision_id: UUID
