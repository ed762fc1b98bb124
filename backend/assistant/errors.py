"""Errors of the assistant."""

from dataclasses import dataclass
from typing import ClassVar

from backend.kernel.errors import DomainError, ErrorKind


@dataclass(eq=False)
class LexiconFaulty(DomainError):
    """The lexicon has wrong lines; the one in use stays."""

    code: ClassVar[str] = "assistant.lexicon_faulty"
    kind: ClassVar[ErrorKind] = ErrorKind.INVALID
    faults: tuple[str, ...]

    @property
    def message(self) -> str:
        shown = "；".join(self.faults[:5])
        return f"词库有 {len(self.faults)} 处要改，改好再启用：{shown}"
