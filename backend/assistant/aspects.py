"""Which side of the matter is asked: ordered rules, the first that matches counts."""

from collections.abc import Sequence
from re import Pattern

from backend.assistant.types import Aspect
from backend.kernel.text import normalise

Rules = Sequence[tuple[Aspect, Pattern[str]]]


def aspect_of(text: str, rules: Rules) -> Aspect | None:
    """The aspect the words name; None where they name none, which means the matter in general."""
    plain = normalise(text)
    return next((aspect for aspect, pattern in rules if pattern.search(plain)), None)
