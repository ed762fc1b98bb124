"""Residents' accounts: sign in, bind a phone, prove a name (private to identity; use it through `service`)."""

from collections.abc import Collection
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from backend.identity import phone_codes, rules, sessions, store
from backend.identity.errors import PhoneTaken, RealNameFixed
from backend.identity.events import PersonsJoined
from backend.identity.models import Person
from backend.identity.phone_codes import PHONE
from backend.identity.types import Contact, IssuedSession, Level, PersonView, RealIdentity
from backend.journal.service import publish, record, use_case
from backend.journal.types import Act
from backend.kernel.actors import Actor
from backend.kernel.errors import DomainError
from backend.kernel.ports import SharedState, Vault

NAME = "identity.name"
ID_NUMBER = "identity.id_number"

T = TypeVar("T")


@use_case
async def sign_in_with_wechat(
    openid: str, unionid: str | None = None, *, device: str, now: datetime
) -> IssuedSession:
    """Open a session for a WeChat user; the first time makes their account."""
    row = await store.person_with_openid(openid) or await store.add_person_with_openid(
        openid, unionid, now=now
    )
    return await sessions.issue(sessions.person_actor(row.id), device=device, now=now)


async def sign_in_with_phone_code(
    phone: str, code: str, *, device: str, vault: Vault, now: datetime
) -> IssuedSession:
    """Open a session for whoever holds the phone; the first time makes their account.

    Raises `PhoneCodeWrong`, `PhoneCodeOver`.
    """
    return _settled(await _sign_in_with_phone_code(phone, code, device=device, vault=vault, now=now))


@use_case
async def _sign_in_with_phone_code(
    phone: str, code: str, *, device: str, vault: Vault, now: datetime
) -> IssuedSession | DomainError:
    if refusal := await phone_codes.spend_code(phone, code, vault=vault, now=now):
        return refusal
    digest, sealed = vault.digest(phone, purpose=PHONE), vault.seal(phone, purpose=PHONE)
    row = await store.person_with_phone(digest) or await store.add_person_with_phone(digest, sealed, now=now)
    return await sessions.issue(sessions.person_actor(row.id), device=device, now=now)


async def bind_phone_with_code(
    phone: str, code: str, *, actor: Actor, vault: Vault, state: SharedState, now: datetime
) -> PersonView:
    """Bind a phone that its holder has proven by a code.

    Raises `PhoneCodeWrong`, `PhoneCodeOver`, `PhoneTaken`.
    """
    refusal = await _spend(phone, code, vault=vault, now=now)
    if refusal:
        raise refusal
    return await bind_phone(phone, actor=actor, vault=vault, state=state, now=now)


@use_case
async def _spend(phone: str, code: str, *, vault: Vault, now: datetime) -> DomainError | None:
    return await phone_codes.spend_code(phone, code, vault=vault, now=now)


async def bind_phone(
    phone: str, *, actor: Actor, vault: Vault, state: SharedState, now: datetime
) -> PersonView:
    """Bind a phone that WeChat or a code has proven.

    Where the phone already has an account and the caller's is bare, the two become one and the
    session goes on as that account. Raises `PhoneTaken` where they cannot.
    """
    view, moved = await _bind_phone(phone, actor=actor, vault=vault, now=now)
    await sessions.forget(moved, state)
    return view


@use_case
async def _bind_phone(
    phone: str, *, actor: Actor, vault: Vault, now: datetime
) -> tuple[PersonView, list[str]]:
    row = await store.locked_person(actor.id)
    digest = vault.digest(phone, purpose=PHONE)
    other = await store.person_with_phone(digest)
    if other is not None and other.id != row.id:
        return await _join(row, other, actor=actor, vault=vault, now=now)
    await store.set_phone(row, phone_digest=digest, phone_sealed=vault.seal(phone, purpose=PHONE))
    _record("identity.bind_phone", row.id, actor=actor, now=now)
    return _view(row, vault), []


async def _join(
    bare: Person, into: Person, *, actor: Actor, vault: Vault, now: datetime
) -> tuple[PersonView, list[str]]:
    is_bare = bare.phone_digest is None and bare.id_number_digest is None
    if not rules.may_join(is_bare=is_bare, other_has_wechat=into.openid is not None):
        raise PhoneTaken
    await store.join(bare, into)
    moved = await store.move_sessions(bare.id, into.id)
    _record("identity.join_accounts", into.id, actor=actor, now=now, detail={"joined": str(bare.id)})
    publish(PersonsJoined(at=now, from_id=bare.id, into_id=into.id))
    return _view(into, vault), moved


@use_case
async def prove_real_name(
    name: str, id_number: str, *, actor: Actor, vault: Vault, now: datetime
) -> PersonView:
    """Keep a name and ID number that the population register has confirmed.

    Raises `RealNameFixed` where the account already is another human's.
    """
    row = await store.locked_person(actor.id)
    digest = vault.digest(id_number, purpose=ID_NUMBER)
    if row.id_number_digest not in (None, digest):
        raise RealNameFixed
    row.name_sealed = vault.seal(name, purpose=NAME)
    row.id_number_sealed = vault.seal(id_number, purpose=ID_NUMBER)
    row.id_number_digest, row.proven_at = digest, now
    await store.set_real_name(row)
    _record("identity.prove_real_name", row.id, actor=actor, now=now)
    return _view(row, vault)


async def person(person_id: UUID, vault: Vault) -> PersonView:
    """A resident as they may see themselves. Raises `NoSuchPerson`."""
    return _view(await store.person(person_id), vault)


async def contact_of(person_id: UUID, vault: Vault) -> Contact:
    """Where messages to a resident can go, in clear, for the moment of sending. Raises `NoSuchPerson`."""
    row = await store.person(person_id)
    return Contact(row.openid, _opened(row.phone_sealed, vault, purpose=PHONE))


async def identity_of(person_id: UUID, vault: Vault) -> RealIdentity | None:
    """A resident's proven name and ID number; None below `Level.REAL_NAME`. Raises `NoSuchPerson`."""
    row = await store.person(person_id)
    name = _opened(row.name_sealed, vault, purpose=NAME)
    id_number = _opened(row.id_number_sealed, vault, purpose=ID_NUMBER)
    return RealIdentity(name, id_number) if name and id_number else None


async def views_of(person_ids: Collection[UUID], vault: Vault) -> dict[UUID, PersonView]:
    """Several residents at once, masked, for lists; unknown ones are left out."""
    return {row.id: _view(row, vault) for row in await store.persons(person_ids)}


def _view(row: Person, vault: Vault) -> PersonView:
    phone = _opened(row.phone_sealed, vault, purpose=PHONE)
    name = _opened(row.name_sealed, vault, purpose=NAME)
    level: Level = rules.level_of(has_phone=phone is not None, has_real_name=row.id_number_digest is not None)
    return PersonView(
        id=row.id,
        level=level,
        phone_masked=rules.masked_phone(phone) if phone else None,
        name_masked=rules.masked_name(name) if name else None,
        has_wechat=row.openid is not None,
    )


def _opened(sealed: bytes | None, vault: Vault, *, purpose: str) -> str | None:
    return vault.open(sealed, purpose=purpose) if sealed is not None else None


def _record(
    verb: str, person_id: UUID, *, actor: Actor, now: datetime, detail: dict[str, object] | None = None
) -> None:
    kind = "person"
    record(Act(verb=verb, actor=actor, at=now, subject_kind=kind, subject_id=person_id, detail=detail or {}))


def _settled(outcome: T | DomainError) -> T:
    """Raise a refusal now that its transaction, with the counted try, has been committed."""
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome
