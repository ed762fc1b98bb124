"""The desk's page of questions, and phrases that become names."""

from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from backend.assistant import approving
from backend.assistant.aliases import revision_of
from backend.assistant.library import library
from backend.journal.models import JournalEntry
from backend.kernel.actors import Role
from tests.console.conftest import Seat

pytestmark = pytest.mark.anyio

PAGE, PHRASES = "/console/questions", "/console/questions/phrases"
PHRASE = "喵喵驿站"


@pytest.fixture(autouse=True)
async def own_words() -> AsyncIterator[None]:
    """Each test begins and ends with the words of the files alone."""
    before = await library().ready()
    approving.watch_of(library()).looked_at = float("-inf")
    yield
    library().adopt(before)


async def said(client: httpx2.AsyncClient, text: str) -> dict[str, Any]:
    return dict((await client.post("/api/v1/assistant/ask", json={"text": text})).json())


async def test_refused_questions_stand_there_by_frequency(client: httpx2.AsyncClient, seat: Seat) -> None:
    for text in ("办个呜噜噜证", PHRASE, PHRASE):
        await said(client, text)
    page = await (await seat(Role.WINDOW_CLERK)).page(PAGE)
    assert page.index(PHRASE) < page.index("办个呜噜噜证")
    assert PHRASES not in page, "a clerk only reads"


async def test_an_approved_phrase_answers_at_once_and_is_journalled(
    client: httpx2.AsyncClient, seat: Seat
) -> None:
    assert (await said(client, PHRASE))["action"] != "answer"
    desk = await seat(Role.CATALOGUE_EDITOR)
    key = PHRASE
    page = await desk.done(PHRASES, {"phrase": PHRASE, "code": "H148", "key": key})
    assert "已批准并启用" in page and f"工号 {desk.number}" in page
    told = await said(client, PHRASE)
    assert told["action"] == "answer"
    assert told["items"][0]["code"] == "H148"
    assert told["index_version"].endswith("+r1")
    entry = await JournalEntry.filter(verb="assistant.approve_phrase").first()
    assert entry is not None and PHRASE in entry.detail


async def test_a_phrase_can_be_withdrawn(client: httpx2.AsyncClient, seat: Seat) -> None:
    desk = await seat(Role.HEAD)
    await desk.done(PHRASES, {"phrase": PHRASE, "code": "H148"})
    (phrase,) = await approving.approved_phrases(limit=5)
    await desk.done(f"{PHRASES}/{phrase.id}/withdraw")
    told = await said(client, PHRASE)
    assert told["index_version"].endswith("+r2")
    assert await approving.approved_phrases(limit=5) == []
    assert (await desk.post(f"{PHRASES}/{phrase.id}/withdraw")).status_code == 404


@pytest.mark.parametrize(
    ("phrase", "code", "reason"),
    [
        ("证", "H148", "2 到 12 个字"),
        ("我想问一下开一个小饭馆到底要办什么", "H148", "2 到 12 个字"),
        ("许可证", "H148", "到处都有的词"),
        (PHRASE, "H999", "没有这个事项"),
        ("食品经营许可", "H148", "已经在用"),
        ("兽药经营许可", "H148", "同时写在"),
    ],
)
async def test_a_bad_phrase_is_refused_with_the_reason(
    phrase: str, code: str, reason: str, seat: Seat
) -> None:
    desk = await seat(Role.CATALOGUE_EDITOR)
    before = library().engine.version
    answer = await desk.post(PHRASES, {"phrase": phrase, "code": code})
    assert answer.status_code in {400, 422}
    assert reason in answer.text
    assert library().engine.version == before
    assert await approving.approved_phrases(limit=5) == []


async def test_another_process_takes_the_phrase_over(client: httpx2.AsyncClient, seat: Seat) -> None:
    old = await library().ready()
    await (await seat(Role.HEAD)).done(PHRASES, {"phrase": PHRASE, "code": "H148"})
    library().adopt(old)  # as a process that has not heard of it
    watch = approving.watch_of(library())
    assert revision_of(await approving.current_engine(library())) == revision_of(old) or not watch.is_due()
    watch.looked_at = float("-inf")
    assert revision_of(await approving.current_engine(library())) == 1


async def test_a_question_is_laid_aside(client: httpx2.AsyncClient, seat: Seat) -> None:
    await said(client, "办个呜噜噜证")
    desk = await seat(Role.HEAD)
    assert "办个呜噜噜证" in await desk.page(PAGE)
    assert "办个呜噜噜证" not in await desk.done("/console/questions/aside", {"key": "办个呜噜噜证"})


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.SYSTEM_ADMIN])
async def test_others_do_not_read_what_people_asked(role: Role, seat: Seat) -> None:
    assert (await (await seat(role)).get(PAGE)).status_code == 403


async def test_a_clerk_approves_nothing(seat: Seat) -> None:
    answer = await (await seat(Role.WINDOW_CLERK)).post(PHRASES, {"phrase": PHRASE, "code": "H148"})
    assert answer.status_code == 403
