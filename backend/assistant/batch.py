"""Answer many questions, one JSON line each, without a database (`ask --batch`)."""

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from backend.assistant import generic
from backend.assistant.engine import Engine
from backend.assistant.library import library


def run(questions: Iterable[str], out: TextIO, *, index: Path | None = None) -> None:
    """Read `{"id", "text", "context"?}` lines and write what each means, in the same order.

    With `index` the texts are matched with its candidates instead of our items. A line that is no JSON
    object is answered as a refusal with the id null, so that lines stay aligned.
    """
    answered = _matching(index) if index else _understanding()
    for line in questions:
        if line.strip():
            asked = _parsed(line)
            told = {"id": asked.get("id"), **answered(asked)}
            out.write(json.dumps(told, ensure_ascii=False) + "\n")
    out.flush()


def _matching(index: Path) -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    matcher = generic.read(index)
    return lambda asked: matcher.match(str(asked.get("text") or ""))


def _understanding() -> Callable[[Mapping[str, Any]], Mapping[str, Any]]:
    engine = library().engine
    return lambda asked: _answered(engine, asked)


def _answered(engine: Engine, asked: Mapping[str, Any]) -> dict[str, Any]:
    context = asked.get("context")
    previous = engine.topic_of(context) if isinstance(context, str) and context.strip() else None
    meant = engine.understand(str(asked.get("text") or ""), previous=previous)
    return {
        "ranked": [candidate.name for candidate in meant.ranked],
        "codes": [candidate.code for candidate in meant.ranked],
        "score": meant.score,
        "action": meant.action.value,
        "aspect": meant.aspect.value,
        "index_version": meant.index_version,
    }


def _parsed(line: str) -> dict[str, Any]:
    try:
        read = json.loads(line)
    except ValueError:
        return {}
    return read if isinstance(read, dict) else {}
