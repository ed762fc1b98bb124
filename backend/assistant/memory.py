"""What is remembered of a conversation: ten minutes, in the shared state, and nowhere else."""

import json
import re
from dataclasses import dataclass, replace

from backend.assistant.types import Action, Aspect, Clarification, Topic, Understanding
from backend.kernel.ports import SharedState
from backend.kernel.text import fold

LIFETIME_SECONDS = 600
#: Session names callers may bring; anything else starts a new conversation.
SESSION = re.compile(r"^[A-Za-z0-9_-]{8,64}$")
_NUMBERS = {"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5}
_CHOICE = re.compile(r"^(?:选|选择|第|我选)?\s*([1-5一二三四五])\s*(?:个|种|项|号|条)?[。.、]?$")


#: So much of a conversation an officer sees who takes it over.
MOST_TURNS, LONGEST_TURN = 24, 400


@dataclass(frozen=True)
class Turn:
    """Who said what."""

    speaker: str  # resident | assistant
    text: str


@dataclass(frozen=True)
class Memory:
    """The item and aspect spoken about, the choices offered, how often nothing was found, what was said."""

    topic: Topic | None = None
    choices: tuple[str, ...] = ()
    failures: int = 0
    turns: tuple[Turn, ...] = ()

    def after_failures(self, failures: int) -> "Memory":
        """The same conversation, disappointed so often."""
        return replace(self, failures=failures)


async def recall(state: SharedState, session: str) -> Memory:
    """What is remembered; nothing for an unknown, expired or unreadable session."""
    kept = await state.get(_key(session))
    try:
        read = json.loads(kept) if kept else {}
        topic = Topic(str(read["name"]), Aspect(read["aspect"])) if read.get("name") else None
        choices = tuple(str(name) for name in read.get("choices", ()))
        turns = tuple(Turn(str(speaker), str(text)) for speaker, text in read.get("turns", ()))
        return Memory(topic, choices, int(read.get("failures", 0)), turns)
    except (ValueError, TypeError, KeyError, AttributeError):
        return Memory()


async def remember(state: SharedState, session: str, memory: Memory) -> None:
    topic = memory.topic
    kept = {
        "name": topic.name if topic else "",
        "aspect": topic.aspect if topic else Aspect.GENERAL,
        "choices": memory.choices,
        "failures": memory.failures,
        "turns": [(turn.speaker, turn.text) for turn in memory.turns],
    }
    written = json.dumps(kept, ensure_ascii=False).encode()
    await state.set(_key(session), written, lifetime_seconds=LIFETIME_SECONDS)


def chosen(text: str, memory: Memory) -> Topic | None:
    """The item a reply to our question chooses, by number or by name; the aspect stays as asked."""
    if not memory.choices or memory.topic is None:
        return None
    plain = fold(text).strip()
    found = _CHOICE.match(plain)
    if found:
        number = _NUMBERS.get(found[1]) or int(found[1])
        return (
            Topic(memory.choices[number - 1], memory.topic.aspect) if number <= len(memory.choices) else None
        )
    named = next((name for name in memory.choices if fold(name) == plain), None)
    return Topic(named, memory.topic.aspect) if named else None


def after(memory: Memory, meant: Understanding) -> Memory:
    """What to remember after a turn."""
    if meant.action is Action.REFUSE:
        return replace(memory, choices=(), failures=memory.failures + 1)
    best = meant.best
    topic = Topic(best.name, meant.aspect, meant.score) if best else memory.topic
    return replace(memory, topic=topic, choices=_names(meant.clarification), failures=0)


def with_turn(memory: Memory, *, asked: str, answered: str) -> Memory:
    """The memory with one more exchange; the oldest go first."""
    new = (Turn("resident", asked[:LONGEST_TURN]), Turn("assistant", answered[:LONGEST_TURN]))
    return replace(memory, turns=(*memory.turns, *new)[-MOST_TURNS:])


def _names(clarification: Clarification | None) -> tuple[str, ...]:
    return tuple(choice.name for choice in clarification.choices) if clarification else ()


def _key(session: str) -> str:
    return f"assistant:session:{session}"
