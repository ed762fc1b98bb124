"""What the desk refuses besides what the packages behind it refuse."""

from dataclasses import dataclass

from backend.kernel.errors import DomainError, ErrorKind


@dataclass(eq=False)
class FormNotOurs(DomainError):
    """The form came from another site, or from a page of a session that has ended."""

    code = "console.form_not_ours"
    kind = ErrorKind.FORBIDDEN

    @property
    def message(self) -> str:
        return "这次提交没有生效：页面已过期或不是从工作台打开的。请回到工作台刷新页面后再操作一次。"


@dataclass(eq=False)
class FileNotOpened(DomainError):
    """Personal data is shown to who holds the case, and to overseers who stated why."""

    code = "console.file_not_opened"
    kind = ErrorKind.FORBIDDEN

    @property
    def message(self) -> str:
        return "这件不由您经办，不能查看申请材料。请先领取，或由负责人、案卷抽查人员登记事由后查看。"


@dataclass(eq=False)
class PurposeMissing(DomainError):
    code = "console.purpose_missing"
    kind = ErrorKind.INVALID

    @property
    def message(self) -> str:
        return "请选择查看事由；选“其他”的，请用几个字说明，但不要写姓名和号码。"


@dataclass(eq=False)
class CaseClosed(DomainError):
    code = "console.case_closed"

    @property
    def message(self) -> str:
        return "这件已经办结，不用领取。需要查看案卷的，请由负责人或案卷抽查人员登记事由。"
