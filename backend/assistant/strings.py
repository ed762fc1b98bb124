"""An immutable index of strings, each standing for one target; finds the targets a message names.

One record per string, never one document per target: long records win by chance. Cheap inverted
indexes choose candidates, rapidfuzz looks only at the best of them, and a weak channel drops out.
"""

import heapq
import math
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from rapidfuzz import fuzz

from backend.assistant.wording import Reading, Wording

#: A word that many items share says little (许可证 登记 备案): a quarter of the weight.
GENERIC_WEIGHT = 0.25
#: Words that no string has still count as said, or a rambling message would look fully understood.
UNKNOWN_WEIGHT = 3.0
#: How many strings are scored exactly, and how many are looked at by rapidfuzz.
SHORTLIST, RERANKED = 120, 50
#: Below this the sound of the message is tried as well (typed by ear, homophones).
RESCUE_BELOW = 0.62
#: Above this many strings a term chooses no candidates; it still counts where others chose.
CROWDED = 900


@dataclass(frozen=True)
class Record:
    """One string, prepared."""

    text: str
    target: str
    content: str
    terms: tuple[str, ...]
    pairs: tuple[str, ...]
    sounds: tuple[str, ...]
    #: Whether it has a word that is not generic.
    is_specific: bool


@dataclass(frozen=True)
class Hit:
    """A target with its best string: its score and how much of the message and of the string agree."""

    target: str
    score: float
    text: str
    covered: float
    is_specific: bool


@dataclass(frozen=True)
class Weighing:
    """How channels become a score. Names are short beside a message; candidates of one kind are not."""

    #: How much the share of the string counts against the share of the message.
    of_string: float = 0.62
    #: How much the stronger of words and characters leads.
    strong: float = 0.8
    #: How much rapidfuzz corrects.
    spelling: float = 0.25


NAMES_IN_MESSAGES = Weighing()
ALIKE_SENTENCES = Weighing(of_string=0.4, strong=0.5, spelling=0.1)


@dataclass(frozen=True)
class _Channel:
    """Inverted lists and weights of one kind of term."""

    weights: Mapping[str, float]
    postings: Mapping[str, tuple[int, ...]]

    def total(self, terms: Sequence[str], unknown: float) -> float:
        weights = self.weights
        return sum(weights.get(term, unknown) for term in terms)

    def common(self, owned: Sequence[str], said: Set[str]) -> float:
        weights = self.weights
        return sum(weights[term] for term in owned if term in said)


