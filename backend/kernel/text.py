"""Chinese text: one normal form, words, character pairs and pinyin. Pure, and the only user of jieba.

Words come from jieba, which is unmaintained since 2020 and therefore pinned; its compile warnings are
silenced here. Loading its dictionary takes about half a second, so `warm` is called at start.
"""

import logging
import os
import re
import sys
import unicodedata
import warnings
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from types import ModuleType
from typing import cast

#: Phrase readings cost 0.1 s and 40 MB; single characters are enough to recognise a homophone.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
import pypinyin

#: jieba takes pkg_resources where it finds it, to open one file: 0.07 s and 8 MB for what `open` does too.
_PKG_RESOURCES = sys.modules.setdefault("pkg_resources", cast(ModuleType, None))
with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    import jieba
if _PKG_RESOURCES is None:
    del sys.modules["pkg_resources"]

jieba.setLogLevel(logging.WARNING)

#: What people of the county say, and the word everyone writes. Longest first.
DIALECT = {
    "多咱": "什么时候", "多会儿": "什么时候", "啥时候": "什么时候", "夜来": "昨天", "拾掇": "收拾", "老些": "很多",
    "咋着": "怎么", "咋样": "怎么样", "咋弄": "怎么办", "咋整": "怎么办", "咋个": "怎么", "咋": "怎么",
    "木有": "没有", "俺们": "我们", "俺": "我", "恁": "你", "您": "你", "啥": "什么", "赁": "租", "嘎哈": "干什么",
    "怎么弄": "怎么办", "哪儿": "哪里", "一块儿": "一起", "昨个": "昨天", "今儿": "今天", "这会儿": "现在",
    "中不中": "可以吗", "管不管用": "有用吗", "得劲": "方便",
}  # fmt: skip
#: Signs a sentence can lose without losing its meaning; 吧 stays in 网吧, 酒吧, 书吧.
PARTICLE = re.compile(r"[啊呀呢嘛哦噢啦哎哟唉嗯哩咧呗]|吗(?!啡)|(?<![网酒书影迪茶清慢摇水唱冰贴陶话])吧")
RUN = re.compile(r"[㐀-鿿]+|[a-z0-9]+")
LATIN = re.compile(r"[a-z]+(?:[ '’]+[a-z]+)*")
_DIALECT = re.compile("|".join(sorted(map(re.escape, DIALECT), key=len, reverse=True)))
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\u00ad\ufe0f]")
_SYLLABLE = re.compile(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?"
    r"(?:iang|iong|uang|ueng|ang|eng|ing|ong|iao|ian|uai|uan|van|ai|ei|ui|ao|ou|iu|ie|ve|ue|er|an|en|in"
    r"|un|vn|ia|ua|uo|a|o|e|i|u|v))"
)


def warm() -> None:
    """Load the word dictionary and the tables now, not at the first question. Call before forking workers."""
    jieba.initialize()
    _simplified_table()
    pypinyin.lazy_pinyin("热")
    _syllables()


def add_words(words: Iterable[str]) -> None:
    """Teach the word cutter words it would split (网咖). Words are kept for the life of the process."""
    jieba.initialize()
    for word in words:
        if word not in jieba.dt.FREQ or not jieba.dt.FREQ[word]:
            jieba.add_word(word)


def fold(text: str) -> str:
    """Full-width to half-width, lower case, traditional to simplified, invisible signs removed."""
    plain = unicodedata.normalize("NFKC", _INVISIBLE.sub("", text)).lower()
    return plain.translate(_simplified_table())


def normalise(text: str) -> str:
    """`fold`, then dialect to the common word; particles and repeated blanks go."""
    common = _DIALECT.sub(lambda found: DIALECT[found.group()], fold(text))
    return " ".join(PARTICLE.sub("", common).split())


def runs(text: str) -> list[str]:
    """The stretches of 汉字, and of Latin letters and digits, in order; everything else separates."""
    return RUN.findall(text)


