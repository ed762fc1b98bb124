"""How people put it: does a message sound like asking the office, or like shopping, chatting, complaining?

The index knows what a message is about; near misses (二手电动车哪里收) are about our matters too and
differ only in their manner. Words and character pairs of the calibration questions are counted on
both sides, particles and all, and rated by naive Bayes.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from backend.kernel import text as chinese

#: One more on each side, so that a word seen once decides nothing.
SMOOTHING = 1.0
#: Sums of this size and more are full certainty.
FULL = 6.0
#: Stands where the matter stood.
BLANK = " "


@dataclass(frozen=True)
class Framing:
    """How many questions of ours, and of others, have each term."""

    counts: Mapping[str, tuple[int, int]]
    ours: int = 0
    theirs: int = 0

    @cached_property
    def _weights(self) -> dict[str, float]:
        return {
            term: self._weight(*both, ours=self.ours, theirs=self.theirs)
            for term, both in self.counts.items()
        }

    def rate(self, terms: Iterable[str]) -> float:
        """From -1 (sounds like others) to 1 (sounds like ours); 0 where nothing is known."""
        weights = self._weights
        return _bounded(sum(weights.get(term, 0.0) for term in terms))

    def rate_without(self, terms: Iterable[str], *, is_ours: bool) -> float:
        """The same as if this very question had not been counted, to fit a model on what was counted."""
        mine, its = int(is_ours), int(not is_ours)
        total = 0.0
        for term in terms:
            yes, no = self.counts.get(term, (0, 0))
            if yes - mine + no - its > 0:
                total += self._weight(yes - mine, no - its, ours=self.ours - mine, theirs=self.theirs - its)
        return _bounded(total)

    def _weight(self, yes: int, no: int, *, ours: int, theirs: int) -> float:
        often = (yes + SMOOTHING) / (ours + 2 * SMOOTHING)
        return math.log(often * (theirs + 2 * SMOOTHING) / (no + SMOOTHING))


def framing_of(asked: Iterable[tuple[frozenset[str], bool]]) -> Framing:
    """Count the terms of questions, each with whether it is ours."""
    ours: Counter[str] = Counter()
    theirs: Counter[str] = Counter()
    sizes = [0, 0]
    for terms, is_ours in asked:
        (ours if is_ours else theirs).update(terms)
        sizes[not is_ours] += 1
    counts = {term: (ours[term], theirs[term]) for term in ours.keys() | theirs.keys()}
    return Framing(counts, *sizes)


def terms_of(plain: str, matter: Sequence[str] = ()) -> frozenset[str]:
    """Words and character pairs of normalised text, and which word begins and ends it.

    `matter` are the words of the string it is about; they are left out, for what is asked about says
    nothing of the manner (教师资格证考试难不难 must not speak against teachers' certificates).
    """
    for word in sorted(matter, key=len, reverse=True):
        plain = plain.replace(word, BLANK)
    words = chinese.words(plain)
    ends = [f"^{words[0]}", f"{words[-1]}$"] if words else []
    return frozenset([*words, *chinese.pairs(plain), *ends])


def _bounded(total: float) -> float:
    return max(-1.0, min(1.0, total / FULL))
