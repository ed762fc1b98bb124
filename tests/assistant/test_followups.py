"""What a short message takes over from the one before."""

import pytest

from backend.assistant.engine import Engine
from backend.assistant.followups import aspect_after, question_in
from backend.assistant.types import Aspect, Topic

FOOD = Topic("食品经营许可", Aspect.MATERIALS)


@pytest.mark.parametrize(
    ("context", "question"),
    [
        ("上一轮：食品经营许可证需要哪些材料？", "食品经营许可证需要哪些材料？"),
        ("用户: 开药店\n助手: 您要办的是药品零售", "开药店"),
        ("开药店要什么", "开药店要什么"),
        ("", ""),
    ],
)
def test_the_question_in_a_context(context: str, question: str) -> None:
    assert question_in(context) == question


@pytest.mark.parametrize(
    ("said", "named", "previous", "aspect"),
    [
        ("要多久", Aspect.TIME, FOOD, Aspect.TIME),
        ("那奶茶店呢", None, FOOD, Aspect.MATERIALS),
        ("开养猪场", None, FOOD, Aspect.GENERAL),
        ("那奶茶店呢", None, None, Aspect.GENERAL),
    ],
)
def test_the_aspect_is_kept_only_where_the_item_is_swapped(
    said: str, named: Aspect | None, previous: Topic | None, aspect: Aspect
) -> None:
    assert aspect_after(said, named, previous) is aspect


@pytest.mark.parametrize(
    ("said", "item", "aspect"),
    [
        ("要多长时间", "食品经营许可", Aspect.TIME),
        ("在哪办啊", "食品经营许可", Aspect.WHERE),
        ("那兽药店呢", "兽药经营许可", Aspect.MATERIALS),
        ("养狗证怎么办", "犬类准养证核发", Aspect.PROCESS),
    ],
)
def test_new_evidence_replaces_the_item(delivered: Engine, said: str, item: str, aspect: Aspect) -> None:
    meant = delivered.understand(said, previous=FOOD)
    assert meant.best is not None
    assert (meant.best.name, meant.aspect) == (item, aspect)
