"""What the assistant needs from outside: WeChat's customer-service messages (客服消息)."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class MessageKind(StrEnum):
    TEXT = "text"
    ENTERED = "entered"  # somebody opened the conversation
    OTHER = "other"  # a picture, a card, a voice message


@dataclass(frozen=True)
class CustomerMessage:
    """One message somebody wrote; `number` is the same when WeChat delivers it again."""

    openid: str
    number: str
    kind: MessageKind
    text: str = ""


class CustomerMessages(Protocol):
    """Prove, open and read what WeChat pushes: plain or AES, XML or JSON.

    Both raise `NotFromWeChat` for anything WeChat did not sign.
    """

    def echo(self, query: Mapping[str, str]) -> str:
        """The word to answer with when WeChat checks the address."""
        ...

    def read(self, query: Mapping[str, str], body: bytes) -> CustomerMessage: ...


class CustomerReplies(Protocol):
    """Send a text to somebody who wrote within the last 48 hours.

    Raises `CustomerReplyRefused` where WeChat will never take it, `Unavailable` where it does not
    answer. WeChat knows no idempotency key: never call twice for one reply.
    """

    async def send_text(self, *, openid: str, text: str) -> None: ...
