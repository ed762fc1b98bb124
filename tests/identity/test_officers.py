"""Officers: two factors, codes that work once, locks, separated administrators."""

from datetime import timedelta

import anyio
import pytest

from backend.identity import service, totp
from backend.identity.errors import (
    NoSuchOfficer,
    OfficerCredentialsWrong,
    OfficerLocked,
    OneTimeCodeUsed,
    RolesExcludeEachOther,
    StaffNumberTaken,
)
from backend.identity.types import IssuedSession, NewOfficer
from backend.journal.service import history_of_subject
from backend.kernel.actors import NOBODY, SYSTEM, Role
from backend.kernel.errors import FieldsInvalid
from tests.identity.conftest import House, everything_stored

pytestmark = pytest.mark.anyio
PASSWORD = "Huantai-2026"


async def created(
    house: House, staff_number: str = "HT001", *, roles: frozenset[Role] = frozenset({Role.WINDOW_CLERK})
) -> NewOfficer:
    return await service.create_officer(
        staff_number=staff_number,
        name="赵敏",
        office="hall",
        roles=roles,
        password=PASSWORD,
        hasher=house.hasher,
        vault=house.vault,
        actor=SYSTEM,
        now=house.clock.now(),
    )


async def sign_in(
    house: House, new: NewOfficer, *, password: str = PASSWORD, code: str | None = None
) -> IssuedSession:
    now = house.clock.now()
    return await service.sign_in_officer(
        new.officer.staff_number,
        password,
        code=code if code is not None else totp.code_at(new.totp_secret, now),
        hasher=house.hasher,
        vault=house.vault,
        now=now,
        address="10.0.0.1",
        device="浏览器",
    )


async def test_an_officer_signs_in_with_both_factors(house: House) -> None:
    new = await created(house, roles=frozenset({Role.WINDOW_CLERK, Role.REVIEWER}))
    session = await sign_in(house, new)
    found = await service.session_for_token(session.token, now=house.clock.now(), state=house.state)
    assert found
    assert found.actor == session.actor
    assert found.actor.label == "HT001"
    assert found.actor.roles == {Role.WINDOW_CLERK, Role.REVIEWER}
    assert found.csrf_token == session.csrf_token
    assert session.expires_at - house.clock.now() == timedelta(hours=10)
    stored = await everything_stored()
    assert PASSWORD not in stored and new.totp_secret not in stored


async def test_one_wrong_factor_is_enough_to_stay_out(house: House) -> None:
    new = await created(house)
    for password, code in (("Wrong-12345", None), (PASSWORD, "000000"), (PASSWORD, "")):
        with pytest.raises(OfficerCredentialsWrong):
            await sign_in(house, new, password=password, code=code)


async def test_an_unknown_number_is_refused_in_the_same_words(house: House) -> None:
    with pytest.raises(OfficerCredentialsWrong):
        await service.sign_in_officer(
            "nobody",
            PASSWORD,
            code="123456",
            hasher=house.hasher,
            vault=house.vault,
            now=house.clock.now(),
            address="10.0.0.1",
        )


async def test_a_code_works_once(house: House) -> None:
    new = await created(house)
    await sign_in(house, new)
    with pytest.raises(OneTimeCodeUsed):
        await sign_in(house, new)
    earlier = totp.code_at(new.totp_secret, house.clock.now() - timedelta(seconds=30))
    with pytest.raises(OneTimeCodeUsed):
        await sign_in(house, new, code=earlier)
    house.clock.advance(timedelta(seconds=30))
    assert await sign_in(house, new)


async def test_a_code_used_twice_at_the_same_moment_opens_one_session(house: House) -> None:
    new = await created(house)
    outcomes: list[bool] = []

    async def one() -> None:
        try:
            outcomes.append(bool(await sign_in(house, new)))
        except OneTimeCodeUsed:
            outcomes.append(False)

    async with anyio.create_task_group() as group:
        for _ in range(5):
            group.start_soon(one)
    assert sorted(outcomes) == [False] * 4 + [True]


