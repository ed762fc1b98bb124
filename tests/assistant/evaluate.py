"""Look at the calibration split: `python -m tests.assistant.evaluate [--wrong]`; `--fit` stores the gate.

The report (`python -m backend assistant report`) has the figures that count.
"""

import json
import sys
import time
from collections.abc import Collection, Sequence

from rapidfuzz import fuzz, process

from backend.assistant.library import FOLDER, build
from backend.assistant.types import Action, Aspect
from tests.assistant import evaluating as ev
from tests.assistant import report
from tests.assistant.evaluating import Result

#: Written by `--fit` and delivered, so that a county that changes a line can fit anew.
ASKED = FOLDER / "calibration/asked.jsonl"


def main(arguments: Sequence[str]) -> None:
    if "--fit" in arguments:
        fit()
    began = time.perf_counter()
    engine = build(FOLDER)
    say(f"index {engine.version}: {len(engine.items.records)} strings, {time.perf_counter() - began:.2f} s")
    asked = ev.split("calibration")
    ev.ours(engine, asked[:50])
    mine = ev.ours(engine, asked)
    figures(mine)
    if "--wrong" in arguments:
        wrong(mine)


def figures(results: Sequence[Result]) -> None:
    for name, value in report.figures(results).items():
        say(f"  {name:<48} {value:.3f}")


def wrong(results: Sequence[Result]) -> None:
    for r in results:
        expected = "、".join(r.question.items) or "（不办）"
        if r.question.items and not r.is_first:
            say(f"ITEM   {r.question.text} | {expected} | {'、'.join(r.ranked[:3])}")
        if r.question.items and r.aspect is not Aspect(r.question.aspect):
            say(f"ASPECT {r.question.text} | {r.question.aspect} | {r.aspect}")
        if (r.action is Action.REFUSE) == bool(r.question.items):
            say(f"SCOPE  {r.question.text} | {expected} | {r.action} {r.score:.2f}")


def fit() -> None:
    """Fit the gate to the lexicon as it stands and keep it beside the calibration questions."""
    ASKED.write_text("".join(calibration_lines()), encoding="utf-8")
    for old in (FOLDER / "calibration").glob("gate-*.json"):
        old.unlink()
    build(FOLDER, cache=FOLDER / "calibration")


def calibration_lines() -> list[str]:
    """What the gate is fitted to of the tests' questions: nothing that stands, or nearly, in the test split."""
    kept_apart = [ev.plain(q.text) for q in ev.split("test")]
    return [
        json.dumps({"text": q.text, "scope": q.scope, "items": list(q.items)}, ensure_ascii=False) + "\n"
        for q in (*ev.questions(), *ev.split("calibration"))
        if not q.context and not near(q.text, kept_apart)
    ]


def near(text: str, others: Collection[str]) -> bool:
    """Whether the text stands among normalised others, nine tenths alike or more."""
    return process.extractOne(ev.plain(text), others, scorer=fuzz.ratio, score_cutoff=90) is not None


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
