"""Answer many questions, one JSON line each, without a database (`ask --batch`)."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from backend.assistant.engine import Engine
from backend.assistant.library import library


def run(questions: Iterable[str], out: TextIO) -> None:
    """Read `{"id", "text", "context"?}` lines and write what each means, in the same order.

    A line that is no JSON object is answered as a refusal with the id null, so that lines stay aligned.
    """
    engine = library().engine
    for line in questions:
        if line.strip():
            out.write(json.dumps(_answered(engine, line), ensure_ascii=False) + "\n")
    out.flush()


def _answered(engine: Engine, line: str) -> dict[str, Any]:
    asked = _parsed(line)
    context = asked.get("context")
    previous = engine.topic_of(context) if isinstance(context, str) and context.strip() else None
    meant = engine.understand(str(asked.get("text") or ""), previous=previous)
    return {
        "id": asked.get("id"),
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
