"""Acts that are not allowed with messages, and what a channel may answer."""

from dataclasses import dataclass
from typing import ClassVar

from backend.kernel.errors import DomainError, ErrorKind


@dataclass(eq=False)
class NoSuchMessage(DomainError):
    """The message does not exist, or belongs to somebody else."""

    code: ClassVar[str] = "notifications.no_such_message"
    kind: ClassVar[ErrorKind] = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有找到这条消息，请从消息列表重新进入。"


@dataclass(eq=False)
class MessageRefused(DomainError):
    """A channel will not take this message for this person, now or later (WeChat: 43101)."""

    code: ClassVar[str] = "notifications.message_refused"
    kind: ClassVar[ErrorKind] = ErrorKind.CONFLICT
    #: For the ledger and logs only: the channel's own code.
    reason: str = ""

    @property
    def message(self) -> str:
        return "这条消息没有发出去，请在“消息”里查看，或拨打大厅电话询问。"
