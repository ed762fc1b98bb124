"""Staff: create, sign in with two factors, change roles (private to identity; use it through `service`)."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.identity import rules, sessions, store, totp
from backend.identity.errors import (
    OfficerCredentialsWrong,
    OfficerLocked,
    OneTimeCodeUsed,
    RolesExcludeEachOther,
)
from backend.identity.models import Officer
from backend.identity.ports import PasswordHasher
from backend.identity.types import IssuedSession, NewOfficer, OfficerView
from backend.journal.service import record, use_case
from backend.journal.types import Act
from backend.kernel.actors import Actor, ActorKind, Role
from backend.kernel.clock import in_shanghai
from backend.kernel.errors import DomainError, FieldProblem, FieldsInvalid
from backend.kernel.ids import new_id
from backend.kernel.ports import SharedState, Vault

TOTP = "identity.totp"


async def create_officer(
    *,
    staff_number: str,
    name: str,
    office: str,
    roles: Collection[Role],
    password: str,
    hasher: PasswordHasher,
    vault: Vault,
    actor: Actor,
    now: datetime,
    totp_secret: str | None = None,
) -> NewOfficer:
    """Create a member of staff with both factors; the TOTP secret is told only here.

    Raises `RolesExcludeEachOther`, `FieldsInvalid` for a weak password, `StaffNumberTaken`.
    """
    _check_roles(roles)
    _check_password(password)
    secret = totp_secret or totp.new_secret()
    row = Officer(
        id=new_id(),
        staff_number=staff_number,
        name=name,
        office=office,
        password_hash=await hasher.hash(password),
        totp_sealed=vault.seal(secret, purpose=TOTP),
        created_at=now,
    )
    return NewOfficer(await _create(row, roles, actor=actor, now=now), secret)


@use_case
async def _create(row: Officer, roles: Collection[Role], *, actor: Actor, now: datetime) -> OfficerView:
    await store.add_officer(row, roles)
    _record("identity.create_officer", row.id, actor=actor, now=now, detail={"roles": sorted(roles)})
    return _view(row, frozenset(roles))


@dataclass(frozen=True)
class Proof:
    """What somebody at the sign-in page has shown."""

    is_password_right: bool
    step: int | None


async def sign_in_officer(
    staff_number: str,
    password: str,
    *,
    code: str,
    hasher: PasswordHasher,
    vault: Vault,
    now: datetime,
    address: str,
    device: str = "",
) -> IssuedSession:
    """Open a session for an officer who shows a password and a one-time code.

    Five failures lock the account for fifteen minutes; they are counted in the database.
    Raises `OfficerCredentialsWrong`, `OneTimeCodeUsed`, `OfficerLocked`.
    """
    row = await store.officer_numbered(staff_number.strip())
    if row is None or not row.is_active:
        await hasher.verify(None, password)  # so that the time taken does not tell who exists
        raise OfficerCredentialsWrong
    if row.locked_until and now < row.locked_until:
        raise OfficerLocked(in_shanghai(row.locked_until))
    proof = Proof(
        is_password_right=await hasher.verify(row.password_hash, password),
        step=totp.matching_step(vault.open(row.totp_sealed, purpose=TOTP), code, now=now),
    )
    outcome = await _conclude_sign_in(row.id, proof, address=address, device=device, now=now)
    if isinstance(outcome, DomainError):
        raise outcome
    return outcome


@use_case
async def _conclude_sign_in(
    officer_id: UUID, proof: Proof, *, address: str, device: str, now: datetime
) -> IssuedSession | DomainError:
    row = await store.locked_officer(officer_id)
    if row.locked_until and now < row.locked_until:
        return OfficerLocked(in_shanghai(row.locked_until))
    if not proof.is_password_right or proof.step is None:
        return await _count_failure(row, address=address, now=now)
    if proof.step <= row.totp_last_step:
        return OneTimeCodeUsed()
    row.totp_last_step, row.failures, row.locked_until = proof.step, 0, None
    await row.save(update_fields=["totp_last_step", "failures", "locked_until"])
    roles = (await store.roles_of([row.id]))[row.id]
    actor = Actor(ActorKind.OFFICER, row.id, row.staff_number, roles)
    return await sessions.issue(actor, device=device, now=now)


async def _count_failure(row: Officer, *, address: str, now: datetime) -> DomainError:
    """Count a failure; the fifth locks. 等保 level 3: failed sign-ins are limited and logged."""
    row.failures += 1
    refusal: DomainError = OfficerCredentialsWrong()
    if row.failures >= rules.OFFICER_TRIES:
        row.failures, row.locked_until = 0, now + rules.OFFICER_LOCKED_FOR
        refusal = OfficerLocked(in_shanghai(row.locked_until))
    await row.save(update_fields=["failures", "locked_until"])
    actor = Actor(ActorKind.OFFICER, row.id, row.staff_number)
    detail: dict[str, object] = {"address": address, "locked": row.locked_until is not None}
    _record("identity.sign_in_failed", row.id, actor=actor, now=now, detail=detail)
    return refusal


async def change_roles(
    officer_id: UUID, roles: Collection[Role], *, actor: Actor, state: SharedState, now: datetime
) -> OfficerView:
    """Give an officer other roles and end their sessions. Raises `RolesExcludeEachOther`, `NoSuchOfficer`."""
    _check_roles(roles)
    view, ended = await _change_roles(officer_id, roles, actor=actor, now=now)
    await sessions.forget(ended, state)
    return view


@use_case
async def _change_roles(
    officer_id: UUID, roles: Collection[Role], *, actor: Actor, now: datetime
) -> tuple[OfficerView, list[str]]:
    row = await store.officer(officer_id)
    await store.set_roles(row.id, roles)
    _record("identity.change_roles", row.id, actor=actor, now=now, detail={"roles": sorted(roles)})
    return _view(row, frozenset(roles)), await store.revoke_all(row.id, now=now)


async def deactivate_officer(officer_id: UUID, *, actor: Actor, state: SharedState, now: datetime) -> None:
    """Let an officer who has left sign in no more, and end their sessions. Raises `NoSuchOfficer`."""
    await sessions.forget(await _deactivate(officer_id, actor=actor, now=now), state)


@use_case
async def _deactivate(officer_id: UUID, *, actor: Actor, now: datetime) -> list[str]:
    row = await store.officer(officer_id)
    row.is_active = False
    await row.save(update_fields=["is_active"])
    _record("identity.deactivate_officer", row.id, actor=actor, now=now)
    return await store.revoke_all(row.id, now=now)


async def officer(officer_id: UUID) -> OfficerView:
    """One member of staff. Raises `NoSuchOfficer`."""
    row = await store.officer(officer_id)
    return _view(row, (await store.roles_of([row.id]))[row.id])


async def officers() -> list[OfficerView]:
    """All staff in order of their numbers."""
    rows = await store.officers()
    roles = await store.roles_of([row.id for row in rows])
    return [_view(row, roles[row.id]) for row in rows]


def _check_roles(roles: Collection[Role]) -> None:
    if pairs := rules.excluded_pairs(roles):
        raise RolesExcludeEachOther(pairs)


def _check_password(password: str) -> None:
    if problem := rules.password_problem(password):
        raise FieldsInvalid((FieldProblem("password", problem),))


def _view(row: Officer, roles: frozenset[Role]) -> OfficerView:
    return OfficerView(row.id, row.staff_number, row.name, row.office, roles, row.is_active)


def _record(
    verb: str, officer_id: UUID, *, actor: Actor, now: datetime, detail: dict[str, object] | None = None
) -> None:
    kind = "officer"
    record(Act(verb=verb, actor=actor, at=now, subject_kind=kind, subject_id=officer_id, detail=detail or {}))
