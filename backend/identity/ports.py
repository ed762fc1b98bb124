"""What identity needs from outside."""

from collections.abc import Mapping
from typing import Protocol

from backend.identity.types import WeChatAccount


class WeChatLogin(Protocol):
    """Ask WeChat who holds the phone (code2Session, getPhoneNumber). Each code works once.

    Raises `identity.errors.WeChatCodeRefused` for a used, old or invalid code,
    `identity.errors.WeChatTooOften` when WeChat wants fewer calls, `Unavailable` otherwise.
    """

    async def code_to_session(self, code: str) -> WeChatAccount: ...

    async def phone_number(self, code: str) -> str:
        """The phone number, eleven digits, that the resident chose to share."""
        ...


class SmsGateway(Protocol):
    """Hand one text message to the county's SMS platform; `data` fills its registered `template`.

    Sending again with the same key is one message on the telephone. Raises `Unavailable` where
    trying again later may help, another `DomainError` where the platform will never take it.
    """

    async def send(
        self, *, phone: str, template: str, data: Mapping[str, str], idempotency_key: str
    ) -> None: ...


class RealNameCheck(Protocol):
    """Ask the population register whether a name and an ID number belong together.

    Raises `Unavailable` when the register does not answer.
    """

    async def matches(self, *, name: str, id_number: str) -> bool: ...


class PasswordHasher(Protocol):
    """Hash and check passwords, slowly and outside the event loop."""

    async def hash(self, password: str) -> str: ...

    async def verify(self, hashed: str | None, password: str) -> bool:
        """Whether the password is the hashed one; None takes as long and is always false."""
        ...
