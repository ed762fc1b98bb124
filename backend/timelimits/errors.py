"""Acts that are not allowed on time limits."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from backend.kernel.errors import DomainError, ErrorKind
from backend.kernel.units import Days
from backend.timelimits.types import LimitKind


@dataclass(eq=False)
class NoRunningLimit(DomainError):
    """There is no running clock that the act could touch."""

    code: ClassVar[str] = "timelimits.no_running_limit"
    kind: ClassVar[ErrorKind] = ErrorKind.CONFLICT

    @property
    def message(self) -> str:
        return "本办件没有正在计算的时限，请刷新页面查看最新状态。"


@dataclass(eq=False)
class AlreadyRunning(DomainError):
    """A clock of this kind is running; a case has one of each at a time."""

    code: ClassVar[str] = "timelimits.already_running"
    kind: ClassVar[ErrorKind] = ErrorKind.CONFLICT
    limit_kind: LimitKind

    @property
    def message(self) -> str:
        return f"本办件的{self.limit_kind.text}已在计算，请刷新页面查看。"


@dataclass(eq=False)
class LimitPassed(DomainError):
    """The limit is over: it can be neither paused nor extended any more (LAW §1)."""

    code: ClassVar[str] = "timelimits.limit_passed"
    kind: ClassVar[ErrorKind] = ErrorKind.CONFLICT
    limit_kind: LimitKind
    due_on: date

    @property
    def message(self) -> str:
        return f"{self.limit_kind.text}已于 {self.due_on} 届满，不能再暂停或延长，请尽快作出决定。"


@dataclass(eq=False)
class NoSuchPause(DomainError):
    """The pause is not open in this case."""

    code: ClassVar[str] = "timelimits.no_such_pause"
    kind: ClassVar[ErrorKind] = ErrorKind.CONFLICT

    @property
    def message(self) -> str:
        return "这次暂停已经结束或不存在，请刷新页面查看。"


@dataclass(eq=False)
class AlreadyExtended(DomainError):
    """A limit is extended once (行政许可法 第四十二条)."""

    code: ClassVar[str] = "timelimits.already_extended"
    kind: ClassVar[ErrorKind] = ErrorKind.CONFLICT

    @property
    def message(self) -> str:
        return "本办件的时限已延长过一次，不能再次延长，请在届满前作出决定。"


@dataclass(eq=False)
class ExtensionTooLong(DomainError):
    """The extension is not what 行政许可法 第四十二条 allows."""

    code: ClassVar[str] = "timelimits.extension_too_long"
    kind: ClassVar[ErrorKind] = ErrorKind.INVALID
    longest: Days

    @property
    def message(self) -> str:
        return f"延长应为 1 至 {self.longest.count}{self.longest.unit.text}，请重新填写。"


@dataclass(eq=False)
class CalendarIncomplete(DomainError):
    """A loaded calendar contradicts itself or names a day twice."""

    code: ClassVar[str] = "timelimits.calendar_incomplete"
    kind: ClassVar[ErrorKind] = ErrorKind.INVALID
    day: date

    @property
    def message(self) -> str:
        return f"放假安排里 {self.day} 重复出现，请核对后重新载入。"
