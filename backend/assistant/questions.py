"""The question log: what was asked, what the engine made of it, and what people said of the answer."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from tortoise.exceptions import BaseORMException

from backend.assistant import store
from backend.assistant.errors import NoSuchAnswer
from backend.assistant.memory import recall, remember
from backend.assistant.records import Asked, OpenQuestion, session_digest
from backend.journal.service import record, use_case
from backend.journal.types import Act
from backend.kernel.actors import NOBODY, Actor
from backend.kernel.ports import SharedState

#: How long questions and conversations are kept.
KEPT = timedelta(days=90)
#: The desk looks back so far.
LOOK_BACK = timedelta(days=30)
NOT_MEANT = store.NOT_MEANT

log = structlog.get_logger()


async def note(asked: Asked | None) -> None:
    """Write a question down, one insert. An answer already given never fails because of its log."""
    if asked is None:
        return
    try:
        await store.add_question(asked)
    except (BaseORMException, OSError) as fault:
        log.warning("assistant.question_not_logged", reason=type(fault).__name__)


@use_case
async def rate(answer_id: UUID, kind: str, *, session: str) -> None:
    """Note what the asker says of an answer. Raises `NoSuchAnswer`, also for another conversation's."""
    if not await store.set_feedback(answer_id, kind, session_digest=session_digest(session)):
        raise NoSuchAnswer


async def disappoint(state: SharedState, session: str) -> int:
    """Count an answer that was not meant as a failure; how many there are in a row now."""
    memory = await recall(state, session)
    failures = memory.failures + 1
    await remember(state, session, memory.after_failures(failures))
    return failures


async def open_questions(*, now: datetime, limit: int) -> list[OpenQuestion]:
    """Refused and corrected questions, the most frequent first."""
    return await store.open_questions(since=now - LOOK_BACK, limit=limit)


@use_case
async def lay_aside(key: str, *, actor: Actor, now: datetime) -> None:
    """Take a question off the list without approving anything."""
    count = await store.settle(key)
    record(
        Act(
            verb="assistant.lay_aside",
            actor=actor,
            at=now,
            subject_kind="question",
            subject_id=NOBODY,
            detail={"questions": count},
        )
    )


@use_case
async def forget_old(*, now: datetime) -> None:
    """Delete questions, conversations and WeChat messages older than ninety days (个人信息保护法 第十九条)."""
    await store.delete_before(now - KEPT)
