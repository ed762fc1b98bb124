"""Identity with its outside systems in memory, alone behind HTTP."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import httpx2
import pytest
from starlette.applications import Starlette
from tortoise.connection import get_connection

from backend.adapters.crypto.keyring import KeyRing
from backend.adapters.crypto.passwords import Argon2Hasher
from backend.adapters.crypto.vault import AesVault
from backend.adapters.memory.state import MemoryState
from backend.adapters.people.authenticator import SessionAuthenticator
from backend.identity import routes
from backend.identity.handlers import HANDLERS
from backend.identity.ports import RealNameCheck, SmsGateway, WeChatLogin
from backend.journal.store import dispatch
from backend.kernel.clock import FixedClock
from backend.kernel.events import Context
from backend.kernel.ports import Ports, SharedState, Vault
from backend.web.auth import Authenticator
from backend.web.errors import HANDLERS as ERROR_HANDLERS
from tests.identity.fakes import FakeRegister, FakeSms, FakeWeChat


@dataclass
class House:
    """Everything identity is given."""

    clock: FixedClock
    vault: AesVault = field(default_factory=lambda: AesVault(KeyRing.generate()))
    state: MemoryState = field(default_factory=MemoryState)
    hasher: Argon2Hasher = field(default_factory=lambda: Argon2Hasher(time_cost=1, memory_kib=64))
    wechat: FakeWeChat = field(default_factory=FakeWeChat)
    sms: FakeSms = field(default_factory=FakeSms)
    register: FakeRegister = field(default_factory=FakeRegister)

    @property
    def ports(self) -> Ports:
        return Ports(
            {
                Vault: self.vault,
                SharedState: self.state,
                WeChatLogin: self.wechat,
                SmsGateway: self.sms,
                RealNameCheck: self.register,
                Authenticator: SessionAuthenticator(self.state),
            }
        )

    async def deliver(self) -> None:
        """Do what the worker would: every event to every handler, once."""
        from backend.journal.models import OutboxEvent

        events = await OutboxEvent.filter(is_dispatched=False).order_by("id")
        while await dispatch(HANDLERS):
            pass
        for row in events:
            for handler in HANDLERS:
                if handler.event.name == row.name:
                    event = handler.event.from_payload(row.payload)
                    await handler.react(event, Context(self.clock, self.ports))


@pytest.fixture
def house(clock: FixedClock, database: str) -> House:
    return House(clock)


@pytest.fixture
async def site(house: House) -> AsyncIterator[httpx2.AsyncClient]:
    """A client of identity's routes; signed in by setting its Authorization header."""
    app = Starlette(routes=routes.ROUTES, exception_handlers=ERROR_HANDLERS)
    app.state.ports, app.state.clock = house.ports, house.clock
    transport = httpx2.ASGITransport(app=app)
    async with httpx2.AsyncClient(transport=transport, base_url="http://test") as client:
        yield client


async def everything_stored() -> str:
    """All rows of all tables as one text, to look for what must not be there."""
    connection = get_connection("default")
    is_sqlite = connection.capabilities.dialect == "sqlite"
    listing = (
        "SELECT name FROM sqlite_master WHERE type = 'table'"
        if is_sqlite
        else "SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public'"
    )
    names = [row["name"] for row in await connection.execute_query_dict(listing)]
    rows = [await connection.execute_query_dict(f'SELECT * FROM "{name}"') for name in names]
    return repr(rows)