def words(text: str) -> list[str]:
    """Cut normalised text into words that do not overlap, in order."""
    return [word for run in runs(text) for word in jieba.cut(run, HMM=False)]


def with_parts(word: str) -> list[str]:
    """A word and the known words of two and three characters inside it (search mode)."""
    known = jieba.dt.FREQ
    found = [word]
    for size in (2, 3):
        if len(word) > size:
            inside = (word[at : at + size] for at in range(len(word) - size + 1))
            found.extend(part for part in inside if known.get(part))
    return found


def pairs(text: str) -> list[str]:
    """Neighbouring characters of each stretch; a stretch of one character yields itself."""
    found: list[str] = []
    for run in runs(text):
        found.extend(run[at : at + 2] for at in range(max(1, len(run) - 1)))
    return found


def syllables(text: str) -> list[str]:
    """Folded pinyin of every 汉字, and of Latin letters that are pinyin throughout; others as they are."""
    found: list[str] = []
    for run in runs(text):
        if run.isascii():
            found.extend(split_pinyin(run) or [run])
        else:
            found.extend(fold_syllable(_reading(sign)) for sign in run)
    return found


def pinyin(text: str) -> list[str]:
    """Toneless pinyin of every 汉字; stretches of other signs stay as they are."""
    return [str(each) for each in pypinyin.lazy_pinyin(text)]


def split_pinyin(letters: str) -> list[str] | None:
    """Split Latin letters into pinyin syllables, folded; None where some letter belongs to none."""
    if len(letters) > 60 or not letters.isalpha():
        return None
    known = _syllables()
    best: dict[int, list[str]] = {0: []}
    for end in range(1, len(letters) + 1):
        ways = [best[start] + [letters[start:end]] for start in range(max(0, end - 6), end) if start in best]
        fitting = [way for way in ways if way[-1] in known]
        if fitting:
            best[end] = min(fitting, key=lambda way: (len(way), sum(part[0] in "aoe" for part in way)))
    whole = best.get(len(letters))
    return [fold_syllable(part) for part in whole] if whole else None


def looks_like_pinyin(text: str) -> bool:
    """Whether the text holds Latin letters that read as two or more pinyin syllables."""
    return any(len(part) >= 2 for part in _latin_parts(text))


def _latin_parts(text: str) -> Iterator[list[str]]:
    for found in LATIN.finditer(text):
        parts = [split_pinyin(word) for word in re.split(r"[ '’]+", found.group())]
        if all(parts):
            yield [syllable for part in parts if part for syllable in part]


def fold_syllable(syllable: str) -> str:
    """Make alike what people mix up: zh/z, ch/c, sh/s, final -ng/-n, ü/v/u."""
    plain = syllable.replace("ü", "v").replace("u:", "v")
    if plain[:2] in {"zh", "ch", "sh"}:
        plain = plain[0] + plain[2:]
    return plain[:-1] if plain.endswith("ng") else plain


@cache
def _reading(sign: str) -> str:
    return str(pypinyin.lazy_pinyin(sign, v_to_u=False)[0])


@cache
def _syllables() -> frozenset[str]:
    """Every reading a 汉字 has, without tones."""
    table: dict[int, str] = pypinyin.constants.PINYIN_DICT
    marks = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvvnnnm")
    readings = {part.translate(marks) for some in table.values() for part in some.split(",")}
    return frozenset(part for part in readings if _SYLLABLE.fullmatch(part))


@cache
def _simplified_table() -> dict[int, str]:
    """OpenCC's table of single characters. Where a sign has several forms the first is the usual one."""
    listed = files("opencc").joinpath("dictionary/TSCharacters.txt").read_text(encoding="utf-8")
    table: dict[int, str] = {}
    for line in listed.splitlines():
        traditional, _, simplified = line.partition("\t")
        if len(traditional) == 1 and simplified:
            table[ord(traditional)] = simplified.split(" ")[0]
    return table
