"""Two accounts that are one person: drafts, cases and licences go along, also when told twice."""

import pytest

from backend.cases.handlers import hand_over as hand_cases_over
from backend.identity.events import PersonsJoined
from backend.kernel.clock import FixedClock
from backend.kernel.events import Context
from backend.kernel.ports import Ports
from backend.licences.handlers import hand_over as hand_licences_over
from tests.world import Resident, World

pytestmark = pytest.mark.anyio


async def test_joined_accounts_share_their_cases(
    resident: Resident, world: World, clock: FixedClock, ports: Ports
) -> None:
    filed = await resident.submit((await resident.draft("H148"))["id"])
    draft = await resident.draft("H148")
    actor, token = await world.resident("phone-account")
    into = Resident(resident.client, token, actor.id)
    await into.draft("H148")
    event = PersonsJoined(at=clock.now(), from_id=resident.id, into_id=into.id)
    for _ in range(2):
        await hand_cases_over(event, Context(clock, ports))
        await hand_licences_over(event, Context(clock, ports))
    assert [each["number"] for each in (await into.ok("GET", "/cases"))["items"]] == [filed["number"]]
    assert draft["id"] in [each["id"] for each in (await into.ok("GET", "/drafts"))["items"]]
    assert (await resident.ok("GET", "/cases"))["items"] == []
