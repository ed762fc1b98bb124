"""Every query on persons, codes, sessions and officers."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.expressions import F
from tortoise.transactions import in_transaction

from backend.identity import rules
from backend.identity.errors import NoSuchOfficer, NoSuchPerson, PhoneTaken, StaffNumberTaken
from backend.identity.models import Officer, OfficerRole, Person, PhoneCode, Session
from backend.kernel.actors import Role
from backend.kernel.ids import new_id


async def person(person_id: UUID) -> Person:
    """A person's row, or that of the account it became part of. Raises `NoSuchPerson`."""
    row = await Person.get_or_none(id=person_id)
    if row is None:
        raise NoSuchPerson
    return row if row.joined_into is None else await person(row.joined_into)


async def locked_person(person_id: UUID) -> Person:
    """A person's row, held until the transaction ends. Raises `NoSuchPerson`."""
    row = await Person.filter(id=person_id, joined_into=None).select_for_update().first()
    if row is None:
        raise NoSuchPerson
    return row


async def persons(person_ids: Collection[UUID]) -> list[Person]:
    return await Person.filter(id__in=list(person_ids))


async def person_with_openid(openid: str) -> Person | None:
    return await Person.get_or_none(openid=openid)


async def person_with_phone(phone_digest: str) -> Person | None:
    return await Person.filter(phone_digest=phone_digest).select_for_update().first()


async def add_person_with_openid(openid: str, unionid: str | None, *, now: datetime) -> Person:
    """Create an account for a WeChat user; the other one's when two requests race."""
    try:
        async with in_transaction("default"):
            return await Person.create(id=new_id(), openid=openid, unionid=unionid, created_at=now)
    except IntegrityError:
        return await Person.get(openid=openid)


async def add_person_with_phone(phone_digest: str, phone_sealed: bytes, *, now: datetime) -> Person:
    """Create an account for a phone; the other one's when two requests race."""
    try:
        async with in_transaction("default"):
            return await Person.create(
                id=new_id(), phone_digest=phone_digest, phone_sealed=phone_sealed, created_at=now
            )
    except IntegrityError:
        return await Person.get(phone_digest=phone_digest)


async def set_phone(row: Person, *, phone_digest: str, phone_sealed: bytes) -> None:
    """Bind a phone. Raises `PhoneTaken` when another account got it first."""
    row.phone_digest, row.phone_sealed = phone_digest, phone_sealed
    try:
        async with in_transaction("default"):
            await row.save(update_fields=["phone_digest", "phone_sealed"])
    except IntegrityError:
        raise PhoneTaken from None


async def set_real_name(row: Person) -> None:
    await row.save(update_fields=["name_sealed", "id_number_sealed", "id_number_digest", "proven_at"])


async def join(bare: Person, into: Person) -> None:
    """Move a bare account's WeChat to another account and leave a pointer behind."""
    openid, unionid = bare.openid, bare.unionid
    bare.openid, bare.unionid, bare.joined_into = None, None, into.id
    await bare.save(update_fields=["openid", "unionid", "joined_into"])
    into.openid, into.unionid = openid, unionid
    await into.save(update_fields=["openid", "unionid"])


async def add_phone_code(row: PhoneCode) -> None:
    await row.save(force_create=True)


async def last_phone_code(phone_digest: str) -> PhoneCode | None:
    return await PhoneCode.filter(phone_digest=phone_digest).order_by("-created_at").first()


async def phone_codes_since(phone_digest: str, since: datetime) -> int:
    return await PhoneCode.filter(phone_digest=phone_digest, created_at__gt=since).count()


async def phone_code(code_id: UUID) -> PhoneCode | None:
    return await PhoneCode.get_or_none(id=code_id)


async def count_code_try(row: PhoneCode) -> bool:
    """Use one of a code's tries; False when none is left, however many ask at once."""
    open_rows = PhoneCode.filter(id=row.id, used_at__isnull=True, tries__lt=rules.PHONE_CODE_TRIES)
    return bool(await open_rows.update(tries=F("tries") + 1))


async def use_code(row: PhoneCode, *, now: datetime) -> bool:
    """Spend a code; False when somebody else just did."""
    return bool(await PhoneCode.filter(id=row.id, used_at__isnull=True).update(used_at=now))


