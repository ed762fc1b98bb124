"""Check the lexicon on load: a wrong line is named with its file, and nothing half-right goes into use."""

from collections import defaultdict
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from backend.assistant.errors import LexiconFaulty
from backend.assistant.reading import Lexicon
from backend.assistant.strings import StringIndex

SHORTEST = 2


@dataclass(frozen=True)
class Fault:
    """One wrong line: the file, the text, and what to do about it."""

    where: str
    text: str
    message: str

    def __str__(self) -> str:
        return f"{self.where}：“{self.text}” {self.message}"


def check(lexicon: Lexicon, index: StringIndex) -> None:
    """Raise `LexiconFaulty` with every fault of the files."""
    faults = tuple(faults_of(lexicon, index))
    if faults:
        raise LexiconFaulty(tuple(map(str, faults)))


def faults_of(lexicon: Lexicon, index: StringIndex) -> Iterator[Fault]:
    """Everything wrong in the files themselves."""
    yield from _unknown_targets(lexicon)
    yield from _shared_names(lexicon)
    for said, record in zip(lexicon.names, index.records, strict=True):
        if len(said.text) < SHORTEST:
            yield Fault(said.where, said.text, "太短，单个字认不出是哪件事，请写完整一点。")
        elif not record.is_specific and said.text != said.target:
            yield Fault(said.where, said.text, "全是到处都有的词（许可、登记……），请加上具体说的是什么。")


def unknown_items(lexicon: Lexicon, catalogue: Collection[str]) -> list[Fault]:
    """Items the catalogue does not have, and items of the catalogue nobody can ask for."""
    missing = [
        Fault("items/", name, "目录里没有这个事项。") for name in lexicon.codes if name not in catalogue
    ]
    silent = [Fault("items/", name, "还没有写叫法。") for name in catalogue if name not in lexicon.codes]
    return missing + silent


def _unknown_targets(lexicon: Lexicon) -> Iterator[Fault]:
    named = [(said.where, said.target) for said in lexicon.names]
    named += [("clarifications.yml", c.name) for group in lexicon.clarifications for c in group.choices]
    named += [("scenes.yml", name) for entry in lexicon.scenes for name in (*entry.scene.items, entry.main)]
    for where, name in dict.fromkeys(named):
        if name not in lexicon.codes:
            yield Fault(where, name, "items/ 里没有这个事项，请核对名称。")


def _shared_names(lexicon: Lexicon) -> Iterator[Fault]:
    """A name under two items needs a question that tells them apart; one of another body's is no name of ours."""
    owners: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for said in lexicon.names:
        owners[said.text][said.target] = said.where
    groups = [{choice.name for choice in group.choices} for group in lexicon.clarifications]
    for text, targets in owners.items():
        if len(targets) > 1 and not any(targets.keys() <= group for group in groups):
            where, names = "、".join(sorted(set(targets.values()))), "、".join(targets)
            yield Fault(where, text, f"同时写在{names}下面；请留一处，或在 clarifications.yml 写明怎么区分。")
    for said in lexicon.others:
        if said.text in owners:
            yield Fault(said.where, said.text, "本局的事项里也有这个叫法，请留一处。")
