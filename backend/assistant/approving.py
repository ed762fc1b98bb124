"""Approve a short phrase as a name of an item, and bring it into use in every process.

A phrase is tried in a copy of the index first: the lexicon's own checks, then a smoke list. Only when
both pass is it stored; other processes see the new revision within seconds and build the same copy.
"""

import asyncio
import time
from datetime import datetime
from uuid import UUID

from tortoise.exceptions import BaseORMException, IntegrityError
from tortoise.transactions import in_transaction

from backend.assistant import store
from backend.assistant.aliases import Alias, faults_in, revision_of, tried, with_aliases
from backend.assistant.engine import Engine
from backend.assistant.errors import ApprovedMeanwhile, NoSuchPhrase, PhraseRefused
from backend.assistant.library import Library
from backend.assistant.records import ApprovedPhrase, key_of
from backend.journal.service import record, use_case
from backend.journal.types import Act
from backend.kernel.actors import Actor

#: How long a process may go on with what it has before it looks for a newer list.
LOOK_AGAIN_SECONDS = 3.0


class Watch:
    """When this process last looked at the list of approved phrases, and whether it is building."""

    def __init__(self) -> None:
        self.looked_at = float("-inf")
        self.building = asyncio.Lock()

    def is_due(self) -> bool:
        return time.monotonic() - self.looked_at >= LOOK_AGAIN_SECONDS


_watches: dict[int, Watch] = {}


def watch_of(library: Library) -> Watch:
    """The watch of a library, one per library and process."""
    return _watches.setdefault(id(library), Watch())


async def current_engine(library: Library) -> Engine:
    """The engine in use, with the phrases approved so far; looks for newer ones every few seconds."""
    engine, watch = await library.ready(), watch_of(library)
    if not watch.is_due() or watch.building.locked():
        return engine
    async with watch.building:
        watch.looked_at = time.monotonic()
        try:
            revision, aliases = await store.aliases_newer_than(revision_of(engine))
        except (BaseORMException, OSError):
            return engine  # the question itself needs no list
        if revision == revision_of(engine):
            return engine
        built = await asyncio.to_thread(with_aliases, engine, aliases, revision=revision)
        library.adopt(built)
        return built


async def approve(
    text: str, item_code: str, *, key: str, actor: Actor, library: Library, now: datetime
) -> str:
    """Make a phrase a name of an item and use it at once; the new index version.

    Raises `PhraseRefused` with what is wrong; everything then stays as it was.
    """
    phrase = " ".join(text.split())
    watch_of(library).looked_at = float("-inf")
    engine = await current_engine(library)
    name = next((name for name, code in engine.lexicon.codes.items() if code == item_code), "")
    faults = faults_in(phrase, name, engine)
    if faults:
        raise PhraseRefused(phrase, faults)
    revision, approved = await store.aliases()
    aliases = (*approved, Alias(phrase, name))
    built, faults = await asyncio.to_thread(tried, engine, aliases, revision=revision + 1)
    if faults:
        raise PhraseRefused(phrase, faults)
    await _store(phrase, item_code, name=name, key=key, revision=revision + 1, actor=actor, now=now)
    library.adopt(built)
    return built.version


@use_case
async def _store(
    text: str, item_code: str, *, name: str, key: str, revision: int, actor: Actor, now: datetime
) -> None:
    try:
        async with in_transaction("default"):
            alias_id = await store.add_alias(
                text, item_code, name=name, revision=revision, actor=actor, now=now
            )
    except IntegrityError:
        raise ApprovedMeanwhile from None
    for each in {key, key_of(text)} - {""}:
        await store.settle(each)
    record(
        Act(
            verb="assistant.approve_phrase",
            actor=actor,
            at=now,
            subject_kind="alias",
            subject_id=alias_id,
            detail={"phrase": text, "item_code": item_code, "revision": revision},
        )
    )


async def withdraw(alias_id: UUID, *, actor: Actor, library: Library, now: datetime) -> None:
    """Take an approved phrase out of use. Raises `NoSuchPhrase`."""
    await _withdraw(alias_id, actor=actor, now=now)
    watch_of(library).looked_at = float("-inf")
    await current_engine(library)


@use_case
async def _withdraw(alias_id: UUID, *, actor: Actor, now: datetime) -> None:
    if not await store.withdraw_alias(alias_id, now=now):
        raise NoSuchPhrase
    record(
        Act(
            verb="assistant.withdraw_phrase",
            actor=actor,
            at=now,
            subject_kind="alias",
            subject_id=alias_id,
        )
    )


async def approved_phrases(*, limit: int) -> list[ApprovedPhrase]:
    """The phrases in use, the newest first."""
    return await store.approved_phrases(limit=limit)