async def erase_code(row: PhoneCode) -> None:
    """Forget the clear code and the phone it went to; digests stay for checking."""
    row.code_sealed = None
    row.phone_sealed = None
    await row.save(update_fields=["code_sealed", "phone_sealed"])


async def delete_phone_codes_before(moment: datetime) -> int:
    return await PhoneCode.filter(created_at__lt=moment).delete()


async def add_session(row: Session) -> None:
    await row.save(force_create=True)


async def session_with(token_digest: str) -> Session | None:
    return await Session.get_or_none(token_digest=token_digest, revoked_at=None)


async def sessions_of(subject_id: UUID, *, now: datetime) -> list[Session]:
    return await Session.filter(subject_id=subject_id, revoked_at=None, expires_at__gt=now).order_by(
        "-seen_at"
    )


async def mark_seen(session_id: UUID, *, now: datetime) -> None:
    await Session.filter(id=session_id).update(seen_at=now)


async def revoke(session_id: UUID, *, subject_id: UUID, now: datetime) -> str | None:
    """End one session of somebody; its token digest, None when there is no such session."""
    row = await Session.get_or_none(id=session_id, subject_id=subject_id, revoked_at=None)
    if row is None:
        return None
    await Session.filter(id=row.id).update(revoked_at=now)
    return row.token_digest


async def revoke_all(subject_id: UUID, *, now: datetime) -> list[str]:
    """End every session of somebody; their token digests."""
    open_rows = Session.filter(subject_id=subject_id, revoked_at=None)
    digests = [str(digest) for digest in await open_rows.values_list("token_digest", flat=True)]
    await Session.filter(subject_id=subject_id, revoked_at=None).update(revoked_at=now)
    return digests


async def move_sessions(from_id: UUID, into_id: UUID) -> list[str]:
    """Let one account's sessions go on as another's; their token digests."""
    digests = [
        str(d) for d in await Session.filter(subject_id=from_id).values_list("token_digest", flat=True)
    ]
    await Session.filter(subject_id=from_id).update(subject_id=into_id)
    return digests


async def delete_sessions_ended_before(moment: datetime) -> int:
    return await Session.filter(expires_at__lt=moment).delete()


async def add_officer(row: Officer, roles: Collection[Role]) -> None:
    """Create an officer with their roles. Raises `StaffNumberTaken`."""
    try:
        async with in_transaction("default"):
            await row.save(force_create=True)
    except IntegrityError:
        raise StaffNumberTaken(row.staff_number) from None
    await _add_roles(row.id, roles)


async def set_roles(officer_id: UUID, roles: Collection[Role]) -> None:
    await OfficerRole.filter(officer_id=officer_id).delete()
    await _add_roles(officer_id, roles)


async def _add_roles(officer_id: UUID, roles: Collection[Role]) -> None:
    if roles:
        rows = [
            OfficerRole(id=new_id(), officer_id=officer_id, role=role.value) for role in sorted(set(roles))
        ]
        await OfficerRole.bulk_create(rows)


async def officer(officer_id: UUID) -> Officer:
    """An officer's row. Raises `NoSuchOfficer`."""
    row = await Officer.get_or_none(id=officer_id)
    if row is None:
        raise NoSuchOfficer
    return row


async def officer_numbered(staff_number: str) -> Officer | None:
    return await Officer.get_or_none(staff_number=staff_number)


async def locked_officer(officer_id: UUID) -> Officer:
    return await Officer.filter(id=officer_id).select_for_update().get()


async def officers() -> list[Officer]:
    return await Officer.all().order_by("staff_number")


async def roles_of(officer_ids: Collection[UUID]) -> dict[UUID, frozenset[Role]]:
    """The roles of several officers."""
    found: dict[UUID, set[Role]] = {officer_id: set() for officer_id in officer_ids}
    for row in await OfficerRole.filter(officer_id__in=list(officer_ids)).values("officer_id", "role"):
        found[row["officer_id"]].add(Role(row["role"]))
    return {officer_id: frozenset(roles) for officer_id, roles in found.items()}
