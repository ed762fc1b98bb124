"""What messages need from outside: WeChat's subscription messages, a short-message gateway, addresses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol
from uuid import UUID


class WeChatMessages(Protocol):
    """Send one subscription message (订阅消息) to one person.

    `template` is our own key (`case_progress`); the adapter knows WeChat's id for it. Raises
    `MessageRefused` where the person does not accept it (errcode 43101) and `Unavailable` where
    WeChat does not answer. WeChat knows no idempotency key: never call twice for one message.
    """

    async def send(self, *, openid: str, template: str, data: Mapping[str, str], page: str) -> None: ...


class SmsGateway(Protocol):
    """Send one short message to one telephone.

    `data` fills the gateway's registered `template`. Two calls with the same `idempotency_key`
    are one message on the telephone. Raises `Unavailable` where the gateway does not answer and
    `MessageRefused` where it will never take this message.
    """

    async def send(
        self, *, phone: str, template: str, data: Mapping[str, str], idempotency_key: str
    ) -> None: ...


@dataclass(frozen=True)
class Address:
    """Where a person can be reached; either may be absent."""

    openid: str | None
    phone: str | None


class Contacts(Protocol):
    """Find where a person can be reached, in clear, for the moment of sending only.

    Raises `identity.errors.NoSuchPerson`.
    """

    async def of(self, person_id: UUID) -> Address: ...
