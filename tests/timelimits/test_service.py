"""Clocks in the database: stored, paused, extended, moved by the calendar, explained."""

from datetime import date, datetime, timedelta
from uuid import UUID

import pytest

from backend.journal import service as journal
from backend.journal.models import OutboxEvent
from backend.kernel.actors import SYSTEM
from backend.kernel.clock import SHANGHAI
from backend.kernel.ids import new_id
from backend.kernel.law import licensing_law
from backend.kernel.units import CalendarDays, Days, WorkingDays
from backend.timelimits import service
from backend.timelimits.errors import (
    AlreadyExtended,
    AlreadyRunning,
    CalendarIncomplete,
    ExtensionTooLong,
    LimitPassed,
    NoRunningLimit,
    NoSuchPause,
)
from backend.timelimits.published import days_of
from backend.timelimits.types import CalendarDay, LimitKind, PauseKind, TimeLimitView

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

ART_42 = licensing_law("第四十二条第一款")
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(hour=10, tzinfo=SHANGHAI)


async def start(case_id: UUID, kind: LimitKind, days: int, *, day: str = "2026-11-23") -> TimeLimitView:
    return await service.start(
        case_id,
        kind=kind,
        from_day=date.fromisoformat(day),
        limit=WorkingDays(days),
        article=ART_42,
        now=at(day),
    )


async def only(case_id: UUID, today: str | None = None) -> TimeLimitView:
    [view] = await service.of_case(case_id, today=date.fromisoformat(today) if today else None)
    return view


async def pause(case_id: UUID, day: str, kind: PauseKind = PauseKind.HEARING) -> UUID:
    return await service.suspend(case_id, kind=kind, reason="申请人要求听证", actor=SYSTEM, now=at(day))


@pytest.fixture(autouse=True)
async def published(database: str) -> None:
    await service.load_published(now=NOW)


async def test_a_started_limit_is_stored_and_shown() -> None:
    case_id = new_id()
    view = await start(case_id, LimitKind.STATUTORY, 20)
    assert view.due_on == date(2026, 12, 21)
    assert await only(case_id) == view


async def test_both_clocks_run_side_by_side() -> None:
    case_id = new_id()
    await start(case_id, LimitKind.STATUTORY, 20)
    await start(case_id, LimitKind.PROMISED, 5)
    found = {view.kind: view.due_on for view in await service.of_case(case_id)}
    assert found == {LimitKind.STATUTORY: date(2026, 12, 21), LimitKind.PROMISED: date(2026, 11, 30)}


async def test_one_clock_of_a_kind_at_a_time() -> None:
    case_id = new_id()
    await start(case_id, LimitKind.STATUTORY, 20)
    with pytest.raises(AlreadyRunning):
        await start(case_id, LimitKind.STATUTORY, 20)
    await service.stop(case_id, on=date(2026, 11, 25), kind=LimitKind.STATUTORY)
    await start(case_id, LimitKind.STATUTORY, 20, day="2026-11-26")
    assert [view.is_running for view in await service.of_case(case_id)] == [False, True]


async def test_stopping_twice_is_harmless() -> None:
    case_id = new_id()
    await start(case_id, LimitKind.STATUTORY, 20)
    await service.stop(case_id, on=date(2026, 11, 25))
    await service.stop(case_id, on=date(2026, 11, 27))
    assert (await only(case_id)).stopped_on == date(2026, 11, 25)


async def test_art_45_a_hearing_pauses_both_clocks_and_site_inspection_only_the_promise() -> None:
    case_id = new_id()
    await start(case_id, LimitKind.STATUTORY, 20)
    await start(case_id, LimitKind.PROMISED, 5)
    first = await pause(case_id, "2026-11-24", PauseKind.SITE_INSPECTION)
    assert {v.kind for v in await service.of_case(case_id) if v.paused} == {LimitKind.PROMISED}
    second = await pause(case_id, "2026-11-25")
    assert all(view.paused for view in await service.of_case(case_id))
    await service.resume(case_id, pause_id=first, actor=SYSTEM, now=at("2026-11-26"))
    await service.resume(case_id, pause_id=second, actor=SYSTEM, now=at("2026-11-27"))
    found = {view.kind: view.due_on for view in await service.of_case(case_id)}
    # promised: 25, 26 and 27 November are taken, once; statutory: 26 and 27 November.
    assert found == {LimitKind.PROMISED: date(2026, 12, 3), LimitKind.STATUTORY: date(2026, 12, 23)}


