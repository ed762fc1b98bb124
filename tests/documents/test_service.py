"""Documents are numbered with the act, pressed once, served with proof."""

import asyncio
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest

from backend.adapters.files.local import LocalFiles
from backend.documents import service
from backend.documents.errors import CannotBePrinted, ContentIncomplete, NoSuchDocument, NotReady
from backend.documents.events import DocumentIssued
from backend.documents.handlers import HANDLERS, press
from backend.documents.ports import Press, SealService
from backend.documents.types import DocumentKind, DocumentStatus, DocumentView, Letter, Way
from backend.journal.loop import Worker
from backend.journal.service import history_of_case, use_case
from backend.kernel.actors import SYSTEM, Actor, ActorKind
from backend.kernel.clock import SHANGHAI, FixedClock
from backend.kernel.errors import Unavailable
from backend.kernel.events import Context
from backend.kernel.law import licensing_law
from backend.kernel.ports import FileStore, Ports
from tests.sample_office import publish_office

pytestmark = pytest.mark.anyio
ACTOR = Actor(ActorKind.OFFICER, uuid4(), "0001")
CONTENT: dict[str, str | list[str]] = {
    "addressee": "王秀兰",
    "item_name": "食品经营许可",
    "case_number": "370321-20261123-00001",
    "received_on": "2026-11-23",
}


@dataclass
class PaperOffice:
    """A press and a seal that write down what they did."""

    pressed: list[str] = field(default_factory=list)
    sealed_at: list[datetime] = field(default_factory=list)
    is_down: bool = False

    async def press_letter(self, content: Letter) -> bytes:
        self.pressed.append(content.number)
        return content.number.encode()

    async def seal(self, pdf: bytes, *, reason: str, at: datetime) -> bytes:
        if self.is_down:
            raise Unavailable("电子印章服务")
        self.sealed_at.append(at)
        return pdf + f" sealed {len(self.sealed_at)}".encode()


@pytest.fixture
def office() -> PaperOffice:
    return PaperOffice()


@pytest.fixture
def context(office: PaperOffice, clock: FixedClock, tmp_path: Path) -> Context:
    bound = {Press: office, SealService: office, FileStore: LocalFiles(tmp_path / "files")}
    return Context(clock, Ports(bound))


async def issued(now: datetime, case_id: UUID | None = None) -> DocumentView:
    return await service.issue(
        case_id or uuid4(),
        kind=DocumentKind.RECEIPT,
        content=CONTENT,
        article=licensing_law("第三十二条第二款"),
        actor=ACTOR,
        now=now,
    )


def event(document: DocumentView) -> DocumentIssued:
    return DocumentIssued(
        at=document.issued_at, document_id=document.id, case_id=document.case_id, kind=document.kind
    )


async def test_a_document_is_numbered_and_dated_with_its_act(database: str, clock: FixedClock) -> None:
    await publish_office(clock.now())
    case_id = uuid4()

    document = await issued(clock.now(), case_id)

    assert document.number == "桓审批收〔2026〕0001号"
    assert (document.title, document.issued_on) == ("申请材料收件凭证", clock.now().date())
    assert (document.status, document.file_key) == (DocumentStatus.PRESSING, None)
    assert await service.of_case(case_id) == [document]
    assert [entry.verb for entry in await history_of_case(case_id)] == ["documents.issue"]


async def test_numbers_are_unbroken_though_many_ask_at_once(database: str, clock: FixedClock) -> None:
    await publish_office(clock.now())

    documents = await asyncio.gather(*(issued(clock.now()) for _ in range(12)))

    assert sorted(each.number[-5:-1] for each in documents) == [f"{n:04d}" for n in range(1, 13)]


async def test_an_act_that_failed_leaves_no_gap(database: str, clock: FixedClock) -> None:
    await publish_office(clock.now())

    @use_case
    async def act_that_fails() -> None:
        await issued(clock.now())
        raise RuntimeError("after the number was taken")

    with pytest.raises(RuntimeError):
        await act_that_fails()
    assert (await issued(clock.now())).number == "桓审批收〔2026〕0001号"


async def test_each_year_begins_anew_at_the_office_s_midnight(database: str, clock: FixedClock) -> None:
    await publish_office(clock.now())
    await issued(datetime(2026, 12, 31, 23, 59, tzinfo=SHANGHAI))

    document = await issued(datetime(2026, 12, 31, 16, 1, tzinfo=UTC))

    assert document.number == "桓审批收〔2027〕0001号"
    assert document.issued_on.isoformat() == "2027-01-01"


