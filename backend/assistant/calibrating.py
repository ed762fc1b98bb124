"""Fit the gate to the questions of `intents/calibration`, without any numerical library.

Plain gradient descent with a penalty: some 240 rows of 17 numbers take a second. The cut-offs are then
read off the fitted probabilities; none of the rows may stand in the test questions (a test checks it).
"""

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from backend.assistant.gate import NAMES, Gate

#: Strength of the penalty that keeps coefficients of rare cues sane.
PENALTY = 0.004
STEPS = 1500
#: At least this share of the matters we do must not be refused.
KEPT = 0.97
#: Answered outright only where this share of those answered was truly ours.
SURE = 0.97


@dataclass(frozen=True)
class Example:
    """A calibration question with its features and whether it is in scope."""

    features: tuple[float, ...]
    is_in_scope: bool


def questions(folder: Path) -> list[tuple[str, bool]]:
    """The calibration questions and whether each is in scope."""
    found: list[tuple[str, bool]] = []
    for name, is_in_scope in (("in_scope.jsonl", True), ("out_of_scope.jsonl", False)):
        lines = (folder / "calibration" / name).read_text(encoding="utf-8").splitlines()
        found.extend((str(json.loads(line)["text"]), is_in_scope) for line in lines if line.strip())
    return found


def fit(examples: Sequence[Example]) -> Gate:
    """Fit coefficients by gradient descent (both classes weigh the same) and choose the cut-offs."""
    weights = [0.0] * len(NAMES)
    inside = sum(example.is_in_scope for example in examples) or 1
    shares = {True: 0.5 / inside, False: 0.5 / max(1, len(examples) - inside)}
    velocity = [0.0] * len(NAMES)
    for _ in range(STEPS):
        slope = _slope(weights, examples, shares)
        velocity = [0.9 * v - 1.2 * s for v, s in zip(velocity, slope, strict=True)]
        weights = [w + v for w, v in zip(weights, velocity, strict=True)]
    gate = Gate(tuple(round(weight, 4) for weight in weights), 0.5, 0.5)
    return Gate(gate.coefficients, *_cut_offs(gate, examples))


def _slope(weights: list[float], examples: Sequence[Example], shares: dict[bool, float]) -> list[float]:
    slope = [PENALTY * weight if at else 0.0 for at, weight in enumerate(weights)]
    for example in examples:
        total = sum(w * x for w, x in zip(weights, example.features, strict=True))
        guess = 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
        error = (guess - example.is_in_scope) * shares[example.is_in_scope]
        for at, value in enumerate(example.features):
            slope[at] += error * value
    return slope


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