class StringIndex:
    """Built once, never changed; a change of the lexicon builds another."""

    def __init__(
        self, strings: Sequence[tuple[str, str]], wording: Wording, weighing: Weighing = NAMES_IN_MESSAGES
    ) -> None:
        self.wording, self._weighing = wording, weighing
        self.records = tuple(_record(text, target, wording) for text, target in strings)
        targets = [record.target for record in self.records]
        generic = wording.generic
        inside = frozenset(word[at : at + 2] for word in generic for at in range(len(word) - 1))
        self._words = _channel([r.terms for r in self.records], targets, generic)
        self._pairs = _channel([r.pairs for r in self.records], targets, inside)
        self._sounds = _channel([r.sounds for r in self.records], targets, frozenset())
        self._sizes = tuple(
            (
                self._words.total(r.terms, 0) or 1.0,
                self._pairs.total(r.pairs, 0) or 1.0,
                self._sounds.total(r.sounds, 0) or 1.0,
            )
            for r in self.records
        )

    def knows(self, word: str) -> bool:
        """Whether some string has the word."""
        return word in self._words.weights

    def knows_sound(self, sound: str) -> bool:
        """Whether some string has two syllables that sound like this."""
        return sound in self._sounds.weights

    def search(self, reading: Reading, *, limit: int = 10) -> list[Hit]:
        """The targets named best, best first. Nothing in common gives nothing."""
        scored = self._by_writing(reading)
        if max((score for score, _ in scored.values()), default=0.0) < RESCUE_BELOW:
            for at, found in self._by_sound(reading).items():
                scored[at] = max(scored.get(at, (0.0, 0.0)), found)
        return self._best_of_targets(scored, reading, limit=limit)

    def _by_writing(self, reading: Reading) -> dict[int, tuple[float, float]]:
        """Score and coverage of the strings whose words or characters the message has."""
        words, pairs = self._words, self._pairs
        said_words, said_pairs = frozenset(reading.terms), frozenset(reading.pairs)
        word_total = words.total(reading.terms, UNKNOWN_WEIGHT) or 1.0
        pair_total = pairs.total(reading.pairs, UNKNOWN_WEIGHT / 2) or 1.0
        ranked: list[tuple[float, float, int]] = []
        for at in self._shortlist(reading):
            record, sizes = self.records[at], self._sizes[at]
            common_words = words.common(record.terms, said_words)
            common_pairs = pairs.common(record.pairs, said_pairs)
            by_words = self._agreement(common_words / sizes[0], common_words / word_total)
            by_pairs = self._agreement(common_pairs / sizes[1], common_pairs / pair_total)
            covered = max(common_words / word_total, common_pairs / pair_total)
            ranked.append((self._fused(by_words, by_pairs), covered, at))
        best = heapq.nlargest(RERANKED, ranked)
        return {at: (self._rerank(reading, at, score), covered) for score, covered, at in best}

    def _shortlist(self, reading: Reading) -> list[int]:
        """The strings worth exact scoring, by what share of each the message has."""
        gathered: defaultdict[int, float] = defaultdict(float)
        for channel, terms, part in ((self._words, reading.terms, 0), (self._pairs, reading.pairs, 1)):
            for term in _choosing(channel, terms):
                weight = channel.weights[term]
                for at in channel.postings[term]:
                    gathered[at] += weight / (self._sizes[at][part] + 4.0)
        return heapq.nlargest(SHORTLIST, gathered, key=gathered.__getitem__)

    def _rerank(self, reading: Reading, at: int, score: float) -> float:
        """Let rapidfuzz correct the order: close spelling lifts, a merely shared word does not."""
        content = self.records[at].content
        close = fuzz.ratio(reading.content, content) / 100
        if len(content) >= 4:
            close = max(close, 0.9 * fuzz.partial_ratio(reading.content, content) / 100)
        part = self._weighing.spelling
        return (1 - part) * score + part * max(close, 0.8 * score)

    def _by_sound(self, reading: Reading) -> dict[int, tuple[float, float]]:
        """Strings that sound like the message, at most four fifths sure unless pinyin was typed."""
        sounds, sure = self._sounds, 0.95 if reading.spelled else 0.8
        said = frozenset(reading.sounds)
        total = sounds.total(reading.sounds, UNKNOWN_WEIGHT / 2) or 1.0
        gathered: defaultdict[int, float] = defaultdict(float)
        for term in _choosing(sounds, reading.sounds):
            for at in sounds.postings[term]:
                gathered[at] += sounds.weights[term]
        found: dict[int, tuple[float, float]] = {}
        for at in heapq.nlargest(RERANKED, gathered, key=lambda each: gathered[each] / self._sizes[each][2]):
            common = sounds.common(self.records[at].sounds, said)
            share, covered = common / self._sizes[at][2], common / total
            if len(self.records[at].sounds) > 1 or share == 1:
                found[at] = (sure * self._agreement(share, covered), covered)
        return found

    def _agreement(self, of_string: float, of_message: float) -> float:
        """Bounded agreement: how much of the string was said, and how much of what was said it covers."""
        part = self._weighing.of_string
        return float(of_string**part * of_message ** (1 - part))

    def _fused(self, one: float, other: float) -> float:
        """The stronger channel leads; the weaker adds where it agrees and never dilutes."""
        strong, weak, part = max(one, other), min(one, other), self._weighing.strong
        return strong * part + (1 - part) * max(weak, 0.6 * strong)

    def _best_of_targets(
        self, scored: Mapping[int, tuple[float, float]], reading: Reading, *, limit: int
    ) -> list[Hit]:
        """Each target by its best string, lifted a little where a second string agrees."""
        by_target: defaultdict[str, list[tuple[float, float, int]]] = defaultdict(list)
        for at, (score, covered) in scored.items():
            by_target[self.records[at].target].append((score, covered, at))
        hits: list[Hit] = []
        for target, found in by_target.items():
            best, second = [*heapq.nlargest(2, found), (0.0, 0.0, -1)][:2]
            lifted = best[0] + 0.12 * second[0] * (1 - best[0])
            record = self.records[best[2]]
            hits.append(
                Hit(target, min(1.0, lifted), record.text, best[1], self._is_specific(record, reading))
            )
        return heapq.nlargest(limit, hits, key=lambda hit: hit.score)

    def _is_specific(self, record: Record, reading: Reading) -> bool:
        """Whether something other than generic words agrees, which an outright answer needs."""
        said = {*reading.terms, *reading.specific} - self.wording.generic
        if not said.isdisjoint(record.terms):
            return True
        return len(record.sounds) > 1 and not set(reading.sounds).isdisjoint(record.sounds)


def _record(text: str, target: str, wording: Wording) -> Record:
    reading = wording.read(text)
    return Record(
        text,
        target,
        reading.content,
        _shared(reading.terms),
        _shared(reading.pairs),
        _shared(reading.sounds),
        bool(reading.specific),
    )


def _shared(terms: Sequence[str]) -> tuple[str, ...]:
    """Each term once in memory, however many strings have it."""
    return tuple(map(sys.intern, terms))


def _channel(owned: Sequence[Sequence[str]], targets: Sequence[str], generic: frozenset[str]) -> _Channel:
    """Weigh each term by how few targets share it, and list the strings that have it."""
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for at, terms in enumerate(owned):
        for term in terms:
            postings[term].append(at)
    everyone = len(set(targets)) + 1
    weights: dict[str, float] = {}
    for term, listed in postings.items():
        sharing = len({targets[at] for at in listed})
        weight = math.log(1 + everyone / sharing)
        weights[term] = (
            weight * (GENERIC_WEIGHT if term in generic else 1.0) * (0.6 if len(term) == 1 else 1.0)
        )
    return _Channel(weights, {term: tuple(listed) for term, listed in postings.items()})


def _choosing(channel: _Channel, terms: Sequence[str]) -> list[str]:
    """The terms that choose candidates: the telling ones, or all where there is none."""
    known = [term for term in terms if term in channel.weights]
    telling = [
        term for term in known if len(channel.postings[term]) <= CROWDED and channel.weights[term] > 1.0
    ]
    return telling or known
