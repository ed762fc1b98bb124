"""Questions nobody looked at while the lexicon was written, and what an engine or a peer says to them.

`questions/` is this project's own first set; `unseen/` holds the splits of another author, of which
only `calibration` may be looked at, never single lines of `test`.
"""

import json
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backend.assistant.engine import Engine
from backend.assistant.types import Action, Aspect
from backend.kernel.text import fold
from tests.assistant.peers import Peer

FOLDER = Path(__file__).parent / "questions"
UNSEEN = Path(__file__).parent / "unseen"
#: ASSISTANT.md §2 counts these three as one where it says "merged".
MERGED = {Aspect.PROCESS: Aspect.GENERAL, Aspect.CONDITIONS: Aspect.GENERAL}


@dataclass(frozen=True)
class Question:
    id: str
    text: str
    context: str
    scope: str
    items: tuple[str, ...]
    aspect: str
    tag: str


@dataclass(frozen=True)
class Result:
    """What an engine said to one question."""

    question: Question
    ranked: tuple[str, ...]
    score: float
    action: Action
    aspect: Aspect
    seconds: float
    #: What a question of ours offered.
    choices: tuple[str, ...] = ()

    @property
    def is_first(self) -> bool:
        return bool(self.ranked) and self.ranked[0] in self.question.items

    @property
    def is_among_three(self) -> bool:
        return any(name in self.question.items for name in self.ranked[:3])

    @property
    def is_outright(self) -> bool:
        return self.action in (Action.ANSWER, Action.PROGRESS)

    @property
    def is_right_within_two_turns(self) -> bool:
        """Right at once, or the right item stands among the choices of a question of ours."""
        if self.action is Action.CLARIFY:
            return any(name in self.question.items for name in self.choices)
        return self.is_outright and self.is_first


def questions(folder: Path = FOLDER) -> list[Question]:
    """The project's own first set."""
    return [asked for path in sorted(folder.glob("*.jsonl")) for asked in _read(path)]


def split(name: str) -> list[Question]:
    """A split of the other author's set, `calibration` or `test`; nothing where there is none."""
    path = UNSEEN / f"{name}.jsonl"
    return _read(path) if path.is_file() else []


def _read(path: Path) -> list[Question]:
    found: list[Question] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row: dict[str, Any] = json.loads(line)
        items = tuple(row.get("items") or ())
        told = (str(row["id"]), row["text"], row.get("context") or "", row["scope"], items)
        found.append(Question(*told, row.get("aspect") or "", row["tag"]))
    return found


def plain(text: str) -> str:
    """Letters and 汉字 only, to compare wording."""
    return re.sub(r"\W", "", fold(text))


def ours(engine: Engine, asked: Sequence[Question]) -> list[Result]:
    results: list[Result] = []
    for question in asked:
        previous = engine.topic_of(question.context) if question.context else None
        began = time.perf_counter()
        meant = engine.understand(question.text, previous=previous)
        spent = time.perf_counter() - began
        ranked = tuple(candidate.name for candidate in meant.ranked)
        offered = meant.clarification.choices if meant.clarification else ()
        choices = tuple(choice.name for choice in offered)
        results.append(Result(question, ranked, meant.score, meant.action, meant.aspect, spent, choices))
    return results


def theirs(peer: Peer, asked: Sequence[Question], targets: Sequence[str]) -> list[Result]:
    """A peer's ranking; it answers everything, and its best score stands for the scope's."""
    results: list[Result] = []
    for question in asked:
        began = time.perf_counter()
        found = peer.find(question.text)
        spent = time.perf_counter() - began
        ranked = tuple(dict.fromkeys(targets[at] for at, _ in found))
        score = found[0][1] if found else 0.0
        results.append(Result(question, ranked, score, Action.ANSWER, Aspect.GENERAL, spent))
    return results


def share(results: Sequence[Result], holds: Callable[[Result], bool]) -> float:
    return sum(holds(result) for result in results) / len(results) if results else 0.0


def macro_first(results: Sequence[Result]) -> float:
    """Top-1, each item counting the same, by the first item expected."""
    by_item: dict[str, list[bool]] = {}
    for result in results:
        by_item.setdefault(result.question.items[0], []).append(result.is_first)
    return sum(sum(some) / len(some) for some in by_item.values()) / len(by_item)


def auroc(inside: Sequence[Result], outside: Sequence[Result]) -> float:
    """How often a matter of ours is rated above one that is not."""
    wins = sum((a.score > b.score) + 0.5 * (a.score == b.score) for a in inside for b in outside)
    return wins / (len(inside) * len(outside))


def in_scope(results: Sequence[Result]) -> list[Result]:
    return [result for result in results if result.question.scope == "in"]


def with_items(results: Sequence[Result]) -> list[Result]:
    """The matters of ours that name an item; 我的件到哪了 names none."""
    return [result for result in in_scope(results) if result.question.items]


def out_of_scope(results: Sequence[Result], scope: str = "") -> list[Result]:
    return [r for r in results if r.question.scope != "in" and (not scope or r.question.scope == scope)]


def is_aspect_exact(result: Result) -> bool:
    return result.aspect == result.question.aspect


def is_aspect_merged(result: Result) -> bool:
    asked = Aspect(result.question.aspect)
    return MERGED.get(result.aspect, result.aspect) == MERGED.get(asked, asked)