async def test_a_paused_clock_shows_the_date_as_if_resumed_today() -> None:
    case_id = new_id()
    await start(case_id, LimitKind.STATUTORY, 20)
    await pause(case_id, "2026-11-24")
    assert (await only(case_id)).due_on == date(2026, 12, 21)
    assert (await only(case_id, "2026-11-27")).due_on == date(2026, 12, 24)
    assert await service.remaining(case_id, kind=LimitKind.STATUTORY, today=date(2026, 11, 27)) == 19


async def test_the_explanation_gives_the_same_date_and_names_the_pause() -> None:
    case_id = new_id()
    await start(case_id, LimitKind.STATUTORY, 20)
    pause_id = await pause(case_id, "2026-11-24")
    await service.resume(case_id, pause_id=pause_id, actor=SYSTEM, now=at("2026-11-26"))
    view = await only(case_id)
    [told] = await service.explain_case(case_id)
    assert told.due_on == view.due_on == told.days[-1].date == date(2026, 12, 23)
    taken = [each for each in told.days if each.ledger_id]
    assert [each.date for each in taken] == [date(2026, 11, 25), date(2026, 11, 26)]
    assert taken[0].reason == "暂停计时：听证（申请人要求听证）"


async def test_no_pause_after_the_limit_has_passed() -> None:
    case_id = new_id()
    await start(case_id, LimitKind.STATUTORY, 5)
    await pause(case_id, "2026-11-30")  # the last day itself
    with pytest.raises(LimitPassed):
        await pause(case_id, "2026-12-01")


async def test_a_pause_needs_a_running_clock_and_ends_once() -> None:
    case_id = new_id()
    with pytest.raises(NoRunningLimit):
        await pause(case_id, "2026-11-24")
    await start(case_id, LimitKind.STATUTORY, 20)
    pause_id = await pause(case_id, "2026-11-24")
    await service.resume(case_id, pause_id=pause_id, actor=SYSTEM, now=at("2026-11-25"))
    with pytest.raises(NoSuchPause):
        await service.resume(case_id, pause_id=pause_id, actor=SYSTEM, now=at("2026-11-26"))


async def test_art_42_an_extension_of_ten_days_once() -> None:
    case_id = new_id()
    await start(case_id, LimitKind.STATUTORY, 20)
    view = await extend(case_id, WorkingDays(10))
    assert (view.limit, view.due_on) == (WorkingDays(30), date(2027, 1, 4))
    assert view.is_provisional
    with pytest.raises(AlreadyExtended):
        await extend(case_id, WorkingDays(1))


async def extend(
    case_id: UUID, by: Days, *, day: str = "2026-12-01", is_joint: bool = False
) -> TimeLimitView:
    return await service.extend(
        case_id, by=by, reason="案情复杂", actor=SYSTEM, now=at(day), is_joint=is_joint
    )


@pytest.mark.parametrize(
    ("by", "is_joint"),
    [(WorkingDays(11), False), (WorkingDays(16), True), (WorkingDays(0), False), (CalendarDays(10), False)],
)
async def test_art_42_a_longer_extension_is_refused(by: Days, is_joint: bool) -> None:
    case_id = new_id()
    await start(case_id, LimitKind.STATUTORY, 20)
    with pytest.raises(ExtensionTooLong):
        await extend(case_id, by, is_joint=is_joint)


async def test_an_extension_after_the_end_is_refused() -> None:
    case_id = new_id()
    with pytest.raises(NoRunningLimit):
        await extend(case_id, WorkingDays(10))
    await start(case_id, LimitKind.STATUTORY, 20)
    with pytest.raises(LimitPassed):
        await extend(case_id, WorkingDays(10), day="2026-12-22")


async def test_what_changes_a_running_clock_is_journaled_with_its_article() -> None:
    case_id = new_id()
    await start(case_id, LimitKind.STATUTORY, 20)
    pause_id = await pause(case_id, "2026-11-24")
    await service.resume(case_id, pause_id=pause_id, actor=SYSTEM, now=at("2026-11-25"))
    await extend(case_id, WorkingDays(5))
    entries = await journal.history_of_case(case_id)
    assert [each.verb for each in entries] == ["timelimits.suspend", "timelimits.resume", "timelimits.extend"]
    assert "第四十五条" in entries[0].article
    assert "第四十二条第一款" in entries[2].article


