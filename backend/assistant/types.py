"""What the engine says about a message, before any fact of the catalogue is read."""

from dataclasses import dataclass
from enum import StrEnum


class Action(StrEnum):
    ANSWER = "answer"
    CLARIFY = "clarify"
    REFUSE = "refuse"
    PROGRESS = "progress"


class Aspect(StrEnum):
    """What is asked about an item (问的方面)."""

    GENERAL = "general"
    MATERIALS = "materials"
    TIME = "time"
    FEE = "fee"
    WHERE = "where"
    PROCESS = "process"
    CONDITIONS = "conditions"
    PROGRESS = "progress"


@dataclass(frozen=True)
class Candidate:
    """An item and how well the message names it, 0 to 1."""

    name: str
    code: str
    score: float


@dataclass(frozen=True)
class Referral:
    """Who handles a matter the office does not, and a hotline that is the same everywhere."""

    topic: str
    who: str
    contact: str


@dataclass(frozen=True)
class Choice:
    """One numbered answer to a question of ours."""

    label: str
    name: str
    code: str


@dataclass(frozen=True)
class Clarification:
    """A question that tells close items apart."""

    question: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class Scene:
    """Several items that one plan needs, in the order they are done (一件事)."""

    name: str
    items: tuple[str, ...]


@dataclass(frozen=True)
class Topic:
    """What the conversation was about a moment ago."""

    name: str
    aspect: Aspect
    score: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Understanding:
    """What a message means, with everything an answer needs except the facts."""

    action: Action
    aspect: Aspect
    ranked: tuple[Candidate, ...]
    #: How likely the message is in scope at all; 0 to 1, calibrated.
    score: float
    index_version: str
    #: How many of the first candidates are asked for (several matters in one message).
    matters: int = 1
    clarification: Clarification | None = None
    scene: Scene | None = None
    referral: Referral | None = None
    #: A ready reply to chat, thanks, abuse or an attack.
    reply: str = ""
    #: Whether the item was taken over from the previous turn.
    is_follow_up: bool = False

    @property
    def best(self) -> Candidate | None:
        return self.ranked[0] if self.ranked else None
