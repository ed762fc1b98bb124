"""`kill -9` at the worst moments: nothing lost, nothing doubled."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from typing import Any

import httpx2
import pytest

from backend.adapters.emulation import Fault
from tests.journeys.people import Clerk, arrive
from tests.journeys.processes import House, Outside, Process, outside, until
from tests.journeys.test_http import PHONE, TERMS
from tests.world import Resident

pytestmark = [pytest.mark.anyio, pytest.mark.slow]
FOOD = "H148"
SUBSCRIBED = "cgi-bin/message/subscribe/send"
#: Longer than the test needs to see the call and kill the caller.
ANSWER_SECONDS = 0.6


@pytest.fixture
def others() -> Iterator[Outside]:
    """WeChat and the SMS platform: they do not die with us."""
    with outside() as made:
        yield made


@asynccontextmanager
async def browser(server: Process) -> AsyncIterator[httpx2.AsyncClient]:
    async with httpx2.AsyncClient(base_url=server.address, timeout=30, trust_env=False) as made:
        yield made


async def kill_while_telling(server: Process, stage: Any, path: str, act: Any) -> None:
    """Let an outside system answer slowly, do something it is told about, and kill us meanwhile."""
    taken, called = len(stage.inbox), stage.calls[path]
    stage.plan(Fault(path=path, delay_seconds=ANSWER_SECONDS, times=1))
    await act
    await until(lambda: stage.calls[path] > called)
    server.kill()
    await until(lambda: len(stage.inbox) > taken)


async def settled(house: House) -> None:
    """Wait until every event was heard, every job done and every message went its way."""
    async with asyncio.timeout(30):
        while any([(await house.ask(sql))[0][0] for sql in UNDONE]):  # noqa: ASYNC110  in another process
            await asyncio.sleep(0.1)


UNDONE = (
    "SELECT count(*) FROM journal_outbox_event WHERE NOT is_dispatched",
    "SELECT count(*) FROM journal_job WHERE state <> 'done'",
    "SELECT count(*) FROM notifications_message WHERE state IN ('queued', 'sending')",
)
#: What happens once to one thing.
DOUBLED = """SELECT verb, subject_id, count(*) FROM journal_entry
WHERE verb IN ('cases.submit', 'cases.accept', 'cases.grant', 'licences.issue', 'licences.seal',
'documents.issue', 'documents.seal') GROUP BY verb, subject_id HAVING count(*) > 1"""


async def test_killed_between_the_act_and_telling_of_it(house: House, others: Outside) -> None:
    house.environment["EMULATOR_PORT"] = others.port
    server = house.serve("serve")
    async with browser(server) as phone, browser(server) as desk:
        resident = await arrive(phone, "wang", phone=PHONE)
        case = await resident.submit((await resident.draft(FOOD))["id"])
        clerk = Clerk(desk, "1002")
        await clerk.sign_in(now=house.now)
        await clerk.take(case["id"], "claim")
        await until(lambda: len(others.letters()) == 1)

        sms, wechat = others.emulators.sms.stage, others.emulators.wechat.stage
        await kill_while_telling(server, sms, "messages", clerk.take(case["id"], "accept"))
        server = await started_again(house, server)
        await settled(house)
        assert (await resident.ok("GET", f"/cases/{case['id']}"))["state"] == "accepted"

        await resident.ok("POST", "/subscriptions", json={"accepted": ["case_result"]})
        await kill_while_telling(server, wechat, SUBSCRIBED, clerk.take(case["id"], "grant", **TERMS))
        await started_again(house, server)
        await settled(house)
        await nothing_lost(house, resident, case["id"])
        await nothing_doubled(house, others)


async def started_again(house: House, killed: Process) -> Process:
    """The same service a minute later."""
    await house.pass_a_minute()
    return house.serve("serve", PORT=killed.address.rsplit(":", 1)[1])


async def nothing_lost(house: House, resident: Resident, case_id: str) -> None:
    seen = await resident.ok("GET", f"/cases/{case_id}")
    assert seen["state"] == "granted"
    assert seen["licence"]["status"] == "valid"
    assert {each["kind"]: each["status"] for each in seen["documents"]} == dict.fromkeys(
        ("receipt", "acceptance", "grant"), "ready"
    )
    pdf = await resident.call("GET", f"/licences/{seen['licence']['id']}/pdf")
    assert pdf.content.startswith(b"%PDF")
    chain = house.run("audit", "verify")
    assert chain.returncode == 0, chain.stdout + chain.stderr


async def nothing_doubled(house: House, others: Outside) -> None:
    """One message a fact in the ledger and on the telephone, one seal on the licence."""
    told = await house.ask("SELECT template, count(*) FROM notifications_message GROUP BY template")
    assert dict(told) == {"case_received": 1, "case_accepted": 1, "case_granted": 1}
    assert len(others.emulators.sms.stage.inbox) == 2
    assert len(others.emulators.wechat.stage.inbox) == 1
    assert len(set(others.letters())) == 3
    assert await house.ask(DOUBLED) == []
    assert await house.ask("SELECT count(*) FROM licences_licence WHERE sealed_at IS NOT NULL") == [(1,)]


async def test_killed_during_fifty_submits(house: House, others: Outside) -> None:
    house.environment |= {"EMULATOR_PORT": others.port, "EMBEDDED_WORKER": "false"}
    server = house.serve("serve")
    async with browser(server) as phone:
        people = await asyncio.gather(*(arrive(phone, f"p{n}") for n in range(50)))
        drafts = [each["id"] for each in await asyncio.gather(*(each.draft(FOOD) for each in people))]
        before = await submitted_until_killed(server, people, drafts)
        await started_again(house, server)
        assert 10 <= len(before) < 50

        for who, case in before.items():
            kept = await people[who].ok("GET", f"/cases/{case['id']}")
            assert (kept["number"], kept["state"]) == (case["number"], "received")
        answers = await asyncio.gather(*(file(*each) for each in zip(people, drafts, strict=True)))
        after = [each.json() for each in answers if each.status_code == 201]
        assert len(after) == 50
        assert {n: after[n]["number"] for n in before} == {n: c["number"] for n, c in before.items()}
        assert sorted(each["number"][-5:] for each in after) == [f"{n:05}" for n in range(1, 51)]
    assert await house.ask("SELECT count(*) FROM cases_case WHERE number IS NOT NULL") == [(50,)]
    assert await house.ask(DOUBLED) == []
    assert house.run("audit", "verify").returncode == 0


async def file(who: Resident, draft_id: str) -> httpx2.Response:
    """Submit under the key that belongs to the draft, however often."""
    headers = {"Idempotency-Key": f"submit-{draft_id}"}
    return await who.call("POST", f"/drafts/{draft_id}/submit", headers=headers)


async def submitted_until_killed(
    server: Process, people: list[Resident], drafts: list[str]
) -> dict[int, dict[str, Any]]:
    """Submit all at once and kill the server after ten answers; the cases it answered with."""
    answered: dict[int, dict[str, Any]] = {}

    async def one(n: int) -> None:
        try:
            answer = await file(people[n], drafts[n])
        except httpx2.HTTPError:
            return  # the line went dead: nobody knows whether it was filed
        assert answer.status_code == 201, answer.text
        answered[n] = answer.json()
        if len(answered) == 10:
            server.kill()

    await asyncio.gather(*(one(n) for n in range(len(people))))
    return answered
