"""`intents/` is complete, without faults, and has not seen the test questions."""

import re

from rapidfuzz import fuzz, process

from backend.assistant.calibrating import questions as calibration_questions
from backend.assistant.engine import Engine
from backend.assistant.library import FOLDER
from backend.assistant.reading import ITEM
from backend.assistant.types import Aspect
from backend.assistant.validating import faults_of, unknown_items
from backend.seeds.service import item_names
from tests.assistant import evaluating as ev
from tests.assistant.evaluate import ASKED, calibration_lines, near

#: So few signs (社保卡激活) are a phrase that everybody hits upon, not somebody's question.
LONGEST_PHRASE = 5


def test_no_line_is_faulty(delivered: Engine) -> None:
    assert list(map(str, faults_of(delivered.lexicon, delivered.items))) == []


def test_every_item_of_the_catalogue_has_names_and_no_other(delivered: Engine) -> None:
    assert unknown_items(delivered.lexicon, item_names()) == []


def test_every_item_has_at_least_four_names(delivered: Engine) -> None:
    named: dict[str, int] = {}
    for said in delivered.lexicon.names:
        named[said.target] = named.get(said.target, 0) + (said.text != said.target)
    assert {name: count for name, count in named.items() if count < 4} == {}


def test_the_lexicon_is_of_the_size_agreed(delivered: Engine) -> None:
    lexicon = delivered.lexicon
    assert sum(said.where.startswith("lexicon/") for said in lexicon.names) >= 600
    assert len(lexicon.others) >= 120


def test_no_test_question_stands_in_the_lexicon(delivered: Engine) -> None:
    """Neither as it is nor nearly: the figures would measure memory. Counts only, nobody reads the lines."""
    lexicon = delivered.lexicon
    said = {ev.plain(each.text) for each in (*lexicon.names, *lexicon.others)}
    said |= {ev.plain(each.text) for each in calibration_questions(FOLDER)}
    official = {ev.plain(name) for name in lexicon.codes}
    asked = [q.text for q in ev.split("test") if len(ev.plain(q.text)) > LONGEST_PHRASE]
    known = sum(near(text, said) and not _is_official(text, official) for text in asked)
    assert known == 0


def _is_official(text: str, official: set[str]) -> bool:
    """A published name is everybody's, also with a sign mistyped."""
    return bool(process.extractOne(ev.plain(text), official, scorer=fuzz.ratio, score_cutoff=80))


def test_the_questions_the_gate_is_fitted_to_are_the_calibration_split() -> None:
    """After a change: `python -m tests.assistant.evaluate --fit`."""
    assert ASKED.read_text(encoding="utf-8") == "".join(calibration_lines())


def test_items_stand_under_items_only(delivered: Engine) -> None:
    """A trade file may add words to an item, never an item."""
    for path in (FOLDER / "lexicon").glob("*.yml"):
        assert "code:" not in path.read_text(encoding="utf-8")
    assert all(not said.target.startswith(ITEM) for said in delivered.lexicon.names)


def test_no_fact_stands_in_the_lexicon() -> None:
    """Days, fees and lists of materials come from the item version alone."""
    for path in (FOLDER / "items").glob("*.yml"):
        body = "\n".join(line for line in path.read_text(encoding="utf-8").splitlines() if line[:1] != "#")
        assert not re.search(r"\d+\s*个?工作日|\d+\s*元|需提交", body), path.name


def test_every_aspect_but_general_has_rules(delivered: Engine) -> None:
    assert [aspect for aspect, _ in delivered.lexicon.aspects] == [
        Aspect.PROGRESS,
        Aspect.FEE,
        Aspect.MATERIALS,
        Aspect.TIME,
        Aspect.WHERE,
        Aspect.CONDITIONS,
        Aspect.PROCESS,
    ]


def test_the_gate_delivered_fits_the_lexicon(delivered: Engine) -> None:
    """After a change of the lexicon: `python -m tests.assistant.evaluate --fit`."""
    assert (FOLDER / "calibration" / f"gate-{delivered.version}.json").is_file()
