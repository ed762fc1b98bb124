"""Read `intents/` (Rasa NLU YAML, version 3.1) into values. Facts about items never stand there."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from backend.assistant.types import Aspect, Choice, Clarification, Referral, Scene

ITEM, OTHER, CHAT = "faq/", "other/", "chat/"


@dataclass(frozen=True)
class Said:
    """One string people use and what it stands for; `where` is its file, for complaints."""

    text: str
    target: str
    where: str


@dataclass(frozen=True)
class SceneEntry:
    """A scene as written: what people say, the items in order, and the one mostly meant."""

    scene: Scene
    main: str
    said: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Lexicon:
    """Everything in `intents/`. Items are keyed by official name, which no county may change."""

    codes: Mapping[str, str]
    names: tuple[Said, ...]
    others: tuple[Said, ...]
    chats: tuple[Said, ...]
    referrals: Mapping[str, Referral]
    replies: Mapping[str, str]
    aspects: tuple[tuple[Aspect, re.Pattern[str]], ...]
    cues: Mapping[str, re.Pattern[str]]
    synonyms: Mapping[str, str]
    generic: frozenset[str]
    fillers: frozenset[str]
    clarifications: tuple[Clarification, ...]
    scenes: tuple[SceneEntry, ...]
    digest: str


@dataclass
class _Gathering:
    """What has been read so far."""

    codes: dict[str, str] = field(default_factory=dict)
    said: list[Said] = field(default_factory=list)
    referrals: dict[str, Referral] = field(default_factory=dict)
    replies: dict[str, str] = field(default_factory=dict)
    regexes: dict[str, list[str]] = field(default_factory=dict)
    lookups: dict[str, list[str]] = field(default_factory=dict)
    synonyms: dict[str, str] = field(default_factory=dict)
    clarifications: list[dict[str, Any]] = field(default_factory=list)
    scenes: list[dict[str, Any]] = field(default_factory=list)

    def take(self, entry: Mapping[str, Any], *, where: str) -> None:
        examples = list(_lines(str(entry.get("examples", ""))))
        if "intent" in entry:
            self._intent(str(entry["intent"]), dict(entry.get("metadata") or {}), examples, where=where)
        elif "synonym" in entry:
            self.synonyms |= dict.fromkeys(examples, str(entry["synonym"]))
        elif "lookup" in entry:
            self.lookups.setdefault(str(entry["lookup"]), []).extend(examples)
        elif "regex" in entry:
            self.regexes.setdefault(str(entry["regex"]), []).extend(examples)

    def _intent(self, intent: str, told: dict[str, Any], examples: list[str], *, where: str) -> None:
        self.said.extend(Said(text, intent, where) for text in examples)
        if intent.startswith(ITEM) and "code" in told:
            name = intent.removeprefix(ITEM)
            self.codes[name] = str(told["code"])
            self.said.append(Said(name, intent, where))
        elif intent.startswith(OTHER):
            self.referrals[intent] = Referral(str(told["topic"]), str(told["who"]), str(told["contact"]))
        elif intent.startswith(CHAT):
            self.replies[intent] = str(told["reply"])


def read(folder: Path) -> Lexicon:
    """Read the whole folder. Raises `OSError` and ruamel's errors, which name file and line."""
    yaml = YAML(typ="safe", pure=True)
    digest = hashlib.sha256()
    gathered = _Gathering()
    for path in sorted(folder.rglob("*.yml")):
        content = path.read_bytes()
        digest.update(content)
        loaded = yaml.load(content.decode("utf-8")) or {}
        where = path.relative_to(folder).as_posix()
        for entry in loaded.get("nlu") or ():
            gathered.take(entry, where=where)
        gathered.clarifications.extend(loaded.get("clarifications") or ())
        gathered.scenes.extend(loaded.get("scenes") or ())
    for path in sorted((folder / "calibration").glob("*.jsonl")):
        digest.update(path.read_bytes())
    return _lexicon(gathered, digest=digest.hexdigest())


def _lexicon(read_: _Gathering, *, digest: str) -> Lexicon:
    def of(kind: str) -> tuple[Said, ...]:
        return tuple(
            Said(said.text, said.target.removeprefix(ITEM) if kind == ITEM else said.target, said.where)
            for said in read_.said
            if said.target.startswith(kind)
        )

    return Lexicon(
        codes=read_.codes,
        names=of(ITEM),
        others=of(OTHER),
        chats=of(CHAT),
        referrals=read_.referrals,
        replies=read_.replies,
        aspects=tuple(_aspects(read_.regexes)),
        cues=_cues(read_.regexes),
        synonyms=read_.synonyms,
        generic=frozenset(read_.lookups.get("generic_words", ())),
        fillers=frozenset(read_.lookups.get("filler_words", ())),
        clarifications=tuple(_clarification(entry, read_.codes) for entry in read_.clarifications),
        scenes=tuple(
            SceneEntry(Scene(str(each["name"]), tuple(each["items"])), str(each["main"]), tuple(each["said"]))
            for each in read_.scenes
        ),
        digest=digest,
    )


def _cues(regexes: Mapping[str, list[str]]) -> dict[str, re.Pattern[str]]:
    return {
        name.removeprefix("cue_"): re.compile("|".join(listed))
        for name, listed in regexes.items()
        if name.startswith("cue_")
    }


def _aspects(regexes: Mapping[str, list[str]]) -> Iterator[tuple[Aspect, re.Pattern[str]]]:
    """Aspects in the order of the file: the first that matches counts."""
    for name, listed in regexes.items():
        if name.startswith("aspect_"):
            yield Aspect(name.removeprefix("aspect_")), re.compile("|".join(listed))


def _clarification(entry: Mapping[str, Any], codes: Mapping[str, str]) -> Clarification:
    choices = (
        Choice(str(c["label"]), str(c["item"]), codes.get(str(c["item"]), "")) for c in entry["choices"]
    )
    return Clarification(str(entry["question"]), tuple(choices))


def _lines(block: str) -> Iterator[str]:
    """The examples of Rasa's block notation: one a line, after a hyphen."""
    for line in block.splitlines():
        text = line.strip().removeprefix("- ").strip().strip('"')
        if text:
            yield text
