"""Every query on the question log and the approved phrases."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from tortoise.expressions import Q
from tortoise.functions import Count, Max

from backend.assistant.aliases import Alias
from backend.assistant.models import (
    AliasRow,
    ConversationRow,
    CustomerMessageRow,
    CustomerReplyRow,
    LineRow,
    QuestionRow,
)
from backend.assistant.records import ApprovedPhrase, Asked, OpenQuestion, key_of, session_digest
from backend.assistant.stripping import stripped
from backend.assistant.types import Action, Candidate
from backend.kernel.actors import Actor
from backend.kernel.clock import in_shanghai
from backend.kernel.ids import new_id

LONGEST_QUESTION = 300
MOST_CANDIDATES = 5
NOT_MEANT = "not_meant"


async def add_question(asked: Asked) -> None:
    text = stripped(asked.text, longest=LONGEST_QUESTION)
    best = asked.meant.ranked[:MOST_CANDIDATES]
    await QuestionRow.create(
        id=asked.id,
        session_digest=session_digest(asked.session),
        asked_at=asked.at,
        text=text,
        key=key_of(text),
        index_version=asked.meant.index_version,
        action=asked.meant.action.value,
        aspect=asked.meant.aspect.value,
        score=asked.meant.score,
        candidates=[{"code": c.code, "name": c.name, "score": round(c.score, 4)} for c in best],
        chosen=asked.chosen,
    )


async def set_feedback(answer_id: UUID, kind: str, *, session_digest: str) -> bool:
    found = QuestionRow.filter(id=answer_id, session_digest=session_digest)
    return bool(await found.update(feedback=kind))


async def open_questions(*, since: datetime, limit: int) -> list[OpenQuestion]:
    """What was refused or not meant since a moment and not dealt with, grouped by its key."""
    wrong = Q(action=Action.REFUSE.value) | Q(feedback=NOT_MEANT)
    found: list[dict[str, Any]] = (
        await QuestionRow.filter(wrong, is_settled=False, asked_at__gte=since)
        .exclude(key="")
        .annotate(times=Count("id"), last_at=Max("asked_at"))
        .group_by("key")
        .order_by("-times", "-last_at")
        .limit(limit)
        .values("key", "times")
    )
    keys = [str(row["key"]) for row in found]
    latest, corrected = await _latest_of(keys, since=since), await _corrections_of(keys, since=since)
    return [
        _open_question(latest[str(row["key"])], times=int(row["times"]), corrected=corrected)
        for row in found
        if str(row["key"]) in latest
    ]


async def _corrections_of(keys: Sequence[str], *, since: datetime) -> dict[str, int]:
    rows: list[dict[str, Any]] = (
        await QuestionRow.filter(
            key__in=list(keys), feedback=NOT_MEANT, is_settled=False, asked_at__gte=since
        )
        .annotate(times=Count("id"))
        .group_by("key")
        .values("key", "times")
    )
    return {str(row["key"]): int(row["times"]) for row in rows}


async def _latest_of(keys: Sequence[str], *, since: datetime) -> dict[str, QuestionRow]:
    rows = await QuestionRow.filter(key__in=list(keys), asked_at__gte=since).order_by("asked_at").limit(5000)
    return {row.key: row for row in rows}


def _open_question(latest: QuestionRow, *, times: int, corrected: dict[str, int]) -> OpenQuestion:
    return OpenQuestion(
        key=latest.key,
        text=latest.text,
        times=times,
        corrected=corrected.get(latest.key, 0),
        last_at=in_shanghai(latest.asked_at),
        candidates=tuple(Candidate(c["name"], c["code"], c["score"]) for c in latest.candidates),
    )


async def settle(key: str) -> int:
    """Take every question of a key off the list."""
    return int(await QuestionRow.filter(key=key, is_settled=False).update(is_settled=True))


async def aliases_newer_than(revision: int) -> tuple[int, tuple[Alias, ...]]:
    """The present revision, and the list where it is another one; one cheap query otherwise."""
    last = await AliasRow.all().order_by("-revision").first()
    current = last.revision if last else 0
    return (current, ()) if current == revision else await aliases()


async def aliases() -> tuple[int, tuple[Alias, ...]]:
    """The revision of the list, and the phrases in use."""
    rows = await AliasRow.all().order_by("approved_at", "id")
    revision = max((row.revision for row in rows), default=0)
    return revision, tuple(Alias(row.text, row.item_name) for row in rows if row.withdrawn_at is None)


async def add_alias(
    text: str, item_code: str, *, name: str, revision: int, actor: Actor, now: datetime
) -> UUID:
    row = await AliasRow.create(
        id=new_id(),
        text=text,
        item_code=item_code,
        item_name=name,
        approved_by=actor.id,
        approved_label=actor.label,
        approved_at=now,
        revision=revision,
    )
    return row.id


async def withdraw_alias(alias_id: UUID, *, now: datetime) -> bool:
    """Take a phrase out of use under the next revision; False where it was not in use."""
    row = await AliasRow.filter(id=alias_id, withdrawn_at__isnull=True).select_for_update().first()
    if row is None:
        return False
    revision, _ = await aliases()
    row.withdrawn_at, row.revision = now, revision + 1
    await row.save(update_fields=["withdrawn_at", "revision"])
    return True


async def approved_phrases(*, limit: int) -> list[ApprovedPhrase]:
    rows = await AliasRow.filter(withdrawn_at__isnull=True).order_by("-approved_at").limit(limit)
    return [
        ApprovedPhrase(
            row.id, row.text, row.item_code, row.item_name, row.approved_label, in_shanghai(row.approved_at)
        )
        for row in rows
    ]


async def delete_before(moment: datetime) -> None:
    """Delete what is older, conversations with their lines."""
    await QuestionRow.filter(asked_at__lt=moment).delete()
    old = await ConversationRow.filter(last_at__lt=moment).values_list("id", flat=True)
    await LineRow.filter(conversation_id__in=list(old)).delete()
    await ConversationRow.filter(id__in=list(old)).delete()
    await CustomerMessageRow.filter(received_at__lt=moment).delete()
    await CustomerReplyRow.filter(owed_at__lt=moment).delete()
