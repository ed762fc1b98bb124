"""The table of states: every step drawn, nothing else possible."""

from itertools import product

import pytest

from backend.cases.errors import ActNotPossible
from backend.cases.states import CLOSED, OPEN, TABLE, CaseAct, State, acts_from, step
from backend.kernel.actors import ActorKind


def test_every_state_is_reached_from_a_draft() -> None:
    reached, grown = {State.DRAFT}, True
    while grown:
        more = {each.target for each in TABLE if each.source in reached} - reached
        reached, grown = reached | more, bool(more)
    assert reached == set(State)


def test_closed_cases_cannot_be_moved() -> None:
    assert not [each for each in TABLE if each.source in CLOSED]


def test_every_open_state_leads_to_an_end() -> None:
    for state in OPEN:
        assert acts_from(state, ActorKind.OFFICER) or acts_from(state, ActorKind.PERSON)


@pytest.mark.parametrize(("state", "act"), list(product(State, CaseAct)))
def test_only_drawn_steps_are_possible(state: State, act: CaseAct) -> None:
    drawn = [each for each in TABLE if each.source is state and each.act is act]
    if drawn:
        assert step(state, act) is drawn[0]
        assert len(drawn) == 1
    else:
        with pytest.raises(ActNotPossible) as refusal:
            step(state, act)
        assert state.text in refusal.value.message


def test_every_step_rests_on_an_article() -> None:
    assert all(each.article.place.startswith("第") for each in TABLE)
