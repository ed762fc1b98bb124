"""行政许可法 第三十二条: five outcomes of receiving, each once, each with its letter."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID

import pytest

from backend.cases import service
from backend.cases.errors import (
    ActNotPossible,
    ClaimFirst,
    CorrectionAlreadyRequested,
    CorrectionPeriodOver,
    HeldBySomebodyElse,
    MaterialNotAsked,
    NoSuchCase,
    ReasonsMissing,
)
from backend.cases.jobs import deem_silent_cases_accepted
from backend.cases.models import Case
from backend.cases.rules import DeclineGround
from backend.cases.types import MissingRequest
from backend.documents import service as documents
from backend.documents import store as stored_letters
from backend.journal.service import history_of_case
from backend.kernel.actors import Actor, Role
from backend.kernel.clock import SHANGHAI, FixedClock
from backend.kernel.events import Context
from backend.kernel.ports import Ports
from backend.timelimits import service as timelimits
from backend.timelimits.types import LimitKind
from tests.world import Resident, World, picture

pytestmark = pytest.mark.anyio
FOOD = "H148"


@pytest.fixture
async def clerk(world: World, county: str) -> Actor:
    return await world.officer("1001", Role.WINDOW_CLERK)


@pytest.fixture
async def case(resident: Resident, clock: FixedClock) -> dict[str, object]:
    draft = await resident.draft(FOOD)
    for material in draft["materials"]:
        await resident.file(draft["id"], material["key"])
    filed = await resident.submit(draft["id"])
    clock.advance(timedelta(minutes=5))
    return filed


def id_of(case: dict[str, object]) -> UUID:
    return UUID(str(case["id"]))


async def letters_of(case: dict[str, object]) -> list[str]:
    return [each.kind.value for each in await documents.of_case(id_of(case))]


async def test_art_32_a_dated_voucher_is_issued_on_receipt(case: dict[str, object]) -> None:
    assert case["state"] == "received"
    assert await letters_of(case) == ["receipt"]
    assert case["due_on"] == "2026-11-30"  # a Monday's fifth working day


async def test_art_32_acceptance_starts_the_clock(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock, resident: Resident
) -> None:
    await service.claim(id_of(case), actor=clerk, now=clock.now())
    await service.accept(id_of(case), actor=clerk, vault=world.vault, now=clock.now())
    seen = await resident.ok("GET", f"/cases/{case['id']}")
    assert seen["state"] == "accepted"
    assert [each["kind"] for each in seen["limits"] if each["is_running"]] == ["statutory"]
    assert await letters_of(case) == ["receipt", "acceptance"]
    assert seen["line"]["by"].endswith("日前")


async def test_only_who_holds_a_case_acts_on_it(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock
) -> None:
    with pytest.raises(ClaimFirst):
        await service.accept(id_of(case), actor=clerk, vault=world.vault, now=clock.now())
    other = await world.officer("1002", Role.WINDOW_CLERK)
    await service.claim(id_of(case), actor=clerk, now=clock.now())
    with pytest.raises(HeldBySomebodyElse):
        await service.claim(id_of(case), actor=other, now=clock.now())
    with pytest.raises(HeldBySomebodyElse):
        await service.accept(id_of(case), actor=other, vault=world.vault, now=clock.now())


async def test_two_clerks_at_once_hold_one_case_once(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock
) -> None:
    other = await world.officer("1002", Role.WINDOW_CLERK)
    outcomes = await asyncio.gather(
        service.claim(id_of(case), actor=clerk, now=clock.now()),
        service.claim(id_of(case), actor=other, now=clock.now()),
        return_exceptions=True,
    )
    assert sum(isinstance(each, HeldBySomebodyElse) for each in outcomes) == 1


async def test_art_32_everything_missing_is_named_at_once(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock, resident: Resident
) -> None:
    keys = [str(each["key"]) for each in case["materials"][:2]]  # type: ignore[index]
    await service.claim(id_of(case), actor=clerk, now=clock.now())
    clock.advance(timedelta(hours=1))
    missing = [MissingRequest(key, "照片看不清，请重新拍。") for key in keys]
    await service.request_correction(id_of(case), missing, actor=clerk, vault=world.vault, now=clock.now())
    seen = await resident.ok("GET", f"/cases/{case['id']}")
    assert seen["state"] == "correction"
    assert [each["key"] for each in seen["correction"]["missing"]] == keys
    assert await letters_of(case) == ["receipt", "correction"]
    assert seen["needs_me"]


async def test_art_32_partial_answers_are_kept_and_the_rest_is_named(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock, resident: Resident
) -> None:
    await test_art_32_everything_missing_is_named_at_once(case, clerk, world, clock, resident)
    clock.advance(timedelta(hours=1))
    first, second = (await resident.ok("GET", f"/cases/{case['id']}"))["correction"]["missing"]
    await resident.file(str(case["id"]), first["key"], content=picture("补正一"))
    path = f"/cases/{case['id']}/correction/submit"
    refused = await resident.call("POST", path, headers={"Idempotency-Key": "supply-one"})
    assert refused.json()["error"]["code"] == "cases.correction_incomplete"
    assert second["name"] in refused.json()["error"]["message"]
    await resident.file(str(case["id"]), second["key"], content=picture("补正之二"))
    for _ in range(2):
        done = await resident.ok("POST", path, headers={"Idempotency-Key": "supply-both"})
        assert done["state"] == "received"


async def test_art_32_a_second_notice_is_refused(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock, resident: Resident
) -> None:
    await test_art_32_partial_answers_are_kept_and_the_rest_is_named(case, clerk, world, clock, resident)
    missing = [MissingRequest(str(case["materials"][2]["key"]), "还缺这一份。")]  # type: ignore[index]
    with pytest.raises(CorrectionAlreadyRequested):
        await service.request_correction(
            id_of(case), missing, actor=clerk, vault=world.vault, now=clock.now()
        )
    tried = [each.verb for each in await history_of_case(id_of(case))]
    assert tried.count("cases.refuse_second_notice") == 1
    await service.accept(id_of(case), actor=clerk, vault=world.vault, now=clock.now())


async def test_art_31_nothing_outside_the_list_is_asked_for(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock
) -> None:
    await service.claim(id_of(case), actor=clerk, now=clock.now())
    for missing, refusal in [
        ([MissingRequest("other", "其他材料")], MaterialNotAsked),
        ([MissingRequest(str(case["materials"][0]["key"]), " ")], ReasonsMissing),  # type: ignore[index]
        ([], ReasonsMissing),
    ]:
        with pytest.raises(refusal):
            await service.request_correction(
                id_of(case), missing, actor=clerk, vault=world.vault, now=clock.now()
            )


async def test_art_32_silence_is_acceptance_dated_back_to_receipt(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock, ports: Ports, resident: Resident
) -> None:
    context = Context(clock, ports)
    clock.set(datetime(2026, 11, 30, 23, 59, tzinfo=SHANGHAI))
    await deem_silent_cases_accepted(context)
    assert (await resident.ok("GET", f"/cases/{case['id']}"))["state"] == "received"
    clock.set(datetime(2026, 12, 1, 0, 0, tzinfo=SHANGHAI))
    await asyncio.gather(deem_silent_cases_accepted(context), deem_silent_cases_accepted(context))
    await deem_silent_cases_accepted(context)
    seen = await resident.ok("GET", f"/cases/{case['id']}")
    assert seen["state"] == "accepted"
    assert [each["title"] for each in seen["timeline"]].count("逾期未告知，依法视为受理") == 1
    assert await letters_of(case) == ["receipt", "acceptance"]
    statutory = [x for x in await timelimits.of_case(id_of(case)) if x.kind is LimitKind.STATUTORY]
    assert statutory[0].started_on.isoformat() == "2026-11-23"


async def test_art_32_after_five_days_no_notice_is_possible(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock
) -> None:
    await service.claim(id_of(case), actor=clerk, now=clock.now())
    clock.set(datetime(2026, 12, 1, 9, 0, tzinfo=SHANGHAI))
    missing = [MissingRequest(str(case["materials"][0]["key"]), "看不清。")]  # type: ignore[index]
    with pytest.raises(CorrectionPeriodOver):
        await service.request_correction(
            id_of(case), missing, actor=clerk, vault=world.vault, now=clock.now()
        )


async def test_art_32_declining_names_who_has_the_power(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock, resident: Resident
) -> None:
    await service.claim(id_of(case), actor=clerk, now=clock.now())
    ground = DeclineGround.NOT_THIS_OFFICE
    with pytest.raises(ReasonsMissing):
        await service.decline(
            id_of(case), ground, where_to=" ", actor=clerk, vault=world.vault, now=clock.now()
        )
    await service.decline(
        id_of(case), ground, where_to="市公安局", actor=clerk, vault=world.vault, now=clock.now()
    )
    seen = await resident.ok("GET", f"/cases/{case['id']}")
    assert seen["state"] == "declined"
    assert "市公安局" in seen["decision"]["reasons"]
    assert await letters_of(case) == ["receipt", "decline"]
    assert not [each for each in seen["limits"] if each["is_running"]]
    with pytest.raises(ActNotPossible):
        await service.accept(id_of(case), actor=clerk, vault=world.vault, now=clock.now())


async def test_art_32_silence_after_a_correction_is_dated_back_to_the_day_it_came(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock, ports: Ports, resident: Resident
) -> None:
    await service.claim(id_of(case), actor=clerk, now=clock.now())
    missing = [MissingRequest(str(case["materials"][0]["key"]), "看不清。")]  # type: ignore[index]
    await service.request_correction(id_of(case), missing, actor=clerk, vault=world.vault, now=clock.now())
    clock.set(datetime(2026, 11, 26, 10, 0, tzinfo=SHANGHAI))
    await resident.file(str(case["id"]), missing[0].key, content=picture("补正"))
    path = f"/cases/{case['id']}/correction/submit"
    await resident.ok("POST", path, headers={"Idempotency-Key": "supply-one"})
    clock.set(datetime(2026, 12, 4, 0, 0, tzinfo=SHANGHAI))
    await deem_silent_cases_accepted(Context(clock, ports))
    (letter,) = [each for each in await documents.of_case(id_of(case)) if each.kind == "acceptance"]
    said = await stored_letters.unpressed_letter(letter.id)
    assert said and "自2026年11月26日起视为已经受理" in said.body[0].text
    statutory = [x for x in await timelimits.of_case(id_of(case)) if x.kind is LimitKind.STATUTORY]
    assert statutory[0].started_on.isoformat() == "2026-11-26"
    found = await service.case_for(id_of(case), clerk)
    assert found.accepted_at == datetime(2026, 11, 26, 10, 0, tzinfo=SHANGHAI)


async def test_art_32_one_broken_case_does_not_keep_others_from_their_acceptance(
    case: dict[str, object], clock: FixedClock, ports: Ports, resident: Resident
) -> None:
    await Case.filter(id=id_of(case)).update(form=b"broken")
    clock.advance(timedelta(hours=1))
    second = await resident.submit((await resident.draft(FOOD))["id"])
    clock.set(datetime(2026, 12, 1, 0, 0, tzinfo=SHANGHAI))
    with pytest.raises(ExceptionGroup):
        await deem_silent_cases_accepted(Context(clock, ports))
    assert (await Case.get(id=UUID(second["id"]))).state == "accepted"
    assert (await Case.get(id=id_of(case))).state == "received"


async def test_art_32_what_is_deemed_accepted_cannot_be_declined(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock
) -> None:
    await service.claim(id_of(case), actor=clerk, now=clock.now())
    clock.set(datetime(2026, 12, 1, 0, 1, tzinfo=SHANGHAI))
    with pytest.raises(CorrectionPeriodOver):
        await service.decline(
            id_of(case),
            DeclineGround.NO_LICENCE_NEEDED,
            where_to="",
            actor=clerk,
            vault=world.vault,
            now=clock.now(),
        )


async def test_art_32_a_decline_cites_the_one_item_it_rests_on(
    case: dict[str, object], clerk: Actor, world: World, clock: FixedClock, resident: Resident
) -> None:
    await service.claim(id_of(case), actor=clerk, now=clock.now())
    ground = DeclineGround.NO_LICENCE_NEEDED
    await service.decline(id_of(case), ground, where_to="", actor=clerk, vault=world.vault, now=clock.now())
    seen = await resident.ok("GET", f"/cases/{case['id']}")
    assert seen["decision"]["clauses"].endswith("第三十二条第一款第一项")


async def test_a_draft_cannot_be_claimed(resident: Resident, clerk: Actor, clock: FixedClock) -> None:
    draft = await resident.draft(FOOD)
    with pytest.raises(NoSuchCase):
        await service.claim(UUID(draft["id"]), actor=clerk, now=clock.now())
