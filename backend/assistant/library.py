"""The engine in use: built from a folder, fitted, swapped in one step, the previous one kept."""

import asyncio
import gc
import json
from dataclasses import asdict, replace
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from backend.assistant import smoking
from backend.assistant.calibrating import Asked, Example, fit, questions
from backend.assistant.engine import Engine
from backend.assistant.errors import LexiconFaulty
from backend.assistant.framing import Framing, framing_of
from backend.assistant.gate import NAMES, Evidence, Gate
from backend.assistant.naming import naming_of
from backend.assistant.reading import Lexicon, Said, read
from backend.assistant.strings import StringIndex
from backend.assistant.validating import check
from backend.assistant.voice import voice_over
from backend.assistant.wording import Wording
from backend.kernel import text as chinese

#: Raised with every change of scoring, so that stored coefficients are never used with another scorer.
SCORER = "2"
#: How many of the items' own strings the gate is shown (every so many), and how much each counts.
SAMPLED, OWN_WEIGHT = 15, 0.03
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
        voice=voice_over([(wording.read(said.text), said.target) for said in _everything(lexicon)]),
        naming=naming_of(lexicon.codes),
        gate=Gate((0.0,) * len(NAMES), 0.5, (0.0,) * len(NAMES), 0.5),
        scenes={said: (entry.scene, entry.main) for entry in lexicon.scenes for said in entry.said},
    )
    check(lexicon, unfitted.items)
    return _with_gate(unfitted, _stored_gate(version, folder, cache) or _fitted(unfitted, folder, cache))


def _with_gate(engine: Engine, gate: Gate) -> Engine:
    return replace(engine, gate=gate)


def _everything(lexicon: Lexicon) -> list[Said]:
    return [*lexicon.names, *lexicon.others, *lexicon.chats]


def _fitted(engine: Engine, folder: Path, cache: Path | None) -> Gate:
    lexicon, asked = engine.lexicon, questions(folder)
    seen = [(each, engine.evidence(each.text)) for each in asked]
    framing = framing_of((engine.manner(evidence), each.is_in_scope) for each, evidence in seen)
    examples = [_example(engine, each, evidence, framing=framing, weight=1.0) for each, evidence in seen]
    own = [Asked(said.text, True, (said.target,)) for said in lexicon.names[::SAMPLED]]
    own += [Asked(said.text, False) for said in (*lexicon.others, *lexicon.chats)[::2]]
    examples += [
        _example(engine, each, engine.evidence(each.text), framing=framing, weight=OWN_WEIGHT) for each in own
    ]
    gate = fit(examples, framing)
    if cache is not None:
        cache.mkdir(parents=True, exist_ok=True)
        (cache / f"gate-{engine.version}.json").write_text(
            json.dumps(asdict(gate), ensure_ascii=False, sort_keys=True) + "\n", encoding="utf-8"
        )
    return gate


def _example(engine: Engine, asked: Asked, evidence: Evidence, *, framing: Framing, weight: float) -> Example:
    """A row to fit: a counted question is rated as if it had not been counted."""
    terms = engine.manner(evidence)
    framed = framing.rate(terms)
    if weight == 1.0:
        framed = framing.rate_without(terms, is_ours=asked.is_in_scope)
    right = bool(evidence.hits) and evidence.hits[0].target in asked.items
    is_told = bool(asked.items) or not asked.is_in_scope
    features = replace(evidence, framed=framed).features(engine.items)
    return Example(features, asked.is_in_scope, right if is_told else None, weight)


def _stored_gate(version: str, folder: Path, cache: Path | None) -> Gate | None:
    """The gate fitted to exactly this lexicon: in the data folder, or delivered with the lexicon."""
    for place in [*([cache] if cache else []), folder / "calibration"]:
        path = place / f"gate-{version}.json"
        if path.is_file():
            return _gate(json.loads(path.read_text(encoding="utf-8")))
    return None


def _gate(kept: dict[str, Any]) -> Gate:
    framing = kept["framing"]
    counts = {term: (yes, no) for term, (yes, no) in framing["counts"].items()}
    return Gate(
        tuple(kept["coefficients"]),
        kept["refuse"],
        tuple(kept["certain"]),
        kept["answer"],
        Framing(counts, framing["ours"], framing["theirs"]),
    )


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
                gc.collect()  # the lexicon's files as read leave rings behind that wait for the collector
            return self._engine

    def reload(self) -> str:
        """Build from the folder anew, try it, and swap; the previous engine is kept. The new version.

        Raises `LexiconFaulty` with every wrong line or failed trial; the engine in use then stays.
        """
        built = build(self._folder, cache=self._cache)
        failed = smoking.failures(built, self._folder)
        if failed:
            raise LexiconFaulty(failed)
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
