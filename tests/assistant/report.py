"""`python -m backend assistant report`: every figure of the design on both splits, beside the peers.

Nobody reads single lines of the test split; the report counts them. `--write` keeps the page.
"""

import platform
import sys
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from backend.assistant.engine import Engine
from backend.assistant.library import FOLDER, build
from backend.assistant.types import Action
from tests.assistant import evaluating as ev
from tests.assistant.costs import Costs, costs
from tests.assistant.evaluating import Result
from tests.assistant.peers import peers

PAGE = Path(__file__).parents[2] / "docs/assistant-report.md"
#: Tags whose questions differ from the name only by how they are typed.
TYPED = ("typo", "homophone", "pinyin", "traditional")
#: The share of our matters that must be kept when refusing is measured.
KEPT = 0.93
HEAD = "| figure | goal | {} |\n|---|---|{}|"


def main(arguments: Sequence[str]) -> None:
    engine = build(FOLDER)
    page = "\n".join(_page(engine)) + "\n"
    sys.stdout.write(page)
    if "--write" in arguments:
        PAGE.write_text(page, encoding="utf-8")


def _page(engine: Engine) -> Iterator[str]:
    splits = {"test": ev.split("test"), "calibration": ev.split("calibration"), "first set": ev.questions()}
    ev.ours(engine, splits["calibration"][:50])
    mine = {name: ev.ours(engine, asked) for name, asked in splits.items()}
    yield "# The assistant, measured\n"
    yield (
        "Made by `python -m backend assistant report --write`; every figure of this page in one run,"
        f" {date.today()}, {platform.machine()}, Python {platform.python_version()},"
        f" one thread. Index `{engine.version}`: {len(engine.items.records):,} strings of ours,"
        f" {len(engine.others.records):,} of other bodies, {len(engine.chats.records):,} of chat.\n"
    )
    yield (
        "*Test* is the other author's split, of which nobody here has read a line: these are the figures that"
        " count. The gate was fitted to *calibration* and the *first set*, so theirs are flattering."
        " How the questions were written: `tests/assistant/unseen/README.md`.\n"
    )
    yield from _goals(mine, costs(engine, [question.text for question in splits["test"]]))
    yield from _tags(mine)
    yield from _peers(engine, splits, mine)
    if NOTES.is_file():
        yield "\n" + NOTES.read_text(encoding="utf-8").strip()


NOTES = Path(__file__).parent / "report_notes.md"


def _goals(mine: dict[str, list[Result]], spent: Costs) -> Iterator[str]:
    yield HEAD.format(" | ".join(mine), "|".join("---" for _ in mine))
    columns = [figures(results) for results in mine.values()]
    for name, goal in GOALS.items():
        yield (
            f"| {name} | {_shown(goal, name)} | "
            + " | ".join(_judged(c[name], goal, name) for c in columns)
            + " |"
        )
    yield ""
    yield "| cost | goal | seen |\n|---|---|---|"
    for cost, wanted, seen in spent.rows():
        yield f"| {cost} | {wanted} | {seen} |"


#: What ASSISTANT.md §2 wants.
GOALS = {
    "top-1": 0.90,
    "top-3": 0.96,
    "macro top-1 over items": 0.87,
    "implicit, top-1": 0.65,
    "typos, homophones, pinyin, traditional, top-1": 0.95,
    "out of scope AUROC, all": 0.95,
    "out of scope AUROC, near misses": 0.90,
    "out-of-scope recall, in scope kept ≥ 93 %": 0.85,
    "in scope kept, at the cut-off in use": KEPT,
    "out of scope refused, at the cut-off in use": 0.85,
    "right when answered outright": 0.96,
    "answered outright, of all": 0.0,
    "right within two turns": 0.90,
    "aspect exact": 0.88,
    "aspect, general/process/conditions merged": 0.96,
}


