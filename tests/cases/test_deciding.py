"""Grant, refuse, withdraw: what is decided, issued and served."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from backend.cases import service
from backend.cases.errors import ActNotPossible, EndsBeforeItBegins, ReasonsMissing, UnprintableOnLicence
from backend.cases.types import DecisionView, LicenceTerms
from backend.journal.loop import Worker
from backend.journal.service import verify_chain
from backend.kernel.actors import Actor, Role
from backend.kernel.clock import FixedClock
from tests.world import Resident, World

pytestmark = pytest.mark.anyio
FOOD = "H148"
TERMS = LicenceTerms(
    "《食品安全法》第三十五条", "符合条件", date(2031, 11, 22), (("经营项目", "热食类食品制售"),)
)


@pytest.fixture
async def reviewer(world: World, county: str) -> Actor:
    return await world.officer("1002", Role.WINDOW_CLERK, Role.REVIEWER)


@pytest.fixture
async def accepted(resident: Resident, reviewer: Actor, world: World, clock: FixedClock) -> UUID:
    case = await resident.submit((await resident.draft(FOOD))["id"])
    case_id = UUID(case["id"])
    await service.claim(case_id, actor=reviewer, now=clock.now())
    await service.accept(case_id, actor=reviewer, vault=world.vault, now=clock.now())
    return case_id


async def test_art_38_a_grant_issues_decision_and_licence(
    accepted: UUID, reviewer: Actor, world: World, clock: FixedClock, resident: Resident, worker: Worker
) -> None:
    await service.grant(accepted, TERMS, actor=reviewer, vault=world.vault, now=clock.now())
    before = await resident.ok("GET", f"/cases/{accepted}")
    assert before["licence"]["status"] == "sealing"
    assert before["line"]["next"] == "电子证照正在盖章"
    await worker.drain()
    seen = await resident.ok("GET", f"/cases/{accepted}")
    assert seen["licence"]["status"] == "valid"
    assert {each["kind"]: each["status"] for each in seen["documents"]}["grant"] == "ready"
    pdf = await resident.call("GET", f"/licences/{seen['licence']['id']}/pdf")
    assert pdf.content.startswith(b"%PDF")
    assert await verify_chain() == []


async def test_art_44_serving_runs_ten_working_days_until_the_licence_is_sealed(
    accepted: UUID, reviewer: Actor, world: World, clock: FixedClock, resident: Resident, worker: Worker
) -> None:
    await service.grant(accepted, TERMS, actor=reviewer, vault=world.vault, now=clock.now())
    limits = {each["kind"]: each for each in (await resident.ok("GET", f"/cases/{accepted}"))["limits"]}
    assert limits["delivery"]["due_on"] == "2026-12-07"
    assert not limits["statutory"]["is_running"]
    assert limits["delivery"]["is_running"]
    await worker.drain()
    limits = {each["kind"]: each for each in (await resident.ok("GET", f"/cases/{accepted}"))["limits"]}
    assert not limits["delivery"]["is_running"]  # the sealed licence stands in the account


@pytest.mark.parametrize("absent", ["facts", "clauses", "reasons"])
async def test_art_38_a_refusal_needs_facts_clauses_and_reasons(
    accepted: UUID, reviewer: Actor, world: World, clock: FixedClock, absent: str
) -> None:
    said = {
        "facts": "场所与厕所共用通道。",
        "clauses": "《食品安全法》第三十三条",
        "reasons": "不符合条件。",
    } | {absent: " "}
    with pytest.raises(ReasonsMissing):
        await service.refuse(
            accepted,
            DecisionView("refuse", decided_at=clock.now(), **said),
            actor=reviewer,
            vault=world.vault,
            now=clock.now(),
        )


async def test_art_38_a_refusal_tells_its_reasons_and_ends_the_case(
    accepted: UUID, reviewer: Actor, world: World, clock: FixedClock, resident: Resident, worker: Worker
) -> None:
    said = DecisionView("refuse", "场所不符", "《食品安全法》第三十三条", "布局不合理", clock.now())
    await service.refuse(accepted, said, actor=reviewer, vault=world.vault, now=clock.now())
    await worker.drain()
    seen = await resident.ok("GET", f"/cases/{accepted}")
    assert seen["state"] == "refused"
    assert seen["decision"]["reasons"] == "布局不合理"
    letter = next(each for each in seen["documents"] if each["kind"] == "refusal")
    assert (await resident.call("GET", f"/documents/{letter['id']}/pdf")).content.startswith(b"%PDF")
    with pytest.raises(ActNotPossible):
        await service.grant(accepted, TERMS, actor=reviewer, vault=world.vault, now=clock.now())


async def test_an_applicant_may_withdraw_once_before_the_decision(accepted: UUID, resident: Resident) -> None:
    for _ in range(2):
        seen = await resident.ok(
            "POST",
            f"/cases/{accepted}/withdraw",
            json={"reason": "不开店了"},
            headers={"Idempotency-Key": "withdraw-it"},
        )
        assert seen["state"] == "withdrawn"
    assert [each["title"] for each in seen["timeline"]].count("您撤回了申请") == 1
    late = await resident.call(
        "POST", f"/cases/{accepted}/withdraw", json={"reason": ""}, headers={"Idempotency-Key": "withdraw-2"}
    )
    assert late.json()["error"]["code"] == "cases.act_not_possible"


async def test_the_list_goes_on_behind_its_cursor(resident: Resident, clock: FixedClock) -> None:
    numbers = [(await resident.submit((await resident.draft(FOOD))["id"]))["number"] for _ in range(5)]
    seen, cursor = [], ""
    while True:
        page = await resident.ok("GET", "/cases", params={"limit": 2, "cursor": cursor})
        seen += [each["number"] for each in page["items"]]
        cursor = page["next_cursor"] or ""
        if not cursor:
            break
    assert sorted(seen) == sorted(numbers)


async def test_a_licence_that_would_never_be_valid_is_not_granted(
    accepted: UUID, reviewer: Actor, world: World, clock: FixedClock
) -> None:
    over = replace(TERMS, valid_until=date(2026, 11, 22))
    with pytest.raises(EndsBeforeItBegins):
        await service.grant(accepted, over, actor=reviewer, vault=world.vault, now=clock.now())


async def test_a_key_of_another_case_does_not_pass_for_an_answer(accepted: UUID, resident: Resident) -> None:
    second = await resident.submit((await resident.draft(FOOD))["id"])
    headers, body = {"Idempotency-Key": "one-key-twice"}, {"reason": ""}
    await resident.ok("POST", f"/cases/{accepted}/withdraw", json=body, headers=headers)
    again = await resident.call("POST", f"/cases/{second['id']}/withdraw", json=body, headers=headers)
    assert again.status_code == 409
    assert again.json()["error"]["code"] == "cases.key_used_elsewhere"
    assert (await resident.ok("GET", f"/cases/{second['id']}"))["state"] == "received"


async def test_a_licence_line_that_cannot_be_printed_is_refused(
    accepted: UUID, reviewer: Actor, world: World, clock: FixedClock
) -> None:
    odd = replace(TERMS, content=(("经营项目", "热食🔥"),))
    with pytest.raises(UnprintableOnLicence):
        await service.grant(accepted, odd, actor=reviewer, vault=world.vault, now=clock.now())
