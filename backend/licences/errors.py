"""What may not be done with licences."""

from dataclasses import dataclass

from backend.kernel.errors import DomainError, ErrorKind


@dataclass(eq=False)
class NoSuchLicence(DomainError):
    code = "licences.no_such_licence"
    kind = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有找到这份证照，请从“我的证照”里重新打开。"


@dataclass(eq=False)
class CodeUnknown(DomainError):
    code = "licences.code_unknown"
    kind = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有查到这个验证码对应的证照。请核对证照上的 16 位验证码，或者拨打大厅电话核实。"


@dataclass(eq=False)
class NotSealed(DomainError):
    code = "licences.not_sealed"
    kind = ErrorKind.CONFLICT

    @property
    def message(self) -> str:
        return "电子证照正在盖章，通常几分钟内完成，请稍后再打开。"


@dataclass(eq=False)
class StepNotAllowed(DomainError):
    code = "licences.step_not_allowed"
    kind = ErrorKind.CONFLICT
    status_text: str

    @property
    def message(self) -> str:
        return f"这份证照目前的状态是“{self.status_text}”，不能进行这项操作，请刷新后核对。"


@dataclass(eq=False)
class CannotBePrinted(DomainError):
    """The font lacks a sign of the page, or it cannot be set. Waits for a person."""

    code = "licences.cannot_be_printed"
    kind = ErrorKind.INVALID
    number: str
    reason: str

    @property
    def message(self) -> str:
        return f"证照 {self.number} 无法制证：{self.reason}。请由工作人员处理生僻字后重新制证。"
