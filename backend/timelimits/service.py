"""The clocks of a case: start, stop, pause, extend, and say why they end when they do.

Starting and stopping are part of the case's own act, which stands in the journal; what changes a
running clock is journaled here.
"""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from backend.journal.service import record, use_case
from backend.journal.types import Act
from backend.kernel.actors import Actor
from backend.kernel.clock import legal_day
from backend.kernel.ids import new_id
from backend.kernel.law import Article
from backend.kernel.units import Days
from backend.timelimits import reckoning, rules, store
from backend.timelimits.calendar import Calendar
from backend.timelimits.calendars import as_of, calendar, load_calendar, load_published, newest
from backend.timelimits.errors import (
    AlreadyExtended,
    AlreadyRunning,
    ExtensionTooLong,
    LimitPassed,
    NoRunningLimit,
    NoSuchPause,
)
from backend.timelimits.ledger import Entry, EntryKind, replay
from backend.timelimits.store import StoredLimit
from backend.timelimits.types import LimitExplanation, LimitKind, PauseKind, TimeLimitView

__all__ = [
    "calendar",
    "explain_case",
    "extend",
    "load_calendar",
    "load_published",
    "of_case",
    "passed",
    "remaining",
    "resume",
    "start",
    "stop",
    "suspend",
]


@use_case
async def start(
    case_id: UUID, *, kind: LimitKind, from_day: date, limit: Days, article: Article, now: datetime
) -> TimeLimitView:
    """Start a clock; `from_day` is day 0, the day of receipt or acceptance (行政许可法 第八十二条).

    Raises `AlreadyRunning` where the case has a running clock of this kind.
    """
    if any(each.view.kind is kind for each in await _running(case_id)):
        raise AlreadyRunning(kind)
    dated = await newest()
    due = rules.due_on(from_day, limit, calendar=dated.calendar)
    view = TimeLimitView(
        id=new_id(),
        case_id=case_id,
        kind=kind,
        limit=limit,
        article=article,
        started_on=from_day,
        due_on=due.on,
        amber_on=rules.amber_on(due.on, calendar=dated.calendar),
        is_provisional=due.is_provisional,
        paused=False,
        extended_by=None,
        stopped_on=None,
    )
    entry = Entry(id=new_id(), kind=EntryKind.STARTED, on=from_day, at=now, days=limit, article=str(article))
    await store.add(view, entry, revision_id=dated.revision_id)
    return view


@use_case
async def stop(case_id: UUID, *, on: date, kind: LimitKind | None = None) -> None:
    """Stop the case's running clock of a kind, or all of them. None running is no fault."""
    for each in await _running(case_id):
        if kind in (None, each.view.kind):
            await _append(each, Entry(id=new_id(), kind=EntryKind.STOPPED, on=on))


@use_case
async def suspend(
    case_id: UUID,
    *,
    kind: PauseKind,
    reason: str,
    actor: Actor,
    now: datetime,
    needs: Days | None = None,
    notice_id: UUID | None = None,
) -> UUID:
    """Pause the clocks a special procedure stops (中止计时), from today; today still counts.

    行政许可法 第四十五条; `needs` is the time told to the applicant, `notice_id` the letter telling it.
    Returns the pause's id for `resume`. Raises `NoRunningLimit`, `LimitPassed`.
    """
    on, pause_id = legal_day(now), new_id()
    kinds, article = rules.stopped_by(kind)
    touched = [each for each in await _running(case_id) if each.view.kind in kinds]
    if not touched:
        raise NoRunningLimit
    for each in touched:
        await _refuse_when_passed(each, on)
    for each in touched:
        entry = Entry(
            id=new_id(),
            kind=EntryKind.PAUSED,
            on=on,
            at=now,
            days=needs,
            pause_id=pause_id,
            reason=f"{kind.text}（{reason}）" if reason else kind.text,
            article=str(article),
            notice_id=notice_id,
        )
        await _append(each, entry)
    detail = {"pause_id": pause_id, "kind": kind, "clocks": sorted(each.view.kind for each in touched)}
    _record("timelimits.suspend", case_id, actor=actor, now=now, article=article, detail=detail)
    return pause_id


@use_case
async def resume(case_id: UUID, *, pause_id: UUID, actor: Actor, now: datetime) -> None:
    """End a pause today on every clock it stopped; counting goes on tomorrow.

    Raises `NoSuchPause` where it is not open.
    """
    on = legal_day(now)
    touched = [each for each in await _running(case_id) if _is_open(each, pause_id)]
    if not touched:
        raise NoSuchPause
    for each in touched:
        await _append(each, Entry(id=new_id(), kind=EntryKind.RESUMED, on=on, at=now, pause_id=pause_id))
    detail = {"pause_id": pause_id}
    _record("timelimits.resume", case_id, actor=actor, now=now, article=None, detail=detail)


