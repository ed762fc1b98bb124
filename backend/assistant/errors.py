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


@dataclass(eq=False)
class NoSuchAnswer(DomainError):
    """Feedback on an answer that nobody got, or that somebody else got."""

    code: ClassVar[str] = "assistant.no_such_answer"
    kind: ClassVar[ErrorKind] = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有找到这条回答，请重新问一次。"


@dataclass(eq=False)
class PhraseRefused(DomainError):
    """A phrase cannot be a name of the item; the lexicon in use stays as it was."""

    code: ClassVar[str] = "assistant.phrase_refused"
    kind: ClassVar[ErrorKind] = ErrorKind.INVALID
    phrase: str
    faults: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"“{self.phrase[:20]}”没有启用，词库保持原样：{'；'.join(self.faults[:3])}"


@dataclass(eq=False)
class ApprovedMeanwhile(DomainError):
    """Somebody else changed the list of phrases at the same moment."""

    code: ClassVar[str] = "assistant.approved_meanwhile"

    @property
    def message(self) -> str:
        return "刚才有同事也改了词库，请刷新页面看过之后再批准一次。"


@dataclass(eq=False)
class NoSuchPhrase(DomainError):
    code: ClassVar[str] = "assistant.no_such_phrase"
    kind: ClassVar[ErrorKind] = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有这个说法，可能已经停用，请刷新页面。"


@dataclass(eq=False)
class NoSuchConversation(DomainError):
    """A conversation with a person that does not exist, has ended long ago, or is somebody else's."""

    code: ClassVar[str] = "assistant.no_such_conversation"
    kind: ClassVar[ErrorKind] = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有正在进行的人工对话，需要时请再点“转人工”。"


@dataclass(eq=False)
class ConversationTaken(DomainError):
    """Another officer has it."""

    code: ClassVar[str] = "assistant.conversation_taken"

    @property
    def message(self) -> str:
        return "这位来访者已由同事接待，请回到列表看其他等待的人。"


@dataclass(eq=False)
class ConversationOver(DomainError):
    code: ClassVar[str] = "assistant.conversation_over"

    @property
    def message(self) -> str:
        return "这次对话已经结束，不能再发送。"


@dataclass(eq=False)
class NotFromWeChat(DomainError):
    """A message whose signature is not WeChat's, or which cannot be opened."""

    code: ClassVar[str] = "assistant.not_from_wechat"
    kind: ClassVar[ErrorKind] = ErrorKind.FORBIDDEN

    @property
    def message(self) -> str:
        return "签名不符，消息没有接收。请核对微信公众平台里填写的令牌和密钥。"


@dataclass(eq=False)
class CustomerReplyRefused(DomainError):
    """WeChat will never take this reply (the person blocked us, or 48 hours have passed)."""

    code: ClassVar[str] = "assistant.customer_reply_refused"
    reason: str

    @property
    def message(self) -> str:
        return "微信没有接收这条回复：对方已超过 48 小时没有来信，请改用电话或短信联系。"