def figures(results: Sequence[Result]) -> dict[str, float]:
    """Every figure of the goals, over one set of results."""
    inside, outside, named = ev.in_scope(results), ev.out_of_scope(results), ev.with_items(results)
    told = [r for r in results if r.is_outright and (r.question.items or r.question.scope != "in")]
    values = (
        ev.share(named, lambda r: r.is_first),
        ev.share(named, lambda r: r.is_among_three),
        ev.macro_first(named),
        ev.share([r for r in named if r.question.tag == "implicit"], lambda r: r.is_first),
        ev.share([r for r in named if r.question.tag in (*TYPED, "noisy")], lambda r: r.is_first),
        ev.auroc(inside, outside),
        ev.auroc(inside, ev.out_of_scope(results, "near")),
        refused_when_kept(inside, outside),
        ev.share(inside, lambda r: r.action is not Action.REFUSE),
        ev.share(outside, lambda r: r.action is Action.REFUSE),
        ev.share(told, lambda r: r.is_first),
        len(told) / len(results),
        ev.share(named, lambda r: r.is_right_within_two_turns),
        ev.share(inside, ev.is_aspect_exact),
        ev.share(inside, ev.is_aspect_merged),
    )
    return dict(zip(GOALS, values, strict=True))


def refused_when_kept(inside: Sequence[Result], outside: Sequence[Result]) -> float:
    """How many of the others lie below the score that keeps `KEPT` of ours."""
    cut = sorted(r.score for r in inside)[int((1 - KEPT) * len(inside))]
    return ev.share(outside, lambda r: r.score < cut)


def _tags(mine: dict[str, list[Result]]) -> Iterator[str]:
    yield "\n## By tag\n"
    yield "| split | tag | questions | top-1 / refused | top-3 | within two turns |\n|---|---|---|---|---|---|"
    for split, results in mine.items():
        for tag in sorted({r.question.tag for r in results}):
            some = [r for r in results if r.question.tag == tag]
            yield f"| {split} | {tag} | {len(some)} | {_tag_row(some)} |"


def _tag_row(some: Sequence[Result]) -> str:
    named = ev.with_items(some)
    if named:
        shares = (
            ev.share(named, lambda r: r.is_first),
            ev.share(named, lambda r: r.is_among_three),
            ev.share(named, lambda r: r.is_right_within_two_turns),
        )
        return " | ".join(f"{100 * share:.1f} %" for share in shares)
    wanted = Action.PROGRESS if some[0].question.scope == "in" else Action.REFUSE
    return f"{100 * ev.share(some, lambda r: r.action is wanted):.1f} % {wanted.value} | – | –"


def _peers(
    engine: Engine, splits: dict[str, list[ev.Question]], mine: dict[str, list[Result]]
) -> Iterator[str]:
    yield "\n## Beside other engines\n\nOver the same strings, in the same run.\n"
    yield "| engine | split | top-1 | top-3 | macro | AUROC (near) | ms mean / p95 |\n|---|---|---|---|---|---|---|"
    strings = [record.text for record in engine.items.records]
    targets = [record.target for record in engine.items.records]
    others = peers(strings)
    for name in ("test", "calibration"):
        yield _row("this one", name, mine[name])
        for peer in others:
            yield _row(peer.name, name, ev.theirs(peer, splits[name], targets))


def _row(engine: str, split: str, results: Sequence[Result]) -> str:
    told = figures(results)
    spent = sorted(1000 * r.seconds for r in results)
    shares = [f"{100 * told[name]:.1f}" for name in ("top-1", "top-3", "macro top-1 over items")]
    scope = f"{told['out of scope AUROC, all']:.3f} ({told['out of scope AUROC, near misses']:.3f})"
    speed = f"{sum(spent) / len(spent):.2f} / {spent[int(0.95 * len(spent))]:.2f}"
    return " | ".join(["| " + engine, split, *shares, scope, speed]) + " |"


def _shown(value: float, name: str) -> str:
    if not value:
        return "–"
    return f"≥ {value:.2f}" if "AUROC" in name else f"≥ {100 * value:.0f} %"


def _judged(value: float, goal: float, name: str) -> str:
    shown = f"{value:.3f}" if "AUROC" in name else f"{100 * value:.1f} %"
    return shown if value >= goal else f"**{shown}**"


if __name__ == "__main__":
    main(sys.argv[1:])
