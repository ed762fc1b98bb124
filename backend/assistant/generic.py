"""The same index over any list of strings, for matching that has nothing to do with our items."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from backend.assistant.strings import ALIKE_SENTENCES, StringIndex
from backend.assistant.wording import Wording
from backend.kernel import text as chinese

MOST_RANKED = 10
#: From this likeness on the first candidate counts as an answer.
ALIKE = 0.6
FORMAT = 1


@dataclass(frozen=True)
class Matcher:
    """Finds the candidates closest in meaning to a text. Every word counts; nothing is out of scope."""

    version: str
    strings: StringIndex

    def match(self, text: str) -> Mapping[str, Any]:
        """The fields of a batch answer; `ranked` are the candidates themselves."""
        hits = self.strings.search(self.strings.wording.read(text), limit=MOST_RANKED)
        score = min(1.0, hits[0].score) if hits else 0.0
        return {
            "ranked": [hit.target for hit in hits],
            "codes": [],
            "score": round(score, 4),
            "action": "answer" if score >= ALIKE else "clarify" if hits else "refuse",
            "aspect": "general",
            "index_version": self.version,
        }


def write(candidates: Iterable[str], out: Path) -> int:
    """Keep the candidates, each once and in order, with their version. Returns how many there are."""
    kept = list(dict.fromkeys(line.strip() for line in candidates if line.strip()))
    content = {"format": FORMAT, "version": _version(kept), "candidates": kept}
    out.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")
    return len(kept)


def read(path: Path) -> Matcher:
    """Open what `write` kept. Raises `ValueError` for another file."""
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        candidates = [str(each) for each in content["candidates"]]
    except (ValueError, TypeError, KeyError):
        raise ValueError(f"{path} 不是用 assistant index 做的索引") from None
    return matcher(candidates)


def matcher(candidates: Sequence[str]) -> Matcher:
    """Index the candidates; each stands for itself."""
    chinese.warm()
    wording = Wording(frozenset(), frozenset(), {})
    strings = StringIndex([(text, text) for text in candidates], wording, ALIKE_SENTENCES)
    return Matcher(_version(candidates), strings)


def _version(candidates: Sequence[str]) -> str:
    return sha256("\n".join(candidates).encode()).hexdigest()[:12]
