"""From settings to ports: the real system where one is configured, an emulator or a folder otherwise."""

from dataclasses import dataclass
from typing import Any

from backend.adapters.crypto.keyring import open_key_file
from backend.adapters.crypto.passwords import Argon2Hasher
from backend.adapters.crypto.vault import AesVault
from backend.adapters.desk.assistant import AssistantDesk
from backend.adapters.emulators import (
    SAMPLE_AES_KEY,
    SAMPLE_APP_ID,
    SAMPLE_KEY,
    SAMPLE_SECRET,
    SAMPLE_TOKEN,
)
from backend.adapters.files.inspection import ThreadedInspection
from backend.adapters.files.local import LocalFiles
from backend.adapters.memory.state import MemoryState
from backend.adapters.people.authenticator import SessionAuthenticator
from backend.adapters.people.contacts import PersonContacts
from backend.adapters.realname.gateway import HttpRealNameCheck
from backend.adapters.seal.authority import create_authority
from backend.adapters.seal.local import LocalSeal
from backend.adapters.seal.press import TypstPress
from backend.adapters.seal.site import PublicSite
from backend.adapters.signing import AppKey
from backend.adapters.sms.gateway import HttpSms
from backend.adapters.wechat.customer import WeChatCustomerMessages
from backend.adapters.wechat.gateway import OFFICIAL, WeChatGateway
from backend.assistant import ports as assistant
from backend.cases.service import may_read
from backend.console.ports import AssistantAtDesk
from backend.documents import ports as documents
from backend.identity import ports as identity
from backend.kernel.actors import Actor
from backend.kernel.ports import FileStore, Ports, SharedState, Vault
from backend.licences import ports as licences
from backend.materials.ports import Inspection
from backend.notifications import ports as notifications
from backend.settings import Settings
from backend.web.auth import Authenticator

Bindings = dict[type[Any], object]


class CaseFileAccess:
    """`documents.ports.CaseAccess`: the letters of a case are read by whoever may read the case."""

    async def may_read(self, case_id: Any, actor: Actor) -> bool:
        return await may_read(case_id, actor)


@dataclass(frozen=True)
class Assembly:
    """The ports of a run, and the parts that commands need by themselves."""

    ports: Ports
    vault: AesVault
    hasher: Argon2Hasher
    #: Where the emulators answer; empty when every system is real.
    emulators: str


def assemble(settings: Settings, *, emulators: str = "") -> Assembly:
    """Bind every port. Connects to nothing yet; makes the keys on the first start.

    `emulators` is their address on loopback; a system without settings of its own is looked for there.
    """
    keys = settings.data_dir / "keys"
    settings.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    keys.mkdir(exist_ok=True, mode=0o700)
    vault = AesVault(open_key_file(keys / "vault.json"))
    state = _state(settings)
    hasher = Argon2Hasher()
    inside: Bindings = {
        Vault: vault,
        SharedState: state,
        FileStore: _files(settings),
        Inspection: ThreadedInspection(),
        Authenticator: SessionAuthenticator(state),
        documents.CaseAccess: CaseFileAccess(),
        notifications.Contacts: PersonContacts(vault),
        identity.PasswordHasher: hasher,
        AssistantAtDesk: AssistantDesk(vault),
    }
    bound = inside | _outside(settings, state, emulators) | _paper(settings)
    return Assembly(Ports(bound), vault, hasher, emulators)


def _outside(settings: Settings, state: SharedState, emulators: str) -> Bindings:
    """WeChat, short messages, the population register."""
    wechat = _wechat(settings, state, emulators)
    sms = HttpSms(base_url=settings.sms_url or f"{emulators}/sms", key=_key(settings.sms_key))
    register = HttpRealNameCheck(
        base_url=settings.realname_url or f"{emulators}/realname", key=_key(settings.realname_key)
    )
    return {
        identity.WeChatLogin: wechat,
        identity.SmsGateway: sms,
        identity.RealNameCheck: register,
        notifications.WeChatMessages: wechat,
        notifications.SmsGateway: sms,
        assistant.CustomerReplies: wechat,
        assistant.CustomerMessages: _customer_messages(settings),
    }


def _paper(settings: Settings) -> Bindings:
    """The press, the seal, and where licences are verified."""
    press = TypstPress()
    seal = LocalSeal(create_authority(settings.data_dir / "keys" / "seal", now=settings.clock().now()))
    return {
        documents.Press: press,
        documents.SealService: seal,
        licences.LicencePress: press,
        licences.SealService: seal,
        licences.VerificationSite: PublicSite(settings.address),
    }


def _wechat(settings: Settings, state: SharedState, emulators: str) -> WeChatGateway:
    if settings.wechat_app_id:
        return WeChatGateway(
            app_id=settings.wechat_app_id,
            secret=settings.wechat_secret,
            state=state,
            base_url=OFFICIAL,
            templates=settings.wechat_templates,
        )
    return WeChatGateway(
        app_id=SAMPLE_APP_ID, secret=SAMPLE_SECRET, state=state, base_url=f"{emulators}/wechat/"
    )


def _customer_messages(settings: Settings) -> WeChatCustomerMessages:
    """What WeChat pushes; the emulator pushes under the sample county's token."""
    if settings.wechat_app_id:
        return WeChatCustomerMessages(
            app_id=settings.wechat_app_id, token=settings.wechat_token, aes_key=settings.wechat_aes_key
        )
    return WeChatCustomerMessages(app_id=SAMPLE_APP_ID, token=SAMPLE_TOKEN, aes_key=SAMPLE_AES_KEY)


def _state(settings: Settings) -> SharedState:
    if not settings.redis_url:
        return MemoryState()
    from backend.adapters.redis.state import RedisState  # its client costs memory nobody else needs

    return RedisState(settings.redis_url)


def _key(told: str) -> AppKey:
    """`name:secret` as a gateway gave it to us; the emulators know the sample one."""
    name, _, secret = told.partition(":")
    return AppKey(name, secret) if told else SAMPLE_KEY


def _files(settings: Settings) -> FileStore:
    if not settings.s3_url:
        return LocalFiles(settings.data_dir / "files")
    from backend.adapters.files.s3 import S3Address, S3Files

    return S3Files.at(
        S3Address(
            bucket=settings.s3_url.removeprefix("s3://"),
            access_key=settings.s3_access_key,
            secret_key=settings.s3_secret_key,
            endpoint=settings.s3_endpoint,
        )
    )
