"""Events are stored as JSON and read back, also by a later release that knows fewer fields."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar
from uuid import UUID, uuid4

from backend.kernel.clock import SHANGHAI
from backend.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class Happened(Event):
    name: ClassVar[str] = "test.happened"
    case_id: UUID
    on: date


def test_an_event_comes_back_as_it_was() -> None:
    event = Happened(at=datetime(2026, 11, 23, 9, tzinfo=SHANGHAI), case_id=uuid4(), on=date(2026, 11, 23))
    again = Happened.from_payload(event.payload() | {"forgotten": 1})
    assert again == event
    assert again.ordering_key == f"case:{event.case_id}"
