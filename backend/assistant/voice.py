"""A linear voice beside the index: what all strings of a target together make likely.

Complement naive Bayes over words, pairs and triples of characters. The weights follow from counts in
one pass, so that a clerk's phrase needs no training run and no numerical library; docs/adr/0008 has
the figures beside a trained classifier. Strings of other bodies and of chat are targets like items.
"""

import math
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from backend.assistant.wording import Reading

#: Smoothing: how much a term counts that a target has seen once.
SMOOTHING = 0.3
#: Turns differences of log-likelihood into shares; larger means surer.
SHARPNESS = 2.5
MOST_HEARD = 12


@dataclass(frozen=True)
class Voice:
    """Weights by term and target; a target without any of the terms weighs nothing."""

    importance: Mapping[str, float]
    weights: Mapping[str, tuple[tuple[str, float], ...]]

    def shares(self, reading: Reading) -> dict[str, float]:
        """The targets most likely meant, each with its share of belief; together less than one."""
        said = _features(reading)
        usual = max(self.importance.values(), default=1.0)
        length = math.sqrt(sum(self.importance.get(term, usual / 2) ** 2 for term in said)) or 1.0
        heard: defaultdict[str, float] = defaultdict(float)
        for term in said:
            part = self.importance.get(term, 0.0) / length
            for target, weight in self.weights.get(term, ()):
                heard[target] += part * weight
        best = sorted(heard.items(), key=lambda pair: -pair[1])[:MOST_HEARD]
        powers = {target: math.exp(SHARPNESS * total) for target, total in best}
        everything = sum(powers.values()) + max(1.0, len(powers))
        return {target: power / everything for target, power in powers.items()}


def voice_over(read: Sequence[tuple[Reading, str]]) -> Voice:
    """Count the terms of the strings of each target."""
    documents = [(_features(reading), target) for reading, target in read]
    often: defaultdict[str, int] = defaultdict(int)
    for terms, _ in documents:
        for term in terms:
            often[term] += 1
    importance = {term: math.log((1 + len(documents)) / (1 + count)) + 1 for term, count in often.items()}
    mass: defaultdict[str, defaultdict[str, float]] = defaultdict(lambda: defaultdict(float))
    for terms, target in documents:
        length = math.sqrt(sum(importance[term] ** 2 for term in terms)) or 1.0
        for term in terms:
            mass[term][target] += importance[term] / length
    return Voice(importance, {term: _weights(by_target) for term, by_target in mass.items()})


def _weights(by_target: Mapping[str, float]) -> tuple[tuple[str, float], ...]:
    """How much rarer a term would be if a target's strings were left out."""
    everywhere = sum(by_target.values()) + SMOOTHING
    return tuple((target, math.log(everywhere / (everywhere - own))) for target, own in by_target.items())


def _features(reading: Reading) -> list[str]:
    content = reading.content
    triples = (content[at : at + 3] for at in range(len(content) - 2))
    return list(map(sys.intern, dict.fromkeys([*reading.terms, *reading.pairs, *triples])))
