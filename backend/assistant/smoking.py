"""What a lexicon must understand before it goes into use: `intents/calibration/smoke.jsonl`."""

import json
from pathlib import Path

from backend.assistant.calibrating import SMOKE
from backend.assistant.engine import Engine
from backend.assistant.types import Action, Understanding


def failures(engine: Engine, folder: Path) -> tuple[str, ...]:
    """Every line of the smoke list the engine fails; none where the folder has no list.

    A line has `text` and either `item`, which must be answered or offered, or `refuse: true`.
    """
    path = folder / "calibration" / SMOKE
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    found: list[str] = []
    for row in map(json.loads, filter(str.strip, lines)):
        meant = engine.understand(str(row["text"]))
        wanted = "" if row.get("refuse") else str(row["item"])
        if not _is_met(meant, wanted):
            best = meant.best.name if meant.best else "（没有）"
            found.append(f"试问“{row['text']}”应答到“{wanted or '不归本局办'}”，现在答到“{best}”")
    return tuple(found)


def _is_met(meant: Understanding, wanted: str) -> bool:
    if not wanted or meant.action is Action.REFUSE:
        return not wanted and meant.action is Action.REFUSE
    offered = meant.clarification.choices if meant.clarification else ()
    first = meant.ranked[: max(1, meant.matters)]
    return wanted in {*(candidate.name for candidate in first), *(choice.name for choice in offered)}
