"""Outside systems of identity, in memory."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backend.identity.errors import WeChatCodeRefused
from backend.identity.types import WeChatAccount
from backend.kernel.errors import Unavailable


@dataclass
class FakeWeChat:
    """Code `somebody@1` is somebody; `phone:...` a number; each code works once."""

    used: set[str] = field(default_factory=set)

    async def code_to_session(self, code: str) -> WeChatAccount:
        self._use(code)
        return WeChatAccount(openid="openid-" + code.split("@", maxsplit=1)[0])

    async def phone_number(self, code: str) -> str:
        self._use(code)
        return code.removeprefix("phone:").split("@")[0]

    def _use(self, code: str) -> None:
        if code in self.used or code.startswith("bad"):
            raise WeChatCodeRefused
        self.used.add(code)


@dataclass
class FakeSms:
    """Keeps messages by key; `is_down` makes it unreachable."""

    messages: dict[str, tuple[str, str, dict[str, str]]] = field(default_factory=dict)
    is_down: bool = False

    async def send(self, *, phone: str, template: str, data: Mapping[str, str], idempotency_key: str) -> None:
        if self.is_down:
            raise Unavailable("短信平台")
        self.messages.setdefault(idempotency_key, (phone, template, dict(data)))

    def code_for(self, phone: str) -> str:
        """The last code sent to a phone."""
        return [data["code"] for to, _, data in self.messages.values() if to == phone][-1]


@dataclass
class FakeRegister:
    """Knows one name for each number."""

    names: dict[str, str] = field(default_factory=dict)
    is_down: bool = False

    async def matches(self, *, name: str, id_number: str) -> bool:
        if self.is_down:
            raise Unavailable("实名核验系统")
        return self.names.get(id_number) == name
