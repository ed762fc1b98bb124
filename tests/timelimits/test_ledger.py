"""Replaying a ledger gives the limit again, whatever happened in whatever order."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.kernel.ids import new_id
from backend.kernel.law import licensing_law
from backend.kernel.units import WorkingDays
from backend.timelimits.ledger import Entry, EntryKind, replay
from backend.timelimits.published import published_calendar
from backend.timelimits.reckoning import explained, shown
from backend.timelimits.types import Light, LimitKind, TimeLimitView

CALENDAR = published_calendar()
START = date(2026, 3, 2)


def entry(
    kind: EntryKind, on: date = START, *, days: int | None = None, pause_id: UUID | None = None
) -> Entry:
    limit = None if days is None else WorkingDays(days)
    return Entry(id=new_id(), kind=kind, on=on, days=limit, pause_id=pause_id, reason="听证")


def view() -> TimeLimitView:
    return TimeLimitView(
        id=new_id(),
        case_id=new_id(),
        kind=LimitKind.STATUTORY,
        limit=WorkingDays(20),
        article=licensing_law("第四十二条"),
        started_on=START,
        due_on=START,
        amber_on=START,
        is_provisional=False,
        paused=False,
        extended_by=None,
        stopped_on=None,
    )


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    """A start, then pauses, resumptions, an extension and a stop on later and later days."""
    entries = [entry(EntryKind.STARTED, days=draw(st.integers(1, 30)))]
    on, open_pauses = START, []
    for _ in range(draw(st.integers(0, 8))):
        on += timedelta(days=draw(st.integers(0, 6)))
        kind = draw(st.sampled_from([EntryKind.PAUSED, EntryKind.RESUMED, EntryKind.EXTENDED]))
        if kind is EntryKind.PAUSED:
            open_pauses.append(new_id())
            entries.append(entry(kind, on, pause_id=open_pauses[-1]))
        elif kind is EntryKind.RESUMED and open_pauses:
            chosen = draw(st.integers(0, len(open_pauses) - 1))
            entries.append(entry(kind, on, pause_id=open_pauses.pop(chosen)))
        elif kind is EntryKind.EXTENDED and not any(each.kind is kind for each in entries):
            entries.append(entry(kind, on, days=draw(st.integers(1, 10))))
    return entries


@given(ledgers(), st.integers(0, 60))
def test_replaying_a_ledger_gives_the_same_date(entries: list[Entry], later: int) -> None:
    today = START + timedelta(days=later)
    first = shown(view(), entries, calendar=CALENDAR, today=today)
    again = shown(view(), list(entries), calendar=CALENDAR, today=today)
    told = explained(view(), entries, calendar=CALENDAR, today=today)
    assert first.due_on == again.due_on == told.due_on == told.days[-1].date
    assert sum(each.counted for each in told.days) == first.limit.count


@given(ledgers())
def test_a_due_date_never_moves_backwards_as_the_ledger_grows(entries: list[Entry]) -> None:
    dates = [shown(view(), entries[:n], calendar=CALENDAR).due_on for n in range(1, len(entries) + 1)]
    assert dates == sorted(dates)


def test_each_pause_ends_with_its_own_resumption() -> None:
    first, second = new_id(), new_id()
    entries = [
        entry(EntryKind.STARTED, days=20),
        entry(EntryKind.PAUSED, date(2026, 3, 4), pause_id=first),
        entry(EntryKind.PAUSED, date(2026, 3, 6), pause_id=second),
        entry(EntryKind.RESUMED, date(2026, 3, 10), pause_id=first),
    ]
    state = replay(entries)
    assert [(each.begins, each.ends) for each in state.pauses] == [
        (date(2026, 3, 4), date(2026, 3, 10)),
        (date(2026, 3, 6), None),
    ]
    assert [each.ledger_id for each in state.open_pauses] == [entries[2].id]


def test_a_pause_names_its_ledger_entry_in_the_explanation() -> None:
    pause_id = new_id()
    entries = [
        entry(EntryKind.STARTED, days=5),
        entry(EntryKind.PAUSED, date(2026, 3, 4), pause_id=pause_id),
        entry(EntryKind.RESUMED, date(2026, 3, 5), pause_id=pause_id),
    ]
    days = explained(view(), entries, calendar=CALENDAR).days
    assert [each.ledger_id for each in days if each.date == date(2026, 3, 5)] == [entries[1].id]


def test_a_pause_opened_on_the_last_day_does_not_hold_the_clock() -> None:
    """That day still counts, so the limit ends with it and the light turns red."""
    entries = [
        entry(EntryKind.STARTED, days=5),
        entry(EntryKind.PAUSED, date(2026, 3, 9), pause_id=new_id()),
    ]
    found = shown(view(), entries, calendar=CALENDAR, today=date(2026, 3, 12))
    assert (found.due_on, found.paused) == (date(2026, 3, 9), False)
    assert found.light(date(2026, 3, 12)) is Light.RED


@pytest.mark.parametrize(
    ("today", "light"),
    [
        ("2026-03-02", Light.GREEN),
        ("2026-03-26", Light.AMBER),
        ("2026-03-30", Light.AMBER),
        ("2026-03-31", Light.RED),
    ],
)
def test_the_light_of_a_running_limit(today: str, light: Light) -> None:
    found = shown(view(), [entry(EntryKind.STARTED, days=20)], calendar=CALENDAR)
    assert found.due_on == date(2026, 3, 30)
    assert found.light(date.fromisoformat(today)) is light


@pytest.mark.parametrize(("stopped", "light"), [("2026-03-30", Light.GREEN), ("2026-03-31", Light.RED)])
def test_a_stopped_limit_keeps_its_light(stopped: str, light: Light) -> None:
    entries = [entry(EntryKind.STARTED, days=20), entry(EntryKind.STOPPED, date.fromisoformat(stopped))]
    found = shown(view(), entries, calendar=CALENDAR)
    assert found.light(date(2027, 1, 1)) is light


def test_a_paused_limit_is_green_however_long_it_lasts() -> None:
    entries = [
        entry(EntryKind.STARTED, days=5),
        entry(EntryKind.PAUSED, date(2026, 3, 4), pause_id=new_id()),
    ]
    found = shown(view(), entries, calendar=CALENDAR, today=date(2026, 6, 1))
    assert found.paused
    assert found.light(date(2026, 6, 1)) is Light.GREEN
