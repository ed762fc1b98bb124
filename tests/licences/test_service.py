"""A licence is issued once, sealed once, dated truthfully; its status is told to anybody."""

import asyncio
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from backend.adapters.files.local import LocalFiles
from backend.adapters.seal.site import PublicSite
from backend.journal.loop import Worker
from backend.journal.service import history_of_case
from backend.kernel.actors import Actor, ActorKind
from backend.kernel.clock import FixedClock
from backend.kernel.errors import Unavailable
from backend.kernel.events import Context
from backend.kernel.ids import read_verification_code
from backend.kernel.ports import FileStore, Ports
from backend.licences import service
from backend.licences.errors import CannotBePrinted, CodeUnknown, NoSuchLicence, StepNotAllowed
from backend.licences.events import LicenceIssued
from backend.licences.handlers import HANDLERS, seal
from backend.licences.ports import LicencePress, SealService, VerificationSite
from backend.licences.states import LicenceAct, Status
from backend.licences.types import LicencePage, LicenceView
from tests.sample_office import publish_office

pytestmark = pytest.mark.anyio
ACTOR = Actor(ActorKind.OFFICER, uuid4(), "0001")
HOLDER = uuid4()


@dataclass
class PaperOffice:
    """A press and a seal that write down what they did."""

    addresses: list[str] = field(default_factory=list)
    dates: list[datetime] = field(default_factory=list)
    is_down: bool = False
    lacks_a_sign: bool = False

    async def press_licence(self, page: LicencePage, *, verify_url: str) -> bytes:
        if self.lacks_a_sign:
            raise CannotBePrinted(page.number, "字库里没有“𪚥”")
        self.addresses.append(verify_url)
        return page.number.encode()

    async def seal(self, pdf: bytes, *, reason: str, at: datetime) -> bytes:
        if self.is_down:
            raise Unavailable("电子印章服务")
        self.dates.append(at)
        return pdf + f" sealed {len(self.dates)}".encode()

    async def sealed_at(self, sealed: bytes) -> datetime:
        return self.dates[int(sealed.rpartition(b" ")[2]) - 1]


@pytest.fixture
def office() -> PaperOffice:
    return PaperOffice()


@pytest.fixture
def context(office: PaperOffice, clock: FixedClock, tmp_path: Path) -> Context:
    bound = {
        LicencePress: office,
        SealService: office,
        FileStore: LocalFiles(tmp_path / "files"),
        VerificationSite: PublicSite("https://example.invalid"),
    }
    return Context(clock, Ports(bound))


async def issued(
    now: datetime,
    *,
    case_id: UUID | None = None,
    person_id: UUID = HOLDER,
    valid_until: date | None = date(2031, 11, 22),
) -> LicenceView:
    return await service.issue(
        case_id or uuid4(),
        person_id=person_id,
        holder="王秀兰",
        item_code="A-1",
        item_name="食品经营许可",
        title="食品经营许可证",
        content=(("经营项目", "热食类食品制售"),),
        valid_from=now.date(),
        valid_until=valid_until,
        actor=ACTOR,
        now=now,
    )


def event(licence: LicenceView, now: datetime) -> LicenceIssued:
    return LicenceIssued(at=now, licence_id=licence.id, case_id=licence.case_id)


async def sealed(now: datetime, **more: date | None) -> LicenceView:
    licence = await issued(now, **more)  # type: ignore[arg-type]  # only valid_until is passed
    await service.finish_sealing(licence.id, file_key="f" * 64, sealed_at=now)
    return await service.licence(licence.id)


async def test_a_case_has_one_licence_with_number_and_code(database: str, clock: FixedClock) -> None:
    await publish_office(clock.now())
    case_id = uuid4()

    first = await issued(clock.now(), case_id=case_id)
    again = await issued(clock.now(), case_id=case_id)

    assert first == again == await service.of_case(case_id)
    assert first.number == "桓审批证〔2026〕000001号"
    assert read_verification_code(first.verification_code) == first.verification_code
    assert (first.status, first.holder_masked) == (Status.SEALING, "王**")
    assert await service.statuses_of_cases([case_id, uuid4()]) == {case_id: Status.SEALING}
    assert await service.of_case(uuid4()) is None


async def test_numbers_are_unbroken_though_many_ask_at_once(database: str, clock: FixedClock) -> None:
    await publish_office(clock.now())

    licences = await asyncio.gather(*(issued(clock.now()) for _ in range(10)))

    assert sorted(each.number[-4:-1] for each in licences) == [f"{n:03d}" for n in range(1, 11)]
    assert len({each.verification_code for each in licences}) == 10


async def test_the_worker_seals_and_dates_by_the_sealing(
    database: str, clock: FixedClock, office: PaperOffice, context: Context
) -> None:
    await publish_office(clock.now())
    licence = await issued(clock.now())
    clock.advance(timedelta(hours=30))

    await Worker(HANDLERS, [], context).drain()

    done = await service.licence(licence.id)
    assert (done.status, done.sealed_at, done.issued_on) == (Status.VALID, clock.now(), date(2026, 11, 23))
    assert office.addresses == [f"https://example.invalid/verify/{licence.verification_code}"]
    assert done.file_key and b"sealed 1" in await context.ports.get(FileStore).get(done.file_key)
    verbs = [entry.verb for entry in await history_of_case(licence.case_id)]
    assert verbs == ["licences.issue", "licences.seal"]