@use_case
async def extend(
    case_id: UUID, *, by: Days, reason: str, actor: Actor, now: datetime, is_joint: bool = False
) -> TimeLimitView:
    """Extend the statutory clock once (延期), with the approval the caller has seen to.

    行政许可法 第四十二条: at most 10 working days, 15 for joint handling. Raises `NoRunningLimit`,
    `LimitPassed`, `AlreadyExtended`, `ExtensionTooLong`.
    """
    on = legal_day(now)
    limit = next((x for x in await _running(case_id) if x.view.kind is LimitKind.STATUTORY), None)
    if limit is None:
        raise NoRunningLimit
    if limit.view.extended_by:
        raise AlreadyExtended
    longest, article = rules.longest_extension(is_joint=is_joint)
    if not 1 <= by.count <= longest.count or by.unit is not limit.view.limit.unit:
        raise ExtensionTooLong(Days(longest.count, limit.view.limit.unit))
    await _refuse_when_passed(limit, on)
    entry = Entry(
        id=new_id(), kind=EntryKind.EXTENDED, on=on, at=now, days=by, reason=reason, article=str(article)
    )
    view = await _append(limit, entry)
    _record("timelimits.extend", case_id, actor=actor, now=now, article=article, detail={"by": str(by)})
    return view


async def of_case(case_id: UUID, *, today: date | None = None) -> list[TimeLimitView]:
    """A case's clocks in the order they started.

    With `today` a paused clock shows its date as if resumed now; without, its earliest possible date.
    A stopped clock keeps the calendar it was reckoned with.
    """
    return [
        reckoning.shown(each.view, each.entries, calendar=await _calendar_of(each), today=today)
        for each in await store.of_case(case_id)
    ]


async def explain_case(case_id: UUID, *, today: date | None = None) -> list[LimitExplanation]:
    """Why each of a case's clocks ends when it does, day by day; same dates as `of_case`."""
    return [
        reckoning.explained(each.view, each.entries, calendar=await _calendar_of(each), today=today)
        for each in await store.of_case(case_id)
    ]


async def remaining(case_id: UUID, *, kind: LimitKind, today: date) -> int | None:
    """Days of the clock's unit left after today, negative once passed; None where none is running."""
    days = await calendar()
    for view in await of_case(case_id, today=today):
        if view.kind is kind and view.is_running:
            return rules.remaining(view.due_on, unit=view.limit.unit, today=today, calendar=days)
    return None


async def passed(kind: LimitKind, *, today: date, limit: int = 100) -> list[UUID]:
    """Cases whose running clock of a kind is over, the oldest first; paused ones are not over."""
    return await store.passed(kind, before=today, limit=limit)


async def _running(case_id: UUID) -> list[StoredLimit]:
    return [each for each in await store.of_case(case_id, lock=True) if each.view.is_running]


async def _append(limit: StoredLimit, entry: Entry) -> TimeLimitView:
    dated = await newest()
    view = reckoning.shown(limit.view, (*limit.entries, entry), calendar=dated.calendar)
    await store.append(limit, entry, view=view, revision_id=dated.revision_id)
    return view


async def _calendar_of(limit: StoredLimit) -> Calendar:
    dated = await newest() if limit.view.is_running else await as_of(limit.revision_id)
    return dated.calendar


async def _refuse_when_passed(limit: StoredLimit, today: date) -> None:
    view = reckoning.shown(limit.view, limit.entries, calendar=await calendar(), today=today)
    if rules.has_passed(view.due_on, today=today):
        raise LimitPassed(view.kind, view.due_on)


def _is_open(limit: StoredLimit, pause_id: UUID) -> bool:
    opened = {each.ledger_id for each in replay(limit.entries).open_pauses}
    return any(each.id in opened and each.pause_id == pause_id for each in limit.entries)


def _record(
    verb: str,
    case_id: UUID,
    *,
    actor: Actor,
    now: datetime,
    article: Article | None,
    detail: Mapping[str, object],
) -> None:
    record(
        Act(
            verb=verb,
            actor=actor,
            at=now,
            subject_kind="case",
            subject_id=case_id,
            case_id=case_id,
            article=article,
            detail=detail,
        )
    )
