"""What is said to the resident: values the wire shapes, the terminal and other channels render."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from backend.assistant.types import Action, Aspect, Candidate, Referral


class ButtonKind(StrEnum):
    """What a button does; the target's meaning depends on it."""

    GUIDE = "guide"  # item code
    FILE = "file"  # item code/variant code, or the item code alone where a variant must be chosen
    CALL = "call"  # telephone number
    CASES = "cases"  # case id, or empty for the list
    PLACE = "place"  # place code, or empty for the list
    SEARCH = "search"  # text
    HANDOVER = "handover"  # the session to hand over to a person


@dataclass(frozen=True)
class Button:
    kind: ButtonKind
    label: str
    target: str


@dataclass(frozen=True)
class Option:
    """A numbered choice and the text that chooses it."""

    label: str
    text: str


@dataclass(frozen=True)
class Told:
    """One fact with its label; pending ones are shown as 待核实."""

    label: str
    text: str
    is_pending: bool = False


@dataclass(frozen=True)
class Source:
    """The published version an answer was read from."""

    item_code: str
    item_name: str
    version: int
    effective_on: date


@dataclass(frozen=True, kw_only=True)
class Answer:
    #: By this id feedback finds its answer.
    id: UUID
    session: str
    action: Action
    text: str
    #: A short text for reading aloud.
    speech: str
    aspect: Aspect
    index_version: str
    items: tuple[Candidate, ...] = ()
    choices: tuple[Option, ...] = ()
    actions: tuple[Button, ...] = ()
    facts: tuple[Told, ...] = ()
    source: Source | None = None
    referral: Referral | None = None
