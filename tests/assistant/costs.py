"""What a question costs: time on a warm engine, the first answer of a fresh process, memory, a thousand at once."""

import json
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from backend.assistant.engine import Engine

#: Prints the megabytes the engine adds to a process that has only the interpreter, and the seconds it took.
ADDED = """
import time; began = time.perf_counter()
import os, psutil
before = psutil.Process().memory_info().rss
from backend.assistant.library import FOLDER, build
build(FOLDER).understand("想开个小饭馆要办啥证")
print((psutil.Process().memory_info().rss - before) / 1e6)
"""


@dataclass(frozen=True)
class Costs:
    """Times of the engine in milliseconds, of processes in seconds, memory in megabytes."""

    strings: int
    mean: float
    p50: float
    p95: float
    p99: float
    first_answer: float
    thousand: float
    added: float

    def rows(self) -> Iterator[tuple[str, str, str]]:
        yield f"engine p95, {self.strings:,} strings", "≤ 5 ms", _mark(self.p95, 5, "ms")
        yield "engine mean / p50 / p99", "–", f"{self.mean:.2f} / {self.p50:.2f} / {self.p99:.2f} ms"
        yield "first answer after start, own process", "≤ 2.5 s", _mark(self.first_answer, 2.5, "s")
        yield "`ask --batch -`, 1,000 questions with start", "≤ 10 s", _mark(self.thousand, 10, "s")
        yield "memory added", "≤ 150 MB", _mark(self.added, 150, "MB")


def costs(engine: Engine, texts: Sequence[str]) -> Costs:
    """Measure all of it, one after the other."""
    spent: list[float] = []
    for text in texts:
        began = time.perf_counter()
        engine.understand(text)
        spent.append(1000 * (time.perf_counter() - began))
    spent.sort()
    thousand = [json.dumps({"id": at, "text": texts[at % len(texts)]}) for at in range(1000)]
    return Costs(
        len(engine.items.records) + len(engine.others.records) + len(engine.chats.records),
        sum(spent) / len(spent),
        spent[len(spent) // 2],
        spent[int(0.95 * len(spent))],
        spent[int(0.99 * len(spent))],
        min(_batch(['{"id": 1, "text": "开药店"}']) for _ in range(2)),
        _batch(thousand),
        float(subprocess.run([sys.executable, "-c", ADDED], capture_output=True, check=True).stdout),
    )


def _batch(lines: Sequence[str]) -> float:
    began = time.perf_counter()
    command = [sys.executable, "-m", "backend", "ask", "--batch", "-"]
    subprocess.run(command, input="\n".join(lines).encode(), capture_output=True, check=True)
    return time.perf_counter() - began


def _mark(value: float, limit: float, unit: str) -> str:
    shown = f"{value:.2f} {unit}" if limit < 100 else f"{value:.0f} {unit}"
    return shown if value <= limit else f"**{shown}**"
