"""The engine in use: built from a folder, fitted, swapped in one step, the previous one kept."""

import asyncio
import json
from dataclasses import asdict, replace
from functools import cache
from hashlib import sha256
from pathlib import Path

from backend.assistant.calibrating import Example, fit, questions
from backend.assistant.engine import Engine
from backend.assistant.gate import NAMES, Gate
from backend.assistant.reading import Lexicon, read
from backend.assistant.strings import StringIndex
from backend.assistant.validating import check
from backend.assistant.wording import Wording
from backend.kernel import text as chinese

#: Raised with every change of scoring, so that stored coefficients are never used with another scorer.
SCORER = "1"
#: How many of the items' own strings the gate is shown (every so many), and how much each counts.
SAMPLED, OWN_WEIGHT = 15, 0.15
#: The lexicon delivered with the service; a county replaces the folder's content.
FOLDER = Path(__file__).parents[2] / "intents"


def build(folder: Path, *, cache: Path | None = None) -> Engine:
    """Build the engine from `intents/`. The fitted gate is read from and kept in `cache` where given.

    Raises `LexiconFaulty` naming every wrong line.
    """
    chinese.warm()
    lexicon = read(folder)
    chinese.add_words(_trade_words(lexicon))
    wording = Wording(lexicon.generic, lexicon.fillers, lexicon.synonyms)
    version = sha256(f"{SCORER}:{','.join(NAMES)}:{lexicon.digest}".encode()).hexdigest()[:12]
    unfitted = Engine(
        version=version,
        lexicon=lexicon,
        wording=wording,
        items=StringIndex([(said.text, said.target) for said in lexicon.names], wording),
        others=StringIndex([(said.text, said.target) for said in lexicon.others], wording),
        chats=StringIndex([(said.text, said.target) for said in lexicon.chats], wording),
        gate=Gate((0.0,) * len(NAMES), 0.5, 0.5),
        scenes={said: (entry.scene, entry.main) for entry in lexicon.scenes for said in entry.said},
    )
    check(lexicon, unfitted.items)
    return _with_gate(unfitted, _stored_gate(version, folder, cache) or _fitted(unfitted, folder, cache))


def _with_gate(engine: Engine, gate: Gate) -> Engine:
    return replace(engine, gate=gate)


def _fitted(engine: Engine, folder: Path, cache: Path | None) -> Gate:
    told = [(text, is_ours, 1.0) for text, is_ours in questions(folder)]
    lexicon = engine.lexicon
    told += [(said.text, True, OWN_WEIGHT) for said in lexicon.names[::SAMPLED]]
    told += [(said.text, False, OWN_WEIGHT) for said in (*lexicon.others, *lexicon.chats)[::2]]
    examples = [
        Example(engine.evidence(text).features(engine.items), is_ours, weight)
        for text, is_ours, weight in told
    ]
    gate = fit(examples)
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / f"gate-{engine.version}.json").write_text(json.dumps(asdict(gate)), encoding="utf-8")
    return gate


def _stored_gate(version: str, folder: Path, cache: Path | None) -> Gate | None:
    """The gate fitted to exactly this lexicon: in the data folder, or delivered with the lexicon."""
    for place in [*([cache] if cache else []), folder / "calibration"]:
        path = place / f"gate-{version}.json"
        if path.is_file():
            kept = json.loads(path.read_text(encoding="utf-8"))
            return Gate(tuple(kept["coefficients"]), kept["refuse"], kept["answer"])
    return None


def _trade_words(lexicon: Lexicon) -> set[str]:
    """Business words the cutter would split (网咖, 娃娃机)."""
    listed = (*lexicon.names, *lexicon.others)
    return {said.text for said in listed if said.where.startswith("lexicon/") and 2 <= len(said.text) <= 4}


class Library:
    """Holds the engine in use; a reload builds, checks and swaps, or leaves everything as it was."""

    def __init__(self, folder: Path, *, cache: Path | None = None) -> None:
        self._folder, self._cache = folder, cache
        self._engine: Engine | None = None
        self._previous: Engine | None = None
        self._building = asyncio.Lock()

    @property
    def engine(self) -> Engine:
        """The engine in use, built at first need; call it at start to be ready."""
        if self._engine is None:
            self._engine = build(self._folder, cache=self._cache)
        return self._engine

    async def ready(self) -> Engine:
        """The engine in use; where it must be built first, other requests are served meanwhile."""
        async with self._building:
            if self._engine is None:
                self._engine = await asyncio.to_thread(build, self._folder, cache=self._cache)
            return self._engine

    def reload(self) -> str:
        """Build from the folder anew and swap; the previous engine is kept. Returns the new version."""
        built = build(self._folder, cache=self._cache)
        self._previous, self._engine = self._engine, built
        return built.version

    def adopt(self, engine: Engine) -> None:
        """Swap in an engine made and checked elsewhere (phrases approved at the desk)."""
        self._previous, self._engine = self._engine, engine

    def roll_back(self) -> str:
        """Go back to the previous engine, if there is one. Returns the version in use."""
        if self._previous is not None:
            self._engine, self._previous = self._previous, self._engine
        return self.engine.version


@cache
def library() -> Library:
    """The library of this process, over the lexicon delivered with the service."""
    return Library(FOLDER)
