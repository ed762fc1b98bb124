"""Fit the gate to the questions of `intents/calibration`, without any numerical library.

Newton's method on a penalised logistic model of some twenty numbers: a few hundred rows take under a
second. The lexicon's own strings are shown as well, at a small weight, so that what stands in it word
for word is never doubted. None of the calibration questions may be a test question (a test checks it).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.assistant.framing import Framing
from backend.assistant.gate import NAMES, Gate, logistic

#: Features, whether it is so, and how much the row counts.
Row = tuple[Sequence[float], bool, float]

#: Strength of the penalty that keeps coefficients of rare cues sane, against a total weight of one.
PENALTY = 0.003
ROUNDS = 7
#: At least this share of the matters we do must not be refused.
KEPT = 0.95
#: Answered outright only where this share of those answered was right.
SURE = 0.98
#: A list of its own: what must be answered before a lexicon goes into use.
SMOKE = "smoke.jsonl"


@dataclass(frozen=True)
class Asked:
    """A calibration question; `items` are right as the first answer, none where it is not ours."""

    text: str
    is_in_scope: bool
    items: tuple[str, ...] = ()


@dataclass(frozen=True)
class Example:
    """A question with its features: is it ours, and was the first item right (None where none is named)?

    The lexicon's own strings weigh less.
    """

    features: tuple[float, ...]
    is_in_scope: bool
    is_right: bool | None = None
    weight: float = 1.0


def questions(folder: Path) -> list[Asked]:
    """The calibration questions that stand alone, of every file but the smoke list."""
    found: list[Asked] = []
    for path in sorted((folder / "calibration").glob("*.jsonl")):
        rows = map(json.loads, filter(str.strip, path.read_text(encoding="utf-8").splitlines()))
        found.extend(
            Asked(str(row["text"]), row.get("scope", "in") == "in", tuple(row.get("items") or ()))
            for row in rows
            if path.name != SMOKE and not row.get("context")
        )
    return found


def fit(examples: Sequence[Example], framing: Framing) -> Gate:
    """Fit both models (in each, both sides weigh the same) and choose their cut-offs."""
    ours = _fitted([(e.features, e.is_in_scope, e.weight) for e in examples])
    told = [e for e in examples if e.is_right is not None]
    right = _fitted([(e.features, e.is_right is True, e.weight) for e in told])
    asked = [e for e in examples if e.weight == 1.0]
    return Gate(ours, _refusing(ours, asked), right, _answering(right, asked), framing)


def _fitted(rows: Sequence[Row]) -> tuple[float, ...]:
    totals = {
        side: sum(weight for _, is_so, weight in rows if is_so is side) or 1.0 for side in (True, False)
    }
    shared = [(features, is_so, 0.5 * weight / totals[is_so]) for features, is_so, weight in rows]
    weights = [0.0] * len(NAMES)
    for _ in range(ROUNDS):
        step = _newton_step(weights, shared)
        weights = [weight - change for weight, change in zip(weights, step, strict=True)]
    return tuple(round(weight, 4) for weight in weights)


def _newton_step(weights: list[float], rows: Sequence[Row]) -> list[float]:
    size = len(weights)
    slope = [PENALTY * weight if at else 0.0 for at, weight in enumerate(weights)]
    bend = [[PENALTY * (row == column) for column in range(size)] for row in range(size)]
    for features, is_so, share in rows:
        told = [(at, value) for at, value in enumerate(features) if value]
        guess = logistic(weights, features)
        error, curve = (guess - is_so) * share, guess * (1 - guess) * share
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


def _refusing(coefficients: Sequence[float], examples: Sequence[Example]) -> float:
    """Refuse below what all but a few of our matters reach."""
    ours = sorted(logistic(coefficients, e.features) for e in examples if e.is_in_scope)
    return round(min(ours[int((1 - KEPT) * len(ours))], 0.6), 4) if ours else 0.5


def _answering(coefficients: Sequence[float], examples: Sequence[Example]) -> float:
    """Answer outright from where almost all that is answered is right."""
    told = [e for e in examples if e.is_right is not None]
    rated = sorted((logistic(coefficients, e.features), e.is_right is True) for e in told)
    right = sum(is_right for _, is_right in rated)
    for at, (certainty, is_right) in enumerate(rated):
        if right >= SURE * (len(rated) - at):
            return round(certainty, 4)
        right -= is_right
    return 0.99
