"""Turn text into what the index compares: specific words, their pairs of characters, their sound."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from backend.kernel import text as chinese

#: Longer messages are cut: nobody's matter is first named after this many signs.
LONGEST = 400
#: 养了二十头牛 is about 养牛: how many stands between the verb and its object. 三类 and 二手 stay.
QUANTITY = re.compile(
    r"(?:了|着|过)?(?:[一二两三四五六七八九十百千几]{1,6}|[0-9]{1,6}|好几)多?万?"
    r"(?:[头辆台亩间套匹棵株栋座只条]|平米|吨)(?!车|龙|路|件|街)"
)


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

    #: The content as written, before synonyms: what it sounds like.
    written: str
    #: Pinyin syllables, where Latin letters read as pinyin throughout: there are no words, only sounds.
    spelled: tuple[str, ...] = ()

    @cached_property
    def sounds(self) -> tuple[str, ...]:
        """Neighbouring syllables, folded."""
        heard = self.spelled or chinese.syllables(self.written)
        return tuple(dict.fromkeys("".join(heard[at : at + 2]) for at in range(max(1, len(heard) - 1))))


@dataclass(frozen=True)
class Wording:
    """The county's lists of words that carry little or nothing, and of words that mean the same."""

    generic: frozenset[str]
    fillers: frozenset[str]
    synonyms: Mapping[str, str]

    @cached_property
    def _filler_sounds(self) -> re.Pattern[str]:
        """Fillers of two characters and more as they sound (zenme ban), longest first."""
        longer = {" ".join(chinese.syllables(word)) for word in self.fillers if len(word) > 1}
        return re.compile("|".join(rf"\b{each}\b" for each in sorted(longer, key=len, reverse=True)) or "$^")

    def read(self, text: str) -> Reading:
        """Read a string of the lexicon or a message; any text, also empty."""
        plain = chinese.normalise(text[:LONGEST])
        if plain.isascii() and chinese.looks_like_pinyin(plain):
            return self._spelled(plain)
        written = [word for word in chinese.words(QUANTITY.sub("", plain)) if word not in self.fillers]
        kept = [self.synonyms.get(word, word) for word in written]
        terms = dict.fromkeys(part for word in kept for part in chinese.with_parts(word))
        terms = {part: None for part in terms if part not in self.fillers}
        specific = tuple(word for word in kept if word not in self.generic)
        return Reading(plain, "".join(kept), tuple(terms), specific, "".join(written))

    def _spelled(self, plain: str) -> Reading:
        """A message typed in pinyin, its fillers gone."""
        all_of_it = " ".join(chinese.syllables(plain))
        heard = tuple(self._filler_sounds.sub(" ", all_of_it).split()) or ("",)
        content = "".join(heard)
        return Reading(plain, content, (content,), (content,), content, heard)
