"""Open, find and end sessions (private to identity; use it through `service`)."""

import json
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from backend.identity import rules, store
from backend.identity.errors import NoSuchSession
from backend.identity.models import Session
from backend.identity.types import IssuedSession, SessionView
from backend.journal.service import record, use_case
from backend.journal.types import Act
from backend.kernel.actors import Actor, ActorKind, Role
from backend.kernel.ids import new_id, new_token, token_digest
from backend.kernel.ports import SharedState


@dataclass(frozen=True)
class KnownSession:
    """A live session: who acts, and the token that belongs in hidden fields."""

    actor: Actor
    csrf_token: str


def person_actor(person_id: UUID, session_id: UUID | None = None) -> Actor:
    """A resident as the journal writes them: never by name."""
    return Actor(ActorKind.PERSON, person_id, f"person:{person_id.hex[:8]}", session_id=session_id)


async def issue(actor: Actor, *, device: str, now: datetime) -> IssuedSession:
    """Store a new session within the running use case and hand out its token."""
    token, session_id = new_token(), new_id()
    row = Session(
        id=session_id,
        token_digest=token_digest(token),
        kind=actor.kind.value,
        subject_id=actor.id,
        device=device[:64],
        csrf_token=secrets.token_urlsafe(32),
        created_at=now,
        seen_at=now,
        expires_at=now + rules.SESSION_LIFETIME[actor.kind],
    )
    await store.add_session(row)
    known = Actor(actor.kind, actor.id, actor.label, actor.roles, session_id)
    record(
        Act(
            verb="identity.sign_in",
            actor=known,
            at=now,
            subject_kind=actor.kind.value,
            subject_id=actor.id,
            detail={"device": row.device},
        )
    )
    return IssuedSession(token, row.expires_at, known, row.csrf_token)


async def actor_for_token(token: str, *, now: datetime, state: SharedState) -> Actor | None:
    """Find whose session a token is; None when unknown, ended, idle too long or past its end.

    Answers from the shared state for up to 30 seconds; without it every call reads the database.
    """
    found = await session_for_token(token, now=now, state=state)
    return found.actor if found else None


async def session_for_token(token: str, *, now: datetime, state: SharedState) -> KnownSession | None:
    """Like `actor_for_token`, with the session's CSRF token."""
    digest = token_digest(token)
    remembered = await state.get(_key(digest))
    if remembered and (known := _read(remembered, now=now)):
        return known
    row = await store.session_with(digest)
    if row is None:
        return None
    kind = ActorKind(row.kind)
    if not rules.is_live(kind, seen_at=row.seen_at, expires_at=row.expires_at, now=now):
        return None
    actor = await _actor_of(row)
    if actor is None:
        return None
    if now - row.seen_at >= rules.SEEN_EVERY:
        await store.mark_seen(row.id, now=now)
    found = KnownSession(actor, row.csrf_token)
    await state.set(
        _key(digest), _write(found, row, now=now), lifetime_seconds=rules.ACTOR_REMEMBERED_SECONDS
    )
    return found


async def _actor_of(row: Session) -> Actor | None:
    """The actor behind a session; None for an officer who no longer serves."""
    if row.kind == ActorKind.PERSON:
        return person_actor(row.subject_id, row.id)
    officer = await store.officer(row.subject_id)
    if not officer.is_active:
        return None
    roles = (await store.roles_of([officer.id]))[officer.id]
    return Actor(ActorKind.OFFICER, officer.id, officer.staff_number, roles, row.id)


def _key(digest: str) -> str:
    return f"session:{digest}"


def _write(found: KnownSession, row: Session, *, now: datetime) -> bytes:
    actor = found.actor
    remembered_until = now + timedelta(seconds=rules.ACTOR_REMEMBERED_SECONDS)
    return json.dumps(
        {
            "kind": actor.kind,
            "id": str(actor.id),
            "label": actor.label,
            "roles": sorted(actor.roles),
            "session_id": str(row.id),
            "csrf_token": found.csrf_token,
            "until": min(row.expires_at, remembered_until).isoformat(),
        }
    ).encode()


def _read(remembered: bytes, *, now: datetime) -> KnownSession | None:
    told = json.loads(remembered)
    if now >= datetime.fromisoformat(told["until"]):
        return None
    actor = Actor(
        ActorKind(told["kind"]),
        UUID(told["id"]),
        told["label"],
        frozenset(Role(role) for role in told["roles"]),
        UUID(told["session_id"]),
    )
    return KnownSession(actor, told["csrf_token"])


async def forget(digests: list[str], state: SharedState) -> None:
    """Drop remembered actors, so that an ended session ends at once in this and every process."""
    for digest in digests:
        await state.delete(_key(digest))


async def sessions_of(subject_id: UUID, *, now: datetime) -> list[SessionView]:
    """Where somebody is signed in, the most recently used first."""
    return [_view(row) for row in await store.sessions_of(subject_id, now=now)]


def _view(row: Session) -> SessionView:
    return SessionView(row.id, ActorKind(row.kind), row.device, row.created_at, row.seen_at, row.expires_at)


async def revoke_session(session_id: UUID, *, actor: Actor, now: datetime, state: SharedState) -> None:
    """End one of the actor's own sessions. Raises `NoSuchSession` for anybody else's."""
    await forget([await _revoke(session_id, actor=actor, now=now)], state)


async def sign_out(actor: Actor, *, now: datetime, state: SharedState) -> None:
    """End the session the actor is using; one that has already ended is no fault."""
    if actor.session_id is None:
        return
    try:
        await revoke_session(actor.session_id, actor=actor, now=now, state=state)
    except NoSuchSession:
        return


@use_case
async def _revoke(session_id: UUID, *, actor: Actor, now: datetime) -> str:
    digest = await store.revoke(session_id, subject_id=actor.id, now=now)
    if digest is None:
        raise NoSuchSession
    record(
        Act(
            verb="identity.end_session",
            actor=actor,
            at=now,
            subject_kind=actor.kind.value,
            subject_id=actor.id,
            detail={"session_id": str(session_id)},
        )
    )
    return digest