async def test_sealed_once_although_the_handler_runs_again_and_at_the_same_time(
    database: str, clock: FixedClock, context: Context
) -> None:
    await publish_office(clock.now())
    licence = await issued(clock.now())

    await asyncio.gather(*(seal(event(licence, clock.now()), context) for _ in range(3)))
    first = await service.licence(licence.id)
    clock.advance(timedelta(hours=1))
    await seal(event(licence, clock.now()), context)

    assert await service.licence(licence.id) == first
    verbs = [entry.verb for entry in await history_of_case(licence.case_id)]
    assert verbs.count("licences.seal") == 1


async def test_killed_between_seal_and_record_it_is_sealed_at_the_next_run(
    database: str, clock: FixedClock, office: PaperOffice, context: Context, tmp_path: Path
) -> None:
    await publish_office(clock.now())
    licence = await issued(clock.now())

    class Killed(LocalFiles):
        async def put(self, content: bytes) -> str:
            raise ConnectionError("killed")

    with pytest.raises(ConnectionError):
        broken = Context(context.clock, context.ports.with_({FileStore: Killed(tmp_path)}))
        await seal(event(licence, clock.now()), broken)
    assert (await service.licence(licence.id)).status is Status.SEALING
    clock.advance(timedelta(minutes=5))
    await seal(event(licence, clock.now()), context)

    assert (await service.licence(licence.id)).sealed_at == clock.now() == office.dates[-1]


async def test_while_the_seal_is_down_the_licence_is_being_sealed(
    database: str, clock: FixedClock, office: PaperOffice, context: Context
) -> None:
    await publish_office(clock.now())
    licence = await issued(clock.now())
    office.is_down = True

    with pytest.raises(Unavailable):
        await seal(event(licence, clock.now()), context)

    found = await service.verify(licence.verification_code, now=clock.now())
    assert (found.status, found.sealed_at) == (Status.SEALING, None)


async def test_a_missing_sign_waits_for_a_person(
    database: str, clock: FixedClock, office: PaperOffice, context: Context
) -> None:
    await publish_office(clock.now())
    licence = await issued(clock.now())
    office.lacks_a_sign = True
    with pytest.raises(CannotBePrinted, match="生僻字"):
        await seal(event(licence, clock.now()), context)
    assert (await service.licence(licence.id)).problem == "字库里没有“𪚥”"
    office.lacks_a_sign = False

    await service.seal_again(licence.id, actor=ACTOR, now=clock.now())
    await Worker(HANDLERS, [], context).drain()

    done = await service.licence(licence.id)
    assert (done.status, done.problem) == (Status.VALID, "")
    with pytest.raises(StepNotAllowed):
        await service.seal_again(licence.id, actor=ACTOR, now=clock.now())


async def test_a_verification_tells_the_status_now_and_is_counted(database: str, clock: FixedClock) -> None:
    await publish_office(clock.now())
    licence = await sealed(clock.now())

    found = await service.verify(licence.verification_code, now=clock.now())
    await service.verify(licence.verification_code, now=clock.now())

    assert found.status is Status.VALID
    assert (found.holder_masked, found.number_masked) == ("王**", "桓审批证〔2026〕0***01号")
    assert found.checked_at == clock.now()
    assert (await service.licence(licence.id)).checked_count == 2
    with pytest.raises(CodeUnknown):
        await service.verify("0" * 16, now=clock.now())


async def test_a_changed_licence_points_to_the_new_one(database: str, clock: FixedClock) -> None:
    await publish_office(clock.now())
    licence = await sealed(clock.now())

    await service.change_status(
        licence.id, LicenceAct.CHANGE, actor=ACTOR, now=clock.now(), replaced_by="桓审批证〔2026〕000009号"
    )

    found = await service.verify(licence.verification_code, now=clock.now())
    assert (found.status, found.replaced_by) == (Status.CHANGED, "桓审批证〔2026〕0***09号")


@pytest.mark.parametrize(
    ("acts", "status"),
    [
        ([LicenceAct.SUSPEND], Status.SUSPENDED),
        ([LicenceAct.SUSPEND, LicenceAct.RESUME], Status.VALID),
        ([LicenceAct.ANNUL], Status.ANNULLED),
        ([LicenceAct.REVOKE, LicenceAct.DEREGISTER], Status.DEREGISTERED),
    ],
)
async def test_what_happens_to_a_licence_is_told_at_once(
    database: str, clock: FixedClock, acts: list[LicenceAct], status: Status
) -> None:
    await publish_office(clock.now())
    licence = await sealed(clock.now())
    for act in acts:
        await service.change_status(licence.id, act, actor=ACTOR, now=clock.now())
    assert (await service.verify(licence.verification_code, now=clock.now())).status is status


async def test_steps_outside_the_table_are_refused(database: str, clock: FixedClock) -> None:
    await publish_office(clock.now())
    licence = await issued(clock.now())
    for act in (LicenceAct.SEAL, LicenceAct.SUSPEND):
        with pytest.raises(StepNotAllowed):
            await service.change_status(licence.id, act, actor=ACTOR, now=clock.now())


async def test_an_expired_licence_says_so(database: str, clock: FixedClock) -> None:
    await publish_office(clock.now())
    licence = await sealed(clock.now(), valid_until=date(2026, 11, 23))
    clock.advance(timedelta(days=1))

    found = await service.verify(licence.verification_code, now=clock.now())

    assert found.status is Status.EXPIRED
    assert licence.status_on(clock.now().date()) is Status.EXPIRED


async def test_an_unknown_licence_is_not_found(database: str, clock: FixedClock) -> None:
    with pytest.raises(NoSuchLicence):
        await service.licence(uuid4())
