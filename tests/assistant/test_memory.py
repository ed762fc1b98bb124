"""What a conversation remembers, and for how long."""

import pytest

from backend.adapters.memory.state import MemoryState
from backend.assistant.memory import Memory, chosen, recall, remember
from backend.assistant.types import Aspect, Topic

ASKED = Memory(Topic("公共场所卫生许可", Aspect.TIME), ("公共场所卫生许可", "旅馆业特种行业许可"))


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("2", "旅馆业特种行业许可"),
        ("第一个", "公共场所卫生许可"),
        ("选二", "旅馆业特种行业许可"),
        ("旅馆业特种行业许可", "旅馆业特种行业许可"),
        ("3", None),
        ("二手车过户", None),
    ],
)
def test_a_choice_by_number_or_name(said: str, name: str | None) -> None:
    topic = chosen(said, ASKED)
    assert (topic.name if topic else None) == name
    assert topic is None or topic.aspect is Aspect.TIME


def test_numbers_mean_nothing_where_nothing_was_offered() -> None:
    assert chosen("1", Memory()) is None


@pytest.mark.anyio
async def test_ten_minutes_and_no_longer() -> None:
    seconds = [0.0]
    state = MemoryState(clock=lambda: seconds[0])
    await remember(state, "conversation", ASKED)
    seconds[0] = 599
    kept = await recall(state, "conversation")
    assert (kept.choices, kept.topic) == (ASKED.choices, ASKED.topic)
    seconds[0] = 601
    assert await recall(state, "conversation") == Memory()


@pytest.mark.anyio
async def test_what_cannot_be_read_is_forgotten() -> None:
    state = MemoryState()
    await state.set("assistant:session:conversation", b"[1", lifetime_seconds=60)
    assert await recall(state, "conversation") == Memory()
    await state.set("assistant:session:conversation", b"[1]", lifetime_seconds=60)
    assert await recall(state, "conversation") == Memory()
