"""What the assistant costs, beside its peers: `python -m tests.bench.assistant`, a part of `make bench`.

Engine and peers answer the same questions over 305 names, 5,000 and 50,000 strings; the larger lists are
the lexicon's strings with what people put before and after them. Growth is the time per question at
50,000 strings against 5,000: below ten it is less than linear.
"""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import product
from urllib.parse import quote

import psutil

from backend.assistant.engine import Engine
from backend.assistant.library import FOLDER, build
from backend.assistant.strings import StringIndex
from backend.assistant.voice import voice_over
from tests.assistant import evaluating as ev
from tests.assistant.costs import costs
from tests.assistant.peers import peers
from tests.bench.loading import Target, generator

BEFORE = ("", "镇上", "新开的", "村里", "临街", "个人", "合伙", "外地人", "小区里", "学校旁")
AFTER = ("", "证", "怎么干", "手续", "转给别人", "搬了地方")
SIZES = (5_000, 50_000)
#: Wanted of the engine at 5,000 strings, in milliseconds, and of growth for ten times the strings.
P95, GROWTH = 5.0, 10.0
ASKED = 150
HEAD = "| engine | strings | questions/s | mean ms | p50 | p95 | p99 |\n|---|---|---|---|---|---|---|"


@dataclass(frozen=True)
class Speed:
    """Milliseconds a question."""

    mean: float
    p50: float
    p95: float
    p99: float

    def row(self, engine: str, strings: int) -> str:
        times = f"{self.mean:.2f} | {self.p50:.2f} | {self.p95:.2f} | {self.p99:.2f}"
        return f"| {engine} | {strings:,} | {1000 / self.mean:,.0f} | {times} |"


def main() -> int:
    engine = build(FOLDER)
    texts = [question.text for question in ev.split("calibration")][:ASKED]
    say(HEAD)
    is_met = measure_sizes(engine, texts)
    for what, wanted, seen in costs(engine, texts).rows():
        say(f"* {what}: {seen} (wanted {wanted})")
    for line in over_http(texts):
        say(line)
    return 0 if is_met else 1


def measure_sizes(engine: Engine, texts: Sequence[str]) -> bool:
    """Print the engine and its peers at each size; whether both bars are met."""
    seen: dict[int, Speed] = {}
    names = [(name, name) for name in engine.lexicon.codes]
    for strings in (names, *(enlarged(engine, size) for size in SIZES)):
        sized = over(engine, strings)
        seen[len(strings)] = timed(sized.understand, texts)
        say(seen[len(strings)].row("this one", len(strings)))
        for peer in peers([text for text, _ in strings]):
            say(timed(peer.find, texts[:50]).row(peer.name, len(strings)))
    small, large = (seen[size] for size in SIZES)
    growth = large.mean / small.mean
    met = (small.p95 <= P95, growth < GROWTH)
    say(
        f"* p95 at {SIZES[0]:,} strings {small.p95:.2f} ms, wanted ≤ {P95:g}: {'met' if met[0] else 'MISSED'}"
    )
    say(
        f"* ten times the strings take {growth:.1f} times as long, wanted < {GROWTH:g}: {'met' if met[1] else 'MISSED'}"
    )
    return all(met)


def enlarged(engine: Engine, size: int) -> list[tuple[str, str]]:
    """The lexicon's strings, as many as wanted, with other words around them where there are too few."""
    found: dict[str, str] = {}
    for before, after in product(BEFORE, AFTER):
        for record in engine.items.records:
            found.setdefault(f"{before}{record.text}{after}", record.target)
            if len(found) == size:
                return list(found.items())
    raise ValueError(f"the lexicon is too small for {size} strings")


def over(engine: Engine, strings: Sequence[tuple[str, str]]) -> Engine:
    """The engine with other strings of items."""
    read = [(engine.wording.read(text), target) for text, target in strings]
    others = [(r.text, r.target) for r in (*engine.others.records, *engine.chats.records)]
    read += [(engine.wording.read(text), target) for text, target in others]
    return replace(engine, items=StringIndex(strings, engine.wording), voice=voice_over(read))


def timed(ask: Callable[[str], object], texts: Sequence[str]) -> Speed:
    for text in texts[:20]:
        ask(text)
    spent: list[float] = []
    for text in texts:
        began = time.perf_counter()
        ask(text)
        spent.append(1000 * (time.perf_counter() - began))
    spent.sort()
    at = [spent[min(len(spent) - 1, int(part * len(spent)))] for part in (0.5, 0.95, 0.99)]
    return Speed(sum(spent) / len(spent), *at)


def over_http(texts: Sequence[str]) -> Iterator[str]:
    """The engine behind Starlette and uvicorn, beside a bare JSON answer."""
    from tests.bench.bench import SECONDS, ceiling, started

    ask = generator()
    for name, paths in (("bare_json", ["/"]), ("understanding", [f"/?q={quote(text)}" for text in texts])):
        command, port, told = ceiling(name)
        with started(command, port=port, **told) as server:
            ask(Target(port, paths), 1.0)
            figure = ask(Target(port, paths), SECONDS)
            memory = psutil.Process(server.process.pid).memory_info().rss / 1e6
        yield (
            f"* {name}: {figure.rps:,.0f} requests/s, p50 {figure.p50:.1f} ms, p95 {figure.p95:.1f} ms, {memory:.0f} MB"
        )


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
