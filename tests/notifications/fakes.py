"""Channels in memory that behave like the real ones, and fail when told to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID

from backend.adapters.memory.state import MemoryState
from backend.identity.errors import NoSuchPerson
from backend.kernel.ports import Ports, SharedState
from backend.notifications.ports import Address, Contacts, SmsGateway, WeChatMessages


class WorkerKilled(BaseException):
    """Stands for kill -9: nothing of ours catches it."""


@dataclass(frozen=True)
class Sent:
    to: str
    template: str
    data: Mapping[str, str]


@dataclass
class FakeWeChat:
    """Takes whatever it is given; every call that goes through is a message on the telephone."""

    sent: list[Sent] = field(default_factory=list)
    pages: list[str] = field(default_factory=list)
    fault: BaseException | None = None
    #: The worker dies after WeChat took the message and before it is written down.
    kills: bool = False

    async def send(self, *, openid: str, template: str, data: Mapping[str, str], page: str) -> None:
        if self.fault:
            raise self.fault
        self.sent.append(Sent(openid, template, data))
        self.pages.append(page)
        if self.kills:
            raise WorkerKilled


@dataclass
class FakeSms:
    """One message per idempotency key, as the real gateways promise."""

    sent: dict[str, Sent] = field(default_factory=dict)
    calls: int = 0
    fault: BaseException | None = None
    kills: bool = False

    async def send(self, *, phone: str, template: str, data: Mapping[str, str], idempotency_key: str) -> None:
        self.calls += 1
        if self.fault:
            raise self.fault
        self.sent[idempotency_key] = Sent(phone, template, data)
        if self.kills:
            raise WorkerKilled


@dataclass
class FakeContacts:
    """An address book."""

    known: dict[UUID, Address] = field(default_factory=dict)

    async def of(self, person_id: UUID) -> Address:
        if person_id not in self.known:
            raise NoSuchPerson
        return self.known[person_id]


@dataclass
class World:
    """Everything outside the building."""

    wechat: FakeWeChat = field(default_factory=FakeWeChat)
    sms: FakeSms = field(default_factory=FakeSms)
    contacts: FakeContacts = field(default_factory=FakeContacts)

    def ports(self) -> Ports:
        return Ports(
            {
                WeChatMessages: self.wechat,
                SmsGateway: self.sms,
                Contacts: self.contacts,
                SharedState: MemoryState(),
            }
        )
