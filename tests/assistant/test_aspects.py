"""Which side of the matter a question is about."""

import pytest

from backend.assistant.aspects import aspect_of
from backend.assistant.engine import Engine
from backend.assistant.types import Aspect


@pytest.mark.parametrize(
    ("said", "aspect"),
    [
        ("办食品证要啥材料", Aspect.MATERIALS),
        ("得带啥去", Aspect.MATERIALS),
        ("多咱能拿证", Aspect.TIME),
        ("几天能办好", Aspect.TIME),
        ("要几个工作日", Aspect.TIME),
        ("收费不", Aspect.FEE),
        ("办下来得花多少钱", Aspect.FEE),
        ("上哪办", Aspect.WHERE),
        ("归哪个局管", Aspect.WHERE),
        ("有什么条件", Aspect.CONDITIONS),
        ("面积多大才行", Aspect.CONDITIONS),
        ("咋办理", Aspect.PROCESS),
        ("流程是啥", Aspect.PROCESS),
        ("办到哪一步了", Aspect.PROGRESS),
        ("我上周交的申请批了没", Aspect.PROGRESS),
        ("交了材料多少钱", Aspect.FEE),  # the earlier rule counts
        ("想开个小饭馆", None),
        ("", None),
    ],
)
def test_the_first_rule_that_matches_counts(delivered: Engine, said: str, aspect: Aspect | None) -> None:
    assert aspect_of(said, delivered.lexicon.aspects) == aspect