async def test_an_incomplete_letter_is_not_issued(database: str, clock: FixedClock) -> None:
    with pytest.raises(ContentIncomplete):
        await service.issue(
            uuid4(),
            kind=DocumentKind.REFUSAL,
            content=CONTENT,
            article=licensing_law("第三十八条第二款"),
            actor=ACTOR,
            now=clock.now(),
        )


async def test_the_worker_presses_seals_and_stores(
    database: str, clock: FixedClock, office: PaperOffice, context: Context
) -> None:
    await publish_office(clock.now())
    document = await issued(clock.now())
    clock.advance(timedelta(minutes=3))

    await Worker(HANDLERS, [], context).drain()

    ready = await service.document(document.id)
    assert ready.is_ready and ready.file_key
    assert await context.ports.get(FileStore).get(ready.file_key) == f"{document.number} sealed 1".encode()
    assert office.sealed_at == [clock.now()]


async def test_pressed_twice_the_first_stays(
    database: str, clock: FixedClock, office: PaperOffice, context: Context
) -> None:
    await publish_office(clock.now())
    document = await issued(clock.now())

    await asyncio.gather(press(event(document), context), press(event(document), context))
    first = (await service.document(document.id)).file_key
    await press(event(document), context)

    assert (await service.document(document.id)).file_key == first
    verbs = [entry.verb for entry in await history_of_case(document.case_id)]
    assert verbs.count("documents.seal") == 1


async def test_while_the_seal_is_down_the_document_stays_pressing(
    database: str, clock: FixedClock, office: PaperOffice, context: Context
) -> None:
    await publish_office(clock.now())
    document = await issued(clock.now())
    office.is_down = True
    with pytest.raises(Unavailable):
        await press(event(document), context)
    assert not (await service.document(document.id)).is_ready
    office.is_down = False

    await press(event(document), context)

    assert (await service.document(document.id)).is_ready


async def test_service_is_proven_once_a_way(database: str, clock: FixedClock, context: Context) -> None:
    await publish_office(clock.now())
    document = await issued(clock.now())
    with pytest.raises(NotReady):
        await service.serve(document.id, Way.ONLINE, actor=ACTOR, now=clock.now())
    await press(event(document), context)
    served_on = clock.now().date()

    await service.serve(document.id, Way.ONLINE, actor=ACTOR, now=clock.now())
    clock.advance(timedelta(days=2))
    await service.serve(document.id, Way.ONLINE, actor=ACTOR, now=clock.now())
    last = await service.serve(document.id, Way.COURIER, actor=ACTOR, now=clock.now(), proof="EMS 0001")

    assert last.served_on == served_on
    assert [each.way for each in await service.deliveries_of(document.id)] == [Way.ONLINE, Way.COURIER]
    verbs = [entry.verb for entry in await history_of_case(document.case_id)]
    assert verbs.count("documents.serve") == 2


async def test_an_unknown_document_is_not_found(database: str, clock: FixedClock) -> None:
    with pytest.raises(NoSuchDocument):
        await service.document(uuid4())
    with pytest.raises(NoSuchDocument):
        await service.serve(uuid4(), Way.ONLINE, actor=SYSTEM, now=clock.now())


async def test_remedies_are_those_of_the_office(database: str, clock: FixedClock) -> None:
    await publish_office(clock.now())
    assert "桓台县人民政府" in await service.remedies()


async def test_a_letter_the_font_cannot_set_is_told_in_the_journal(
    database: str, clock: FixedClock, context: Context
) -> None:
    class NoSuchSign:
        async def press_letter(self, content: Letter) -> bytes:
            raise CannotBePrinted(content.number, "字库里没有“𪚥”")

    document = await issued(clock.now())
    bare = Context(clock, context.ports.with_({Press: NoSuchSign()}))
    event = DocumentIssued(
        at=clock.now(), document_id=document.id, case_id=document.case_id, kind=document.kind
    )
    with pytest.raises(CannotBePrinted):
        await press(event, bare)
    told = (await history_of_case(document.case_id))[-1]
    assert (told.verb, told.detail) == ("documents.cannot_print", {"number": document.number})