async def test_five_failures_lock_for_fifteen_minutes(house: House) -> None:
    new = await created(house)
    for _ in range(4):
        with pytest.raises(OfficerCredentialsWrong):
            await sign_in(house, new, password="Wrong-12345")
    with pytest.raises(OfficerLocked):
        await sign_in(house, new, password="Wrong-12345")
    with pytest.raises(OfficerLocked) as caught:
        await sign_in(house, new)
    assert "09:45" in caught.value.message
    house.clock.advance(timedelta(minutes=15))
    assert await sign_in(house, new)
    verbs = [entry.verb for entry in await history_of_subject(new.officer.id)]
    assert verbs.count("identity.sign_in_failed") == 5
    assert verbs[-1] == "identity.sign_in"


async def test_success_forgets_earlier_failures(house: House) -> None:
    new = await created(house)
    for _ in range(2):
        for _ in range(4):
            with pytest.raises(OfficerCredentialsWrong):
                await sign_in(house, new, password="Wrong-12345")
        await sign_in(house, new)
        house.clock.advance(timedelta(minutes=1))


async def test_an_idle_officer_is_signed_out(house: House) -> None:
    session = await sign_in(house, await created(house))
    for _ in range(3):
        house.clock.advance(timedelta(minutes=20))
        assert await service.actor_for_token(session.token, now=house.clock.now(), state=house.state)
    house.clock.advance(timedelta(minutes=31))
    assert not await service.actor_for_token(session.token, now=house.clock.now(), state=house.state)


async def test_administrators_are_separated(house: House) -> None:
    with pytest.raises(RolesExcludeEachOther):
        await created(house, roles=frozenset({Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN}))
    new = await created(house)
    with pytest.raises(RolesExcludeEachOther):
        await service.change_roles(
            new.officer.id,
            {Role.WINDOW_CLERK, Role.SECURITY_ADMIN},
            actor=SYSTEM,
            state=house.state,
            now=house.clock.now(),
        )


async def test_weak_passwords_and_used_numbers_are_refused(house: House) -> None:
    await created(house)
    with pytest.raises(StaffNumberTaken):
        await created(house)
    with pytest.raises(FieldsInvalid):
        await service.create_officer(
            staff_number="HT002",
            name="赵敏",
            office="hall",
            roles=(),
            password="12345678",
            hasher=house.hasher,
            vault=house.vault,
            actor=SYSTEM,
            now=house.clock.now(),
        )


async def test_other_roles_and_leaving_end_the_sessions_at_once(house: House) -> None:
    new = await created(house)
    session = await sign_in(house, new)
    now = house.clock.now()
    assert await service.actor_for_token(session.token, now=now, state=house.state)
    view = await service.change_roles(new.officer.id, {Role.HEAD}, actor=SYSTEM, state=house.state, now=now)
    assert view.roles == {Role.HEAD}
    assert not await service.actor_for_token(session.token, now=now, state=house.state)
    house.clock.advance(timedelta(minutes=1))
    session = await sign_in(house, new)
    assert session.actor.roles == {Role.HEAD}
    await service.deactivate_officer(new.officer.id, actor=SYSTEM, state=house.state, now=house.clock.now())
    assert not await service.actor_for_token(session.token, now=house.clock.now(), state=house.state)
    house.clock.advance(timedelta(minutes=1))
    with pytest.raises(OfficerCredentialsWrong):
        await sign_in(house, new)
    assert not (await service.officer(new.officer.id)).is_active


async def test_staff_are_listed_by_number(house: House) -> None:
    await created(house, "HT002", roles=frozenset())
    await created(house, "HT001")
    assert [(each.staff_number, each.roles) for each in await service.officers()] == [
        ("HT001", {Role.WINDOW_CLERK}),
        ("HT002", frozenset()),
    ]
    with pytest.raises(NoSuchOfficer):
        await service.officer(NOBODY)
