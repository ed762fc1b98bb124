"""What a short message takes over from the one before."""

import pytest

from backend.assistant.engine import Engine
from backend.assistant.followups import aspect_after, question_in
from backend.assistant.types import Action, Aspect, Topic

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


@pytest.mark.parametrize(("said", "action"), [("老年卡咋办", Action.REFUSE), ("结婚证怎么办", Action.REFUSE)])
def test_another_bodys_matter_leaves_the_item_at_hand(delivered: Engine, said: str, action: Action) -> None:
    assert delivered.understand(said, previous=FOOD).action is action


@pytest.mark.parametrize("said", ["要身份证吗", "要体检吗", "电话多少"])
def test_what_points_back_stays_with_the_item_at_hand(delivered: Engine, said: str) -> None:
    meant = delivered.understand(said, previous=FOOD)
    assert meant.best is not None
    assert meant.best.name == "食品经营许可"


def test_where_ones_own_case_is_asks_for_progress(delivered: Engine) -> None:
    assert delivered.understand("我办的件到哪了", previous=FOOD).action is Action.PROGRESS
