"""Is the message something this office does? A small logistic model, fitted to the lexicon it stands with.

Fixed thresholds on a raw score break silently when the scorer changes; these coefficients are fitted
by `calibrating` from `intents/calibration` and stored with the index version.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from re import Pattern

from backend.assistant.framing import Framing
from backend.assistant.fusing import Belief
from backend.assistant.strings import Hit, StringIndex
from backend.assistant.wording import Reading

CUES = ("complaint", "shopping", "jobs", "howto", "office", "plan")
#: Signs of another wish; without a word of ours beside them they weigh more.
OFF_TOPIC = frozenset({"complaint", "shopping", "jobs", "howto"})
NAMES = (
    "bias",
    "top",
    "top_squared",
    "margin",
    "covered",
    "unknown",
    "other",
    "lead_over_other",
    "chat",
    "lead_over_chat",
    "short",
    "not_specific",
    *CUES,
    "bare",
    "asks_nothing",
    "office_and_top",
    "heard_ours",
    "heard_theirs",
    "heard_first",
    "heard_lead",
    "length",
    "framed",
)


@dataclass(frozen=True)
class Gate:
    """Two models over the same features, each with its cut-off.

    `coefficients` rate whether the message is ours: below `refuse` it gets a referral. `certain` rates
    whether our first item is the right one: below `answer` we ask back with choices.
    """

    coefficients: tuple[float, ...]
    refuse: float
    certain: tuple[float, ...]
    answer: float
    framing: Framing = field(default_factory=lambda: Framing({}))

    def probability(self, features: Sequence[float]) -> float:
        """How likely the message is in scope."""
        return logistic(self.coefficients, features)

    def certainty(self, features: Sequence[float]) -> float:
        """How likely the first item is what is meant."""
        return logistic(self.certain, features)


def logistic(coefficients: Sequence[float], features: Sequence[float]) -> float:
    total = sum(weight * value for weight, value in zip(coefficients, features, strict=True))
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True)
class Evidence:
    """What the indexes and cue lists say about one message."""

    reading: Reading
    hits: Sequence[Hit]
    others: Sequence[Hit]
    chats: Sequence[Hit]
    cues: frozenset[str]
    heard: Belief = field(default_factory=Belief)
    framed: float = 0.0

    def features(self, index: StringIndex) -> tuple[float, ...]:
        """The model's inputs, in the order of `NAMES`."""
        top = self.hits[0].score if self.hits else 0.0
        second = self.hits[1].score if len(self.hits) > 1 else 0.0
        other = self.others[0].score if self.others else 0.0
        chat = self.chats[0].score if self.chats else 0.0
        told = [float(cue in self.cues) for cue in CUES]
        asks = bool(self.cues & {"office", "plan"})
        return (
            1.0,
            top,
            top * top,
            top - second,
            self.hits[0].covered if self.hits else 0.0,
            unknown_share(self.reading, index),
            other,
            top - other,
            chat,
            top - chat,
            float(len(self.reading.content) <= 2),
            float(not (self.hits and self.hits[0].is_specific)),
            *told,
            float(bool(self.cues & OFF_TOPIC) and not asks),
            float(not asks and not self.cues),
            float("office" in self.cues) * top,
            self.heard.ours,
            self.heard.theirs,
            self.heard.first,
            self.heard.lead,
            min(1.0, len(self.reading.content) / 20),
            self.framed,
        )


def unknown_share(reading: Reading, index: StringIndex) -> float:
    """The share of specific words (of sounds, where pinyin was typed) that no string of the lexicon has."""
    if reading.spelled:
        return sum(not index.knows_sound(sound) for sound in reading.sounds) / len(reading.sounds)
    if not reading.specific:
        return 1.0
    return sum(not index.knows(word) for word in reading.specific) / len(reading.specific)


def cues_in(text: str, patterns: Mapping[str, Pattern[str]]) -> frozenset[str]:
    """Which cue lists have a word of the text."""
    return frozenset(name for name, pattern in patterns.items() if pattern.search(text))
