"""Fit the gate to the questions of `intents/calibration`, without any numerical library.

Newton's method on a penalised logistic model of some twenty numbers: a few hundred rows take under a
second. The lexicon's own strings are shown as well, at a small weight, so that what stands in it word
for word is never doubted. None of the calibration questions may be a test question (a test checks it).
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.assistant.gate import NAMES, Gate

#: Strength of the penalty that keeps coefficients of rare cues sane, against a total weight of one.
PENALTY = 0.003
ROUNDS = 12
#: At least this share of the matters we do must not be refused.
KEPT = 0.97
#: Answered outright only where this share of those answered was truly ours.
SURE = 0.97


@dataclass(frozen=True)
class Example:
    """A question with its features and whether it is in scope. The lexicon's own strings weigh less."""

    features: tuple[float, ...]
    is_in_scope: bool
    weight: float = 1.0


def questions(folder: Path) -> list[tuple[str, bool]]:
    """The calibration questions and whether each is in scope."""
    found: list[tuple[str, bool]] = []
    for name, is_in_scope in (("in_scope.jsonl", True), ("out_of_scope.jsonl", False)):
        lines = (folder / "calibration" / name).read_text(encoding="utf-8").splitlines()
        found.extend((str(json.loads(line)["text"]), is_in_scope) for line in lines if line.strip())
    return found


def fit(examples: Sequence[Example]) -> Gate:
    """Fit the coefficients (both classes weigh the same) and choose the cut-offs."""
    totals = {side: sum(e.weight for e in examples if e.is_in_scope is side) or 1.0 for side in (True, False)}
    shares = [0.5 * example.weight / totals[example.is_in_scope] for example in examples]
    weights = [0.0] * len(NAMES)
    for _ in range(ROUNDS):
        step = _newton_step(weights, examples, shares)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
    gate = Gate(tuple(round(weight, 4) for weight in weights), 0.5, 0.5)
    return Gate(gate.coefficients, *_cut_offs(gate, [each for each in examples if each.weight == 1.0]))


def _newton_step(weights: list[float], examples: Sequence[Example], shares: Sequence[float]) -> list[float]:
    size = len(weights)
    slope = [PENALTY * weight if at else 0.0 for at, weight in enumerate(weights)]
    bend = [[PENALTY * (row == column) for column in range(size)] for row in range(size)]
    for example, share in zip(examples, shares, strict=True):
        told = [(at, value) for at, value in enumerate(example.features) if value]
        total = sum(weights[at] * value for at, value in told)
        guess = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        error, curve = (guess - example.is_in_scope) * share, guess * (1 - guess) * share
        for at, value in told:
            slope[at] += error * value
            row = bend[at]
            for other, its in told:
                row[other] += curve * value * its
    return _solved(bend, slope)


def _solved(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Solve a symmetric positive system by elimination."""
    size = len(right)
    rows = [[*row, value] for row, value in zip(matrix, right, strict=True)]
    for at in range(size):
        pivot = rows[at]
        for below in rows[at + 1 :]:
            factor = below[at] / pivot[at]
            for column in range(at, size + 1):
                below[column] -= factor * pivot[column]
    found = [0.0] * size
    for at in range(size - 1, -1, -1):
        known = sum(rows[at][column] * found[column] for column in range(at + 1, size))
        found[at] = (rows[at][size] - known) / rows[at][at]
    return found


def _cut_offs(gate: Gate, examples: Sequence[Example]) -> tuple[float, float]:
    """Refuse below the first, answer outright from the second; between them offer choices."""
    rated = sorted((gate.probability(e.features), e.is_in_scope) for e in examples)
    ours = [p for p, is_ours in rated if is_ours]
    refuse = ours[int((1 - KEPT) * len(ours))] if ours else 0.5
    answer = refuse
    for at, (p, _) in enumerate(rated):
        rest = rated[at:]
        if p >= refuse and sum(is_ours for _, is_ours in rest) / len(rest) >= SURE:
            answer = p
            break
    refuse = round(min(refuse, 0.6), 4)
    return refuse, round(max(answer, refuse), 4)
