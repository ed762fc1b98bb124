"""What a clock shows, from its ledger and a calendar, pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from backend.timelimits import rules
from backend.timelimits.calendar import Calendar
from backend.timelimits.ledger import Entry, replay
from backend.timelimits.types import LimitExplanation, TimeLimitView


def shown(
    view: TimeLimitView, entries: Sequence[Entry], *, calendar: Calendar, today: date | None = None
) -> TimeLimitView:
    """The clock as its ledger says.

    With a day given, an open pause is reckoned as ending that day: the date if it were resumed now.
    """
    state = replay(entries)
    pauses = state.settled(today)
    due = rules.due_on(state.started_on, state.total, calendar=calendar, pauses=pauses)
    is_open = state.stopped_on is None and any(each.begins < due.on for each in state.open_pauses)
    return replace(
        view,
        limit=state.total,
        due_on=due.on,
        amber_on=rules.amber_on(due.on, calendar=calendar),
        is_provisional=due.is_provisional,
        paused=is_open,
        extended_by=state.extended_by,
        stopped_on=state.stopped_on,
    )


def explained(
    view: TimeLimitView, entries: Sequence[Entry], *, calendar: Calendar, today: date | None = None
) -> LimitExplanation:
    """Why the clock shows that date, day by day; the same pauses and calendar as `shown`."""
    state = replay(entries)
    pauses = state.settled(today)
    due = rules.due_on(state.started_on, state.total, calendar=calendar, pauses=pauses)
    days = rules.explain(state.started_on, state.total, calendar=calendar, pauses=pauses)
    return LimitExplanation(view.kind, state.total, due.on, due.is_provisional, tuple(days))
