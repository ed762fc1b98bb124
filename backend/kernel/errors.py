"""Acts that are not allowed, as values with a code, a kind and a sentence for the citizen.

Expected outcomes are return values; these are raised where somebody tries what may not be done.
Only `web.errors` knows which status a kind has.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar


class ErrorKind(StrEnum):
    """What sort of refusal this is; the web layer maps each to one status."""

    INVALID = "invalid"
    UNAUTHENTICATED = "unauthenticated"
    FORBIDDEN = "forbidden"
    NOT_FOUND = "not_found"
    CONFLICT = "conflict"
    GONE = "gone"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


@dataclass(eq=False)
class DomainError(Exception):
    """Base of all refusals. Subclasses set `code` and `kind` and derive `message` from their fields."""

    #: `package.fact`, unique in the whole service (a guard test checks it).
    code: ClassVar[str] = ""
    kind: ClassVar[ErrorKind] = ErrorKind.CONFLICT

    @property
    def message(self) -> str:
        """A Chinese sentence that says what to do next."""
        raise NotImplementedError  # every concrete error says its own sentence; a guard test checks it

    def __str__(self) -> str:
        return f"{self.code}: {self.message}"


@dataclass(frozen=True)
class FieldProblem:
    """One wrong field of a form, named by its path, with a sentence for the person who fills it in."""

    field: str
    message: str


@dataclass(eq=False)
class FieldsInvalid(DomainError):
    """Some fields of a form are wrong; all of them are named at once."""

    code: ClassVar[str] = "kernel.fields_invalid"
    kind: ClassVar[ErrorKind] = ErrorKind.INVALID
    problems: tuple[FieldProblem, ...]

    @property
    def message(self) -> str:
        return f"有 {len(self.problems)} 处需要修改，请按提示改好后再提交。"


@dataclass(eq=False)
class Unavailable(DomainError):
    """Something outside the building did not answer. Adapters raise it; callers degrade or retry."""

    code: ClassVar[str] = "kernel.unavailable"
    kind: ClassVar[ErrorKind] = ErrorKind.UNAVAILABLE
    service: str
    #: For logs only; never shown, never with personal data.
    reason: str = ""

    @property
    def message(self) -> str:
        return f"{self.service}暂时连接不上，请过几分钟再试；也可拨打大厅电话或到窗口办理。"
