"""Print the figures: `python -m tests.assistant.evaluate [--wrong]`; `--fit` stores the fitted gate."""

import sys
import time
from collections.abc import Sequence

from backend.assistant.library import FOLDER, build
from backend.assistant.types import Action
from tests.assistant import evaluating as ev
from tests.assistant.evaluating import Result


def main(arguments: Sequence[str]) -> None:
    if "--fit" in arguments:
        fit()
    began = time.perf_counter()
    engine = build(FOLDER)
    say(f"index {engine.version}: {len(engine.items.records)} strings, {time.perf_counter() - began:.2f} s")
    asked = ev.questions()
    ev.ours(engine, asked[:50])
    mine = ev.ours(engine, asked)
    figures("ours", mine)
    figures("rapidfuzz WRatio", ev.wratio(engine, asked))
    for tag in dict.fromkeys(q.tag for q in asked if q.scope == "in"):
        some = [r for r in mine if r.question.tag == tag]
        first, three = ev.share(some, lambda r: r.is_first), ev.share(some, lambda r: r.is_among_three)
        say(f"  {tag:<12} {len(some):>4}  top-1 {first:.3f}  top-3 {three:.3f}")
    decisions(mine)
    if "--wrong" in arguments:
        wrong(mine)


def figures(name: str, results: Sequence[Result]) -> None:
    inside = ev.in_scope(results)
    spent = sorted(r.seconds * 1e6 for r in results)
    say(
        f"{name}: top-1 {ev.share(inside, lambda r: r.is_first):.3f}"
        f"  top-3 {ev.share(inside, lambda r: r.is_among_three):.3f}  macro {ev.macro_first(inside):.3f}"
        f"  AUROC {ev.auroc(inside, ev.out_of_scope(results)):.3f}"
        f" (near {ev.auroc(inside, ev.out_of_scope(results, 'near')):.3f})"
        f"  µs {sum(spent) / len(spent):.0f} / {spent[int(0.95 * len(spent))]:.0f}"
    )


def decisions(results: Sequence[Result]) -> None:
    inside, outside = ev.in_scope(results), ev.out_of_scope(results)
    answered = [r for r in results if r.action in (Action.ANSWER, Action.PROGRESS)]
    say(
        f"aspect exact {ev.share(inside, ev.is_aspect_exact):.3f}"
        f"  merged {ev.share(inside, ev.is_aspect_merged):.3f}\n"
        f"in scope kept {ev.share(inside, lambda r: r.action is not Action.REFUSE):.3f}"
        f"  out of scope refused {ev.share(outside, lambda r: r.action is Action.REFUSE):.3f}"
        f"  right when answered outright {ev.share(answered, lambda r: r.is_first):.3f}"
        f" ({len(answered)} of {len(results)})"
    )


def wrong(results: Sequence[Result]) -> None:
    for r in results:
        expected = "、".join(r.question.items) or "（不办）"
        if r.question.items and not r.is_first:
            say(f"ITEM   {r.question.text} | {expected} | {'、'.join(r.ranked[:3])}")
        if r.question.items and not ev.is_aspect_merged(r):
            say(f"ASPECT {r.question.text} | {r.question.aspect} | {r.aspect}")
        if (r.action is Action.REFUSE) == bool(r.question.items):
            say(f"SCOPE  {r.question.text} | {expected} | {r.action} {r.score:.2f}")


def fit() -> None:
    """Fit the gate to the lexicon as it stands and keep it beside the calibration questions."""
    for old in (FOLDER / "calibration").glob("gate-*.json"):
        old.unlink()
    build(FOLDER, cache=FOLDER / "calibration")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])
