"""Answers from published versions of the sample county, whatever the engine at hand understands."""

from datetime import datetime
from uuid import uuid4

import pytest

from backend.assistant.answers import Answer
from backend.assistant.composing import Ground, compose
from backend.assistant.situations import named_in, question_for
from backend.assistant.types import Action, Aspect, Candidate, Understanding
from backend.catalog import service as catalog
from backend.catalog.types import ItemVersion, Power
from backend.kernel.clock import FixedClock

pytestmark = pytest.mark.anyio

DISPATCH = "劳务派遣经营许可"


async def item_named(name: str, now: datetime) -> ItemVersion:
    found = await catalog.snapshot(now=now)
    return next(each for each in found.items.values() if each.item_name == name)


def answered(item: ItemVersion, aspect: Aspect, said: str = "", *, is_plain: bool = False) -> Answer:
    meant = Understanding(
        action=Action.ANSWER,
        aspect=aspect,
        ranked=(Candidate(item.item_name, item.item_code, 1.0),),
        score=1.0,
        index_version="test",
    )
    ground = Ground(answer_id=uuid4(), session="s", said=said, items=(item,), is_plain=is_plain)
    return compose(meant, ground)


async def test_days_that_differ_are_told_for_each_situation(county: str, clock: FixedClock) -> None:
    told = answered(await item_named(DISPATCH, clock.now()), Aspect.TIME)
    assert "新办：" in told.text and "20个工作日" in told.text
    assert "变更：" in told.text and "10个工作日" in told.text


async def test_a_named_situation_is_answered_alone(county: str, clock: FixedClock) -> None:
    item = await item_named(DISPATCH, clock.now())
    told = answered(item, Aspect.TIME, "劳务派遣换法人要几天")
    assert "10个工作日" in told.text and "20个工作日" not in told.text
    assert told.actions[0].target == f"{item.item_code}/change"


async def test_materials_that_differ_offer_the_other_situations(county: str, clock: FixedClock) -> None:
    item = await item_named(DISPATCH, clock.now())
    told = answered(item, Aspect.MATERIALS)
    assert "（新办）" in told.text
    assert [choice.label for choice in told.choices] == ["变更", "延续"]
    chosen = answered(item, Aspect.MATERIALS, told.choices[0].text)
    assert "（变更）" in chosen.text and chosen.choices == ()


async def test_every_question_we_offer_names_its_situation(county: str, clock: FixedClock) -> None:
    for item in (await catalog.snapshot(now=clock.now())).items.values():
        for variant in item.variants if len(item.variants) > 1 else ():
            found = named_in(question_for(item, variant, Aspect.MATERIALS), item)
            assert found == variant, (item.item_name, variant.name)


async def test_the_law_and_the_pending_facts_are_named(county: str, clock: FixedClock) -> None:
    told = answered(await item_named(DISPATCH, clock.now()), Aspect.GENERAL)
    facts = {fact.label: fact for fact in told.facts}
    assert facts["法律依据"].text
    assert facts["要带什么"].is_pending
    assert told.source and told.source.version == 1


async def test_plain_words_in_elder_mode(county: str, clock: FixedClock) -> None:
    told = answered(await item_named(DISPATCH, clock.now()), Aspect.TIME, "变更", is_plain=True)
    assert "办结" not in told.text and "待核实" not in told.text
    assert "周末和放假不算" in told.text


@pytest.mark.parametrize("aspect", list(Aspect))
async def test_every_item_answers_every_aspect(county: str, clock: FixedClock, aspect: Aspect) -> None:
    for item in (await catalog.snapshot(now=clock.now())).items.values():
        told = answered(item, aspect)
        assert told.text and told.source, item.item_name
        assert 0 < len(told.speech) <= 240, (item.item_name, told.speech)
        kinds = [button.kind.value for button in told.actions]
        assert ("file" in kinds) is (item.power is Power.TRANSFERRED)
        assert not any(word in told.text for word in ("保证批准", "一定能批", "肯定能办下来"))
