"""What may not be done with documents."""

from dataclasses import dataclass

from backend.kernel.errors import DomainError, ErrorKind


@dataclass(eq=False)
class NoSuchDocument(DomainError):
    code = "documents.no_such_document"
    kind = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有找到这份文书，请从办件详情里重新打开。"


@dataclass(eq=False)
class NotReady(DomainError):
    code = "documents.not_ready"
    kind = ErrorKind.CONFLICT

    @property
    def message(self) -> str:
        return "文书正在生成和盖章，通常一分钟内就好，请稍后再打开。"


@dataclass(eq=False)
class ContentIncomplete(DomainError):
    """A letter without what the law demands of it cannot be issued (行政许可法 第三十八条第二款)."""

    code = "documents.content_incomplete"
    kind = ErrorKind.INVALID
    title: str
    missing: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"《{self.title}》还缺少：{'、'.join(self.missing)}。请补充后再出具。"


@dataclass(eq=False)
class ContentUnprintable(DomainError):
    """Emoji and signs without a meaning: no letter can bear them."""

    code = "documents.content_unprintable"
    kind = ErrorKind.INVALID
    title: str
    signs: str

    @property
    def message(self) -> str:
        return f"《{self.title}》里的“{self.signs[:5]}”不能印在文书上，请删去或改成文字后再办理。"


@dataclass(eq=False)
class CannotBePrinted(DomainError):
    """The font lacks a sign of the letter, or the page cannot be set. Waits for a person."""

    code = "documents.cannot_be_printed"
    kind = ErrorKind.INVALID
    number: str
    reason: str

    @property
    def message(self) -> str:
        return f"文书 {self.number} 无法排版：{self.reason}。请由工作人员处理生僻字后重新生成。"
