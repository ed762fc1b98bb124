"""From a message to what it means."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.assistant.engine import Engine
from backend.assistant.library import library
from backend.assistant.types import Action, Aspect

#: The goal is 50 ms; a shared machine may stop a process for longer than that.
SLOWEST = 0.25


def names(engine: Engine, said: str) -> list[str]:
    return [candidate.name for candidate in engine.understand(said).ranked]


def test_a_small_restaurant_finds_the_food_licence_among_three(delivered: Engine) -> None:
    assert "食品经营许可" in names(delivered, "想开个小饭馆要办啥证")[:3]


@pytest.mark.parametrize(
    ("said", "item"),
    [
        ("食品经营许可证", "食品经营许可"),
        ("shipin jingying xukezheng", "食品经营许可"),
        ("食品經營許可證", "食品经营许可"),
        ("药品零售许可正", "药品零售企业经营许可"),
        ("想开個網咖", "互联网上网服务营业场所筹建审批"),
        ("烟证", "烟草专卖零售许可"),
    ],
)
def test_however_it_is_typed(delivered: Engine, said: str, item: str) -> None:
    assert names(delivered, said)[0] == item


def test_every_official_name_finds_its_item(delivered: Engine) -> None:
    lost = [name for name in delivered.lexicon.codes if names(delivered, name)[:1] != [name]]
    assert lost == []


def test_close_items_are_told_apart_by_their_question(delivered: Engine) -> None:
    meant = delivered.understand("开民宿")
    assert meant.action is Action.CLARIFY
    assert meant.clarification is not None
    assert {choice.name for choice in meant.clarification.choices} == {
        "公共场所卫生许可",
        "旅馆业特种行业许可",
    }


def test_a_scene_lists_its_items_in_order(delivered: Engine) -> None:
    meant = delivered.understand("我想开一家药店")
    assert meant.scene is not None
    assert meant.scene.items[0] == "企业登记注册"
    assert meant.ranked[0].name == "药品零售企业经营许可"


def test_several_matters_need_evidence_each(delivered: Engine) -> None:
    both = delivered.understand("办烟草证，还有养狗证")
    assert both.matters == 2
    assert [c.name for c in both.ranked[:2]] == ["烟草专卖零售许可", "犬类准养证核发"]
    assert delivered.understand("矿山、金属冶炼建设项目安全设施设计审查").matters == 1


def test_progress_is_its_own_action(delivered: Engine) -> None:
    meant = delivered.understand("我的食品经营许可证办到哪一步了")
    assert (meant.action, meant.aspect) == (Action.PROGRESS, Aspect.PROGRESS)


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=5000), st.text(max_size=60))
def test_any_text_is_answered_in_bounded_time(said: str, context: str) -> None:
    engine = library().engine
    began = time.perf_counter()
    meant = engine.understand(said, previous=engine.topic_of(context))
    assert time.perf_counter() - began < SLOWEST
    assert 0 <= meant.score <= 1


@pytest.mark.parametrize(
    "said", ["食" * 5000, "食品经营许可" * 800, "a" * 5000, "shipin " * 700, "，" * 5000, "\ud800"]
)
def test_long_and_odd_texts_take_no_longer(delivered: Engine, said: str) -> None:
    began = time.perf_counter()
    delivered.understand(said)
    assert time.perf_counter() - began < SLOWEST


@pytest.mark.parametrize(
    ("said", "content"),
    [
        ("养了二十头牛", "养牛"),
        ("有三台叉车", "叉车"),
        ("三类医疗器械", "三类医疗器械"),
        ("二手车过户", "二手车过户"),
        ("请问我想开一家药店需要什么手续", "药店"),
    ],
)
def test_what_is_left_of_a_message(delivered: Engine, said: str, content: str) -> None:
    assert delivered.wording.read(said).content == content
