"""What other packages see of people and sessions. Numbers and names of residents come masked."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from backend.kernel.actors import Actor, ActorKind, Role


class Level(StrEnum):
    """How well a resident is known; each level includes the ones before it."""

    VISITOR_ACCOUNT = "visitor_account"  # 仅有微信账户
    PHONE = "phone"  # 手机号已验证
    REAL_NAME = "real_name"  # 已实名


@dataclass(frozen=True)
class PersonView:
    """A resident as they see themselves, masked."""

    id: UUID
    level: Level
    phone_masked: str | None
    name_masked: str | None
    has_wechat: bool


@dataclass(frozen=True)
class Contact:
    """Where messages to a resident can go. In clear: for handlers only, never logged or stored."""

    openid: str | None
    phone: str | None


@dataclass(frozen=True)
class RealIdentity:
    """A proven name and ID number, in clear: for forms, letters and licences of the person's own case."""

    name: str
    id_number: str


@dataclass(frozen=True)
class OfficerView:
    """A member of staff."""

    id: UUID
    staff_number: str
    name: str
    #: Code of the department, hall or town where the officer works.
    office: str
    roles: frozenset[Role]
    is_active: bool


@dataclass(frozen=True)
class NewOfficer:
    """A created officer and the TOTP secret to enter into their authenticator, told only this once."""

    officer: OfficerView
    totp_secret: str


@dataclass(frozen=True)
class SessionView:
    """One place where somebody is signed in."""

    id: UUID
    kind: ActorKind
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class IssuedSession:
    """A new session. `token` exists only here; the database keeps its digest."""

    token: str
    expires_at: datetime
    actor: Actor
    #: For hidden fields of the officers' pages; belongs to this session alone.
    csrf_token: str


@dataclass(frozen=True)
class WeChatAccount:
    """Who WeChat says is holding the phone."""

    openid: str
    unionid: str | None = None


@dataclass(frozen=True)
class PhoneCodeReceipt:
    """A code is on its way; another may be asked for after so many seconds."""

    code_id: UUID
    retry_after_seconds: int
