"""Find items by name, everyday words, pinyin or initials, typing mistakes included. Pure.

One record per string, an item scored by its best one. Han characters are compared as written, by
shared pairs, and by sound: each syllable becomes one sign, with zh/z, ch/c, sh/s and -ng/-n folded.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from math import sqrt

from rapidfuzz import fuzz, process

from backend.catalog.types import ItemVersion, SearchHit
from backend.kernel.text import pinyin

LATIN = re.compile(r"[a-z]+")
NOT_WORDS = re.compile(r"[^0-9a-z\u3400-\u9fff]")
#: What people say around the matter itself.
FRAMES = re.compile(
    r"^(请问|你好|您好|我想|我要|想要|想|要|咋|怎么|怎样|如何|办理|办个|办)+"
    r"|(怎么办理|怎么办|咋办|如何办理|需要什么材料|要什么材料|要啥材料|需要哪些材料|需要什么|要办啥证|要啥手续|什么手续|手续|呢|吗|呀)+$"
)
#: 开药店 is the 药店 that is looked for, 农药店 is not.
ACTS = re.compile(r"^(开|办|申请|注册|成立)(个|一个|家|一家)?")
LEAST = 0.5  # below this the likeness is by chance
LEAST_OF_BEST = 0.65  # and so it is this far below the best
SOUND_WORTH = 0.86  # a match by sound counts a little less than one by sight
PAIR_WORTH = 0.9


@dataclass(frozen=True)
class Entry:
    """One string that leads to an item."""

    item: int
    text: str
    shown: str
    what: str  # name | variant | colloquial
    sounds: str
    pinyin: str
    initials: str


@dataclass(frozen=True)
class _Found:
    score: float
    why: str


class SearchIndex:
    """All strings of one catalogue revision, ready to be searched."""

    def __init__(self, items: Iterable[ItemVersion]) -> None:
        self._items = tuple(items)
        self._signs: dict[str, str] = {}
        self._entries = tuple(self._entry(*each) for each in self._strings())
        self._sounds = [each.sounds for each in self._entries]
        self._pinyin = [each.pinyin for each in self._entries]
        self._by_pair: dict[str, set[int]] = defaultdict(set)
        for number, entry in enumerate(self._entries):
            for pair in _pairs(entry.text):
                self._by_pair[pair].add(number)

    def find(self, query: str, *, limit: int) -> list[SearchHit]:
        """The items a query may mean, best first."""
        wanted = normalise(query)
        if not wanted:
            return []
        matches = self._by_letters(wanted) if LATIN.fullmatch(wanted) else self._by_characters(wanted)
        best: dict[int, _Found] = {}
        for number, found in matches:
            item = self._entries[number].item
            if found.score >= LEAST and (item not in best or found.score > best[item].score):
                best[item] = found
        ranked = sorted(best.items(), key=lambda pair: (-pair[1].score, pair[0]))
        least = LEAST_OF_BEST * ranked[0][1].score if ranked else 0.0
        return [self._hit(item, found) for item, found in ranked[:limit] if found.score >= least]

    def _hit(self, number: int, found: _Found) -> SearchHit:
        item = self._items[number]
        return SearchHit(
            item.item_code, item.item_name, round(found.score, 4), found.why, item.former_department
        )

    def _strings(self) -> Iterator[tuple[int, str, str]]:
        for number, item in enumerate(self._items):
            yield number, item.item_name, "name"
            for said in item.colloquial_names:
                yield number, said, "colloquial"
            for variant in item.variants:
                if variant.official_name:
                    yield number, variant.official_name, "variant"
                for said in variant.colloquial_names:
                    yield number, said, "colloquial"

    def _entry(self, item: int, shown: str, what: str) -> Entry:
        text = plain(shown)
        syllables = pinyin(text)
        return Entry(
            item,
            text,
            shown,
            what,
            self._as_signs(syllables, is_new=True),
            "".join(syllables),
            "".join(each[0] for each in syllables if each),
        )

    def _as_signs(self, syllables: Iterable[str], *, is_new: bool = False) -> str:
        signs = []
        for each in map(_folded, syllables):
            if is_new:
                self._signs.setdefault(each, chr(0xE000 + len(self._signs)))
            signs.append(self._signs.get(each, "\uf8ff"))
        return "".join(signs)

    def _by_letters(self, wanted: str) -> Iterator[tuple[int, _Found]]:
        for number, entry in enumerate(self._entries):
            if score := _letters_score(wanted, entry):
                yield number, _Found(score, f"拼音：{entry.shown}")
        if len(wanted) >= 4:
            for _, ratio, number in process.extract(
                wanted, self._pinyin, scorer=fuzz.ratio, score_cutoff=70, limit=30
            ):
                yield number, _Found(ratio / 100 * SOUND_WORTH, f"拼音相近：{self._entries[number].shown}")

    def _by_characters(self, wanted: str) -> Iterator[tuple[int, _Found]]:
        pairs = _pairs(wanted)
        near = {number for pair in pairs for number in self._by_pair.get(pair, ())}
        if len(wanted) == 1:
            near = {number for number, entry in enumerate(self._entries) if wanted in entry.text}
        for number in near:
            entry = self._entries[number]
            yield number, _Found(self._sight(wanted, pairs, entry), _why(entry))
        sounds = self._as_signs(pinyin(wanted))
        for scorer, worth in ((fuzz.ratio, SOUND_WORTH), (fuzz.partial_ratio, SOUND_WORTH * 0.85)):
            for _, ratio, number in process.extract(
                sounds, self._sounds, scorer=scorer, score_cutoff=65, limit=30
            ):
                length = min(len(sounds), len(self._sounds[number]))
                if length >= 3:
                    yield number, _Found(ratio / 100 * worth, f"读音相近：{self._entries[number].shown}")

    def _sight(self, wanted: str, pairs: frozenset[str], entry: Entry) -> float:
        """How alike two texts look: the same, one within the other, or by the pairs they share."""
        if wanted == entry.text:
            return 1.0
        if ACTS.sub("", wanted) == ACTS.sub("", entry.text):
            return 0.97
        if wanted in entry.text:
            return 0.75 + 0.2 * len(wanted) / len(entry.text)
        if entry.text in wanted:
            return 0.7 + 0.25 * len(entry.text) / len(wanted)
        shared = sum(self._weight(each) for each in pairs & _pairs(entry.text))
        of_wanted = shared / sum(self._weight(each) for each in pairs)
        of_entry = shared / sum(self._weight(each) for each in _pairs(entry.text))
        return PAIR_WORTH * (0.65 * of_wanted + 0.35 * of_entry)

    def _weight(self, pair: str) -> float:
        """Rare pairs tell more than 许可 or 审批."""
        return 1.0 / (1.0 + sqrt(len(self._by_pair.get(pair, ()))))


def plain(text: str) -> str:
    """Full-width and case folded, everything but words dropped."""
    return NOT_WORDS.sub("", unicodedata.normalize("NFKC", text).lower())


def normalise(query: str) -> str:
    """A query without what people say around the matter; the whole where nothing else is left."""
    text = plain(query[:60])
    return FRAMES.sub("", text) or text


def _pairs(text: str) -> frozenset[str]:
    return frozenset(text[i : i + 2] for i in range(len(text) - 1))


def _folded(syllable: str) -> str:
    """Fold what the local tongue does not tell apart."""
    soft = re.sub(r"^([zcs])h", r"\1", syllable)
    return soft[:-1] if soft.endswith(("ang", "eng", "ing")) else soft


def _letters_score(wanted: str, entry: Entry) -> float:
    if wanted == entry.pinyin or (len(wanted) > 1 and wanted == entry.initials):
        return 0.98
    if len(wanted) > 1 and entry.initials.startswith(wanted):
        return 0.8 + 0.15 * len(wanted) / len(entry.initials)
    if len(wanted) > 3 and wanted in entry.pinyin:
        return 0.75 + 0.2 * len(wanted) / len(entry.pinyin)
    if len(wanted) > 2 and wanted in entry.initials:
        return 0.6 + 0.15 * len(wanted) / len(entry.initials)
    return 0.0


def _why(entry: Entry) -> str:
    return f"也叫：{entry.shown}" if entry.what == "colloquial" else f"名称：{entry.shown}"
