"""Turn text into what the index compares: specific words, their pairs of characters, their sound."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from backend.kernel import text as chinese

#: Longer messages are cut: nobody's matter is first named after this many signs.
LONGEST = 400


@dataclass(frozen=True)
class Reading:
    """A text as the index sees it: fillers gone, synonyms made one word."""

    text: str
    content: str
    terms: tuple[str, ...]
    #: Content without generic words, to see whether anything specific was said.
    specific: tuple[str, ...]

    @cached_property
    def pairs(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(chinese.pairs(self.content)))

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        """Neighbouring syllables of the whole text, folded."""
        heard = chinese.syllables(self.content)
        return tuple(dict.fromkeys("".join(heard[at : at + 2]) for at in range(max(1, len(heard) - 1))))


@dataclass(frozen=True)
class Wording:
    """The county's lists of words that carry little or nothing, and of words that mean the same."""

    generic: frozenset[str]
    fillers: frozenset[str]
    synonyms: Mapping[str, str]

    def read(self, text: str) -> Reading:
        """Read a string of the lexicon or a message; any text, also empty."""
        plain = chinese.normalise(text[:LONGEST])
        kept = [self.synonyms.get(word, word) for word in chinese.words(plain)]
        kept = [word for word in kept if word not in self.fillers]
        terms = dict.fromkeys(part for word in kept for part in chinese.with_parts(word))
        terms = {part: None for part in terms if part not in self.fillers}
        specific = tuple(word for word in kept if word not in self.generic)
        return Reading(plain, "".join(kept), tuple(terms), specific)
