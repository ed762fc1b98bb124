"""The lexicon with the office's approved phrases in it: a copy of the engine, checked and smoke-tested. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from backend.assistant.engine import Engine
from backend.assistant.reading import Said
from backend.assistant.strings import StringIndex
from backend.assistant.validating import faults_of
from backend.kernel.text import fold

#: Where a name comes from that stands in no file.
DESK = "工作台批准"
SHORTEST, LONGEST = 2, 12


@dataclass(frozen=True)
class Alias:
    """A phrase and the official name of its item."""

    text: str
    item_name: str


def revision_of(engine: Engine) -> int:
    """Which list of approved phrases an engine holds; it is the end of its version."""
    _, _, told = engine.version.partition("+r")
    return int(told) if told.isdigit() else 0


def with_aliases(engine: Engine, aliases: Sequence[Alias], *, revision: int) -> Engine:
    """A new engine over the same lexicon with exactly these phrases; the gate stays fitted as it is.

    Phrases of items the lexicon no longer has, and those its files have meanwhile, are left out.
    """
    own = tuple(said for said in engine.lexicon.names if said.where != DESK)
    known = {(said.text, said.target) for said in own}
    added = tuple(
        Said(alias.text, alias.item_name, DESK)
        for alias in aliases
        if alias.item_name in engine.lexicon.codes and (alias.text, alias.item_name) not in known
    )
    names = own + added
    base, _, _ = engine.version.partition("+r")
    return replace(
        engine,
        version=f"{base}+r{revision}",
        lexicon=replace(engine.lexicon, names=names),
        items=StringIndex([(said.text, said.target) for said in names], engine.wording),
    )


def faults_in(phrase: str, item_name: str, engine: Engine) -> tuple[str, ...]:
    """What can be said against a phrase before anything is built."""
    found = []
    if not item_name:
        found.append("目录里没有这个事项，请从候选里选，或填事项编码。")
    if not SHORTEST <= len(phrase) <= LONGEST:
        found.append(f"请写 {SHORTEST} 到 {LONGEST} 个字的短说法，不要整句。")
    if any(fold(said.text) == fold(phrase) and said.target == item_name for said in engine.lexicon.names):
        found.append("这个说法已经在用了。")
    return tuple(found)


def tried(engine: Engine, aliases: Sequence[Alias], *, revision: int) -> tuple[Engine, tuple[str, ...]]:
    """The engine with the phrases, and everything that speaks against using it."""
    built = with_aliases(engine, aliases, revision=revision)
    faults = [f"“{fault.text}” {fault.message}" for fault in faults_of(built.lexicon, built.items)]
    return built, tuple(faults or smoke(engine, built, newest=aliases[-1]))


def smoke(before: Engine, after: Engine, *, newest: Alias) -> Iterator[str]:
    """The phrase must lead to its item, and every official name must still lead to its own."""
    found = _first(after, newest.text)
    if found != newest.item_name:
        yield f"试用时“{newest.text}”答到了“{found}”，与别的说法太近，请换个说法。"
    for name in before.lexicon.codes:
        if _first(before, name) == name and _first(after, name) != name:
            yield f"启用后，问“{name}”会答成“{_first(after, name)}”，请换个说法。"


def approved_name(engine: Engine, text: str) -> str:
    """The item whose approved phrase a message is, word for word; empty for any other message."""
    said = fold(text).strip(" ，。！？,.!?")
    for each in reversed(engine.lexicon.names):
        if each.where != DESK:
            return ""
        if fold(each.text) == said:
            return each.target
    return ""


def _first(engine: Engine, text: str) -> str:
    hits = engine.items.search(engine.wording.read(text), limit=1)
    return hits[0].target if hits else ""
