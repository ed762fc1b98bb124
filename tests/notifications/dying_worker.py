"""A worker process for the kill tests: `python -m tests.notifications.dying_worker DATABASE CHANNELS SECONDS`.

Hands messages over to a recorder at the address CHANNELS, with its clock SECONDS ahead.
"""

import asyncio
import sys
from collections.abc import Mapping
from datetime import timedelta
from uuid import UUID

import httpx2
from tortoise.context import TortoiseContext

from backend.adapters.database import opening
from backend.adapters.memory.state import MemoryState
from backend.journal.loop import Worker
from backend.kernel.clock import OffsetClock
from backend.kernel.events import Context
from backend.kernel.ports import Ports, SharedState
from backend.notifications.handlers import HANDLERS
from backend.notifications.jobs import PERIODIC
from backend.notifications.ports import Address, Contacts, SmsGateway, WeChatMessages
from backend.settings import Settings


class EverybodyAtHome:
    """Everybody has WeChat and a telephone."""

    async def of(self, person_id: UUID) -> Address:
        return Address(openid=f"o-{person_id}", phone="19900001234")


class RecordedWeChat:
    """WeChat as far as these tests look: every call is a message."""

    def __init__(self, address: str) -> None:
        self._http = httpx2.AsyncClient(base_url=address, timeout=60, trust_env=False)

    async def send(self, *, openid: str, template: str, data: Mapping[str, str], page: str) -> None:
        await self._http.post("/wechat", headers={"Idempotency-Key": ""})


class RecordedSms:
    """An SMS gateway as far as these tests look: one message per key."""

    def __init__(self, address: str) -> None:
        self._http = httpx2.AsyncClient(base_url=address, timeout=60, trust_env=False)

    async def send(self, *, phone: str, template: str, data: Mapping[str, str], idempotency_key: str) -> None:
        await self._http.post("/sms", headers={"Idempotency-Key": idempotency_key})


async def work(database: str, channels: str, seconds: float) -> None:
    ports = Ports(
        {
            WeChatMessages: RecordedWeChat(channels),
            SmsGateway: RecordedSms(channels),
            Contacts: EverybodyAtHome(),
            SharedState: MemoryState(),
        }
    )
    context = Context(OffsetClock(timedelta(seconds=seconds)), ports)
    async with TortoiseContext() as tortoise:
        await tortoise.init(config=opening.config(Settings(database_url=database)))
        await Worker(HANDLERS, PERIODIC, context, poll_seconds=0.05).run(asyncio.Event())


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], float(sys.argv[3])))
