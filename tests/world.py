"""The world outside, in memory, and how tests act in it: sign in, fill in, upload, decide."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import httpx2
from PIL import Image

from backend.adapters.assembly import CaseFileAccess
from backend.adapters.crypto.keyring import KeyRing
from backend.adapters.crypto.passwords import Argon2Hasher
from backend.adapters.crypto.vault import AesVault
from backend.adapters.desk.assistant import AssistantDesk
from backend.adapters.files.inspection import ThreadedInspection
from backend.adapters.files.local import LocalFiles
from backend.adapters.memory.state import MemoryState
from backend.adapters.people.authenticator import SessionAuthenticator
from backend.adapters.people.contacts import PersonContacts
from backend.adapters.seal.authority import create_authority
from backend.adapters.seal.local import LocalSeal
from backend.adapters.seal.press import TypstPress
from backend.adapters.seal.site import PublicSite
from backend.adapters.wechat.customer import WeChatCustomerMessages
from backend.assistant import ports as assistant
from backend.console.ports import AssistantAtDesk
from backend.documents import ports as documents
from backend.identity import ports as identity
from backend.identity import service as people
from backend.kernel.actors import SYSTEM, Actor, Role
from backend.kernel.clock import FixedClock
from backend.kernel.ports import FileStore, Ports, SharedState, Vault
from backend.licences import ports as licences
from backend.materials.ports import Inspection
from backend.notifications import ports as notifications
from backend.web.auth import Authenticator
from tests.assistant.fakes import AES_KEY, APP_ID, TOKEN, FakeReplies
from tests.identity.fakes import FakeRegister
from tests.identity.fakes import FakeWeChat as FakeWeChatLogin
from tests.notifications.fakes import FakeWeChat, Sent

#: One ring for all tests, so that a seeded database can be read by each of them.
RING = KeyRing.generate()
PASSWORD = "Sample-2018-pass"


@dataclass
class FakeSms:
    """One message per key, as the real gateways promise."""

    sent: dict[str, Sent] = field(default_factory=dict)
    fault: Exception | None = None

    async def send(self, *, phone: str, template: str, data: Mapping[str, str], idempotency_key: str) -> None:
        if self.fault:
            raise self.fault
        self.sent.setdefault(idempotency_key, Sent(phone, template, data))

    def to(self, phone: str) -> list[Sent]:
        return [each for each in self.sent.values() if each.to == phone]

    def code_for(self, phone: str) -> str:
        """The last sign-in code sent to a telephone."""
        return [each.data["code"] for each in self.to(phone) if "code" in each.data][-1]


@dataclass
class World:
    """Everything outside, and the parts tests look into."""

    clock: FixedClock
    folder: Path
    vault: AesVault = field(default_factory=lambda: AesVault(RING))
    state: MemoryState = field(default_factory=MemoryState)
    hasher: Argon2Hasher = field(default_factory=lambda: Argon2Hasher(time_cost=1, memory_kib=64))
    sms: FakeSms = field(default_factory=FakeSms)
    wechat: FakeWeChat = field(default_factory=FakeWeChat)
    replies: FakeReplies = field(default_factory=FakeReplies)
    register: FakeRegister = field(default_factory=FakeRegister)

    def ports(self) -> Ports:
        press = TypstPress()
        seal = LocalSeal(create_authority(self.folder / "seal", now=self.clock.now()))
        bound: dict[type[Any], object] = {
            Vault: self.vault,
            SharedState: self.state,
            FileStore: LocalFiles(self.folder / "files"),
            Inspection: ThreadedInspection(),
            Authenticator: SessionAuthenticator(self.state),
            identity.WeChatLogin: FakeWeChatLogin(),
            identity.SmsGateway: self.sms,
            identity.PasswordHasher: self.hasher,
            identity.RealNameCheck: self.register,
            notifications.WeChatMessages: self.wechat,
            notifications.SmsGateway: self.sms,
            notifications.Contacts: PersonContacts(self.vault),
            assistant.CustomerMessages: WeChatCustomerMessages(app_id=APP_ID, token=TOKEN, aes_key=AES_KEY),
            assistant.CustomerReplies: self.replies,
            AssistantAtDesk: AssistantDesk(self.vault),
            documents.Press: press,
            documents.SealService: seal,
            documents.CaseAccess: CaseFileAccess(),
            licences.LicencePress: press,
            licences.SealService: seal,
            licences.VerificationSite: PublicSite("http://county.test"),
        }
        return Ports(bound)

    async def resident(self, name: str = "wang") -> tuple[Actor, str]:
        """Somebody signed in with WeChat; actor and token."""
        session = await people.sign_in_with_wechat(f"openid-{name}", device="测试", now=self.clock.now())
        return session.actor, session.token

    async def officer(self, number: str, *roles: Role) -> Actor:
        """A member of staff."""
        made = await people.create_officer(
            staff_number=number,
            name=f"工作人员{number}",
            office="370321",
            roles=roles,
            password=PASSWORD,
            hasher=self.hasher,
            vault=self.vault,
            actor=SYSTEM,
            now=self.clock.now(),
        )
        return Actor(SYSTEM.kind.OFFICER, made.officer.id, number, frozenset(roles))


def form_for(fields: list[dict[str, Any]]) -> dict[str, str]:
    """Fill in every field of a form with something that can be right."""
    return {each["key"]: sample_value(each) for each in fields}


def sample_value(wanted: Mapping[str, Any]) -> str:
    samples = {
        "phone": "19900001234",
        "id_number": "370399195001010011",
        "credit_code": "91370399MA0000000L",
        "date": "2026-12-01",
        "number": str(int(wanted.get("minimum") or 10)),
    }
    if wanted["type"] in ("choice", "multi"):
        return str(wanted["options"][0])
    if wanted["type"] in samples:
        return samples[wanted["type"]]
    return "王秀兰" if "name" in wanted["key"] else "测试内容"


def picture(text: str = "") -> bytes:
    """A small JPEG; each text gives other bytes."""
    made = BytesIO()
    Image.new("RGB", (64, 64), (len(text) * 7 % 255, 120, 200)).save(made, "JPEG", quality=90)
    return made.getvalue()


@dataclass
class Resident:
    """A resident with a telephone: the calls the mini-program makes."""

    client: httpx2.AsyncClient
    token: str
    id: UUID

    async def call(self, method: str, path: str, **more: Any) -> httpx2.Response:
        headers = {"Authorization": f"Bearer {self.token}", **more.pop("headers", {})}
        return await self.client.request(method, f"/api/v1{path}", headers=headers, **more)

    async def ok(self, method: str, path: str, **more: Any) -> Any:
        answer = await self.call(method, path, **more)
        assert answer.status_code < 300, (answer.status_code, answer.text)
        return answer.json() if answer.content else None

    async def draft(self, item_code: str, variant_code: str = "") -> dict[str, Any]:
        """Start an application and fill its form in."""
        body = {"item_code": item_code, "variant_code": variant_code}
        draft = await self.ok("POST", "/drafts", json=body)
        form = {"version": draft["version"], "form": form_for(draft["fields"])}
        return dict(await self.ok("PUT", f"/drafts/{draft['id']}", json=form))

    async def file(self, case_id: str, key: str, *, name: str = "照片.jpg", content: bytes = b"") -> Any:
        files = {"file": (name, content or picture(key), "image/jpeg")}
        return await self.ok("POST", f"/cases/{case_id}/materials/{key}", files=files)

    async def submit(self, draft_id: str, *, key: str = "") -> dict[str, Any]:
        headers = {"Idempotency-Key": key or uuid4().hex}
        return dict(await self.ok("POST", f"/drafts/{draft_id}/submit", headers=headers))
