"""Figures of an engine over the questions in `questions/`, and of rapidfuzz WRatio over the same strings."""

import json
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rapidfuzz import fuzz, process

from backend.assistant.engine import Engine
from backend.assistant.types import Action, Aspect

FOLDER = Path(__file__).parent / "questions"
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

    @property
    def is_first(self) -> bool:
        return bool(self.ranked) and self.ranked[0] in self.question.items

    @property
    def is_among_three(self) -> bool:
        return any(name in self.question.items for name in self.ranked[:3])


def questions() -> list[Question]:
    found: list[Question] = []
    for path in sorted(FOLDER.glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            row: dict[str, Any] = json.loads(line)
            items = tuple(row.get("items", ()))
            told = (row["id"], row["text"], row.get("context", ""), row["scope"], items)
            found.append(Question(*told, row.get("aspect", ""), row["tag"]))
    return found


def ours(engine: Engine, asked: Sequence[Question]) -> list[Result]:
    results: list[Result] = []
    for question in asked:
        previous = engine.topic_of(question.context) if question.context else None
        began = time.perf_counter()
        meant = engine.understand(question.text, previous=previous)
        spent = time.perf_counter() - began
        ranked = tuple(candidate.name for candidate in meant.ranked)
        results.append(Result(question, ranked, meant.score, meant.action, meant.aspect, spent))
    return results


def wratio(engine: Engine, asked: Sequence[Question]) -> list[Result]:
    """The peer everybody has at hand: WRatio over every string, its best score as the scope's."""
    strings = [record.text for record in engine.items.records]
    targets = [record.target for record in engine.items.records]
    results: list[Result] = []
    for question in asked:
        began = time.perf_counter()
        found = process.extract(question.text, strings, scorer=fuzz.WRatio, limit=30)
        spent = time.perf_counter() - began
        ranked = tuple(dict.fromkeys(targets[at] for _, _, at in found))
        score = found[0][1] / 100 if found else 0.0
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


def out_of_scope(results: Sequence[Result], scope: str = "") -> list[Result]:
    return [r for r in results if r.question.scope != "in" and (not scope or r.question.scope == scope)]


def is_aspect_exact(result: Result) -> bool:
    return result.aspect == result.question.aspect


def is_aspect_merged(result: Result) -> bool:
    asked = Aspect(result.question.aspect)
    return MERGED.get(result.aspect, result.aspect) == MERGED.get(asked, asked)