async def test_passed_limits_are_found_oldest_first_and_paused_ones_are_left_out() -> None:
    late, later, paused, stopped = (new_id() for _ in range(4))
    await start(later, LimitKind.CORRECTION, 3)
    await start(late, LimitKind.CORRECTION, 2)
    await start(paused, LimitKind.STATUTORY, 2)
    await pause(paused, "2026-11-24")
    await start(stopped, LimitKind.CORRECTION, 1)
    await service.stop(stopped, on=date(2026, 11, 24))
    assert await service.passed(LimitKind.CORRECTION, today=date(2026, 11, 25)) == []
    assert await service.passed(LimitKind.CORRECTION, today=date(2026, 11, 27)) == [late, later]
    assert await service.passed(LimitKind.STATUTORY, today=date(2026, 11, 30)) == []


async def test_loading_the_published_years_again_changes_nothing() -> None:
    assert (await service.load_published(now=NOW)).changed_days == 0
    assert (await service.calendar()).is_provisional(date(2027, 1, 4))


NEW_YEAR = [CalendarDay(date(2027, 1, 1), False, "元旦"), CalendarDay(date(2027, 1, 3), True, "元旦")]


async def test_a_new_years_notice_moves_provisional_dates_and_tells_each_case_once() -> None:
    case_id, short = new_id(), new_id()
    await start(case_id, LimitKind.STATUTORY, 20, day="2026-12-21")
    await start(case_id, LimitKind.PROMISED, 11, day="2026-12-21")
    await start(short, LimitKind.STATUTORY, 5, day="2026-12-21")
    days = [*NEW_YEAR, CalendarDay(date(2027, 1, 4), False, "元旦")]
    change = await service.load_calendar(days, source="演练通知", now=NOW)
    assert change.moved_limits == 2
    views = await service.of_case(case_id)
    assert {view.due_on for view in views} == {date(2027, 1, 6), date(2027, 1, 19)}
    assert not any(view.is_provisional for view in views)
    told = await OutboxEvent.filter(name="timelimits.due_dates_moved")
    assert [each.payload["case_id"] for each in told] == [str(case_id)]
    again = await service.load_calendar(days, source="演练通知", now=NOW)
    assert again.changed_days == again.moved_limits == 0


async def test_a_notice_that_moves_nothing_still_makes_the_dates_certain() -> None:
    case_id = new_id()
    await start(case_id, LimitKind.STATUTORY, 20, day="2026-12-21")
    change = await service.load_calendar(NEW_YEAR, source="演练通知", now=NOW, years={2027})
    assert change.moved_limits == 0
    assert not (await only(case_id)).is_provisional
    assert not await OutboxEvent.filter(name="timelimits.due_dates_moved").exists()


async def test_a_corrected_calendar_leaves_closed_cases_alone() -> None:
    closed, open_ = new_id(), new_id()
    for case_id in (closed, open_):
        await start(case_id, LimitKind.STATUTORY, 20)
    await service.stop(closed, on=date(2026, 12, 1))
    corrected = [*days_of(2026), CalendarDay(date(2026, 12, 7), False, "暴雪停工")]
    change = await service.load_calendar(corrected, source="更正", now=NOW + timedelta(days=9))
    assert (change.changed_days, change.moved_limits) == (1, 1)
    assert (await only(open_)).due_on == date(2026, 12, 22)
    assert (await only(closed)).due_on == date(2026, 12, 21)
    [told] = await service.explain_case(closed)
    assert told.days[-1].date == date(2026, 12, 21)


async def test_a_correction_may_take_a_day_back() -> None:
    corrected = [day for day in days_of(2026) if day.on != date(2026, 10, 10)]
    change = await service.load_calendar(corrected, source="更正", now=NOW)
    assert change.changed_days == 1
    assert not (await service.calendar()).is_working(date(2026, 10, 10))
    assert (await service.load_published(now=NOW)).changed_days == 0  # the office's correction stays


async def test_a_day_listed_twice_is_refused() -> None:
    with pytest.raises(CalendarIncomplete):
        await service.load_calendar([NEW_YEAR[0], NEW_YEAR[0]], source="演练通知", now=NOW)


async def test_a_limit_in_calendar_days_is_left_alone_by_the_calendar() -> None:
    case_id = new_id()
    view = await service.start(
        case_id,
        kind=LimitKind.STATUTORY,
        from_day=date(2026, 12, 21),
        limit=CalendarDays(30),
        article=ART_42,
        now=NOW,
    )
    assert (view.due_on, view.is_provisional) == (date(2027, 1, 20), False)
    change = await service.load_calendar(NEW_YEAR, source="演练通知", now=NOW)
    assert change.moved_limits == 0
