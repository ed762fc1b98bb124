"""Other ways to find the string a question means, over the same strings; what the report compares with.

Each is some thirty lines of the plain method, as a project would write it in an afternoon: the point
is what the method can do, not how a library wraps it. A target's score is that of its best string.
"""

import math
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

from backend.kernel import text as chinese

#: Strings looked at for the ten targets that are ranked.
LOOKED_AT = 60
#: What a search says: places of the best strings with their scores, best first.
Found = Sequence[tuple[int, float]]


@dataclass(frozen=True)
class Peer:
    """A named method, prepared over the strings."""

    name: str
    find: Callable[[str], Found]


def peers(strings: Sequence[str]) -> list[Peer]:
    """Every method of the comparison over these strings."""
    return [
        Peer("rapidfuzz WRatio", wratio(strings)),
        Peer("jieba + BM25", bm25(strings)),
        Peer("character 1–3-gram TF-IDF", tf_idf(strings)),
        Peer("SQLite FTS5 trigram", fts5(strings, _trigrams, tokenizer="trigram", stored=lambda text: text)),
        Peer("SQLite FTS5 + jieba", fts5(strings, _words, tokenizer="unicode61", stored=_spaced)),
    ]


def wratio(strings: Sequence[str]) -> Callable[[str], Found]:
    def find(text: str) -> Found:
        found = process.extract(text, strings, scorer=fuzz.WRatio, limit=LOOKED_AT)
        return [(at, score / 100) for _, score, at in found]

    return find


def bm25(strings: Sequence[str], k1: float = 1.2, *, b: float = 0.75) -> Callable[[str], Found]:
    """Okapi BM25 over jieba's words."""
    counted = [Counter(_words(text)) for text in strings]
    average = sum(map(Counter.total, counted)) / len(counted)
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, counts in enumerate(counted):
        room = k1 * (1 - b + b * counts.total() / average)
        for word, count in counts.items():
            postings[word].append((at, count * (k1 + 1) / (count + room)))
    size = len(strings)
    weights = {w: math.log(1 + (size - len(p) + 0.5) / (len(p) + 0.5)) for w, p in postings.items()}

    def find(text: str) -> Found:
        scores: defaultdict[int, float] = defaultdict(float)
        for word in set(_words(text)) & postings.keys():
            for at, part in postings[word]:
                scores[at] += weights[word] * part
        return _best(scores)

    return find


def tf_idf(strings: Sequence[str]) -> Callable[[str], Found]:
    """Cosine of character 1- to 3-gram TF-IDF vectors."""
    counted = [Counter(_grams(text)) for text in strings]
    often = Counter(gram for counts in counted for gram in counts)
    weights = {gram: math.log((1 + len(strings)) / (1 + count)) + 1 for gram, count in often.items()}
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for at, counts in enumerate(counted):
        length = math.sqrt(sum((weights[gram] * count) ** 2 for gram, count in counts.items())) or 1.0
        for gram, count in counts.items():
            postings[gram].append((at, weights[gram] * count / length))

    def find(text: str) -> Found:
        asked = {gram: weights[gram] * n for gram, n in Counter(_grams(text)).items() if gram in weights}
        length = math.sqrt(sum(weight**2 for weight in asked.values())) or 1.0
        scores: defaultdict[int, float] = defaultdict(float)
        for gram, weight in asked.items():
            for at, part in postings[gram]:
                scores[at] += weight / length * part
        return _best(scores)

    return find


def fts5(
    strings: Sequence[str],
    cut: Callable[[str], Iterable[str]],
    *,
    tokenizer: str,
    stored: Callable[[str], str],
) -> Callable[[str], Found]:
    """SQLite's full-text search by its own bm25, any of the message's terms."""
    database = sqlite3.connect(":memory:", check_same_thread=False)
    database.execute(f"CREATE VIRTUAL TABLE said USING fts5(text, tokenize='{tokenizer}')")
    rows = [(at + 1, stored(text)) for at, text in enumerate(strings)]
    database.executemany("INSERT INTO said(rowid, text) VALUES (?, ?)", rows)
    query = "SELECT rowid, bm25(said) FROM said WHERE said MATCH ? ORDER BY bm25(said) LIMIT ?"

    def find(text: str) -> Found:
        terms = [f'"{term}"' for term in dict.fromkeys(cut(text)) if term.strip() and '"' not in term]
        if not terms:
            return []
        return [(at - 1, -score) for at, score in database.execute(query, (" OR ".join(terms), LOOKED_AT))]

    return find


def _best(scores: dict[int, float]) -> Found:
    return sorted(scores.items(), key=lambda pair: -pair[1])[:LOOKED_AT]


def _words(text: str) -> list[str]:
    return [part for word in chinese.words(chinese.fold(text)) for part in chinese.with_parts(word)]


def _spaced(text: str) -> str:
    return " ".join(_words(text))


def _trigrams(text: str) -> list[str]:
    return [text[at : at + 3] for at in range(len(text) - 2)]


def _grams(text: str) -> list[str]:
    plain = chinese.fold(text)
    return [plain[at : at + size] for size in (1, 2, 3) for at in range(len(plain) - size + 1)]
