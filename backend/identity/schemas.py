"""Wire shapes of identity."""

from datetime import datetime
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from backend.identity import rules
from backend.identity.types import IssuedSession, Level, PersonView, SessionView


def _phone(text: str) -> str:
    if (phone := rules.read_phone(text)) is None:
        raise ValueError("请填写 11 位手机号。")
    return phone


def _id_number(text: str) -> str:
    if (number := rules.read_id_number(text)) is None:
        raise ValueError("身份证号不对，请对照身份证检查 18 位号码。")
    return number


def _name(text: str) -> str:
    if (name := rules.read_name(text)) is None:
        raise ValueError("请填写身份证上的姓名。")
    return name


def _code(text: str) -> str:
    code = text.strip()
    if not (code.isascii() and code.isdigit() and len(code) == rules.PHONE_CODE_DIGITS):
        raise ValueError("请填写短信里的 6 位数字验证码。")
    return code


Phone = Annotated[str, Field(max_length=32), AfterValidator(_phone)]
IdNumber = Annotated[str, Field(max_length=32), AfterValidator(_id_number)]
Name = Annotated[str, Field(max_length=60), AfterValidator(_name)]
SmsCode = Annotated[str, Field(max_length=16), AfterValidator(_code)]
WeChatCode = Annotated[str, Field(min_length=1, max_length=256)]


class WeChatCodeForm(BaseModel):
    code: WeChatCode


class PhoneForm(BaseModel):
    phone: Phone


class PhoneCodeForm(BaseModel):
    phone: Phone
    code: SmsCode


class RealNameForm(BaseModel):
    name: Name
    id_number: IdNumber


class CodeOnItsWay(BaseModel):
    retry_after_seconds: int


class PersonSummary(BaseModel):
    id: UUID
    level: Level
    phone_masked: str | None
    name_masked: str | None

    @classmethod
    def of(cls, person: PersonView) -> "PersonSummary":
        return cls(
            id=person.id, level=person.level, phone_masked=person.phone_masked, name_masked=person.name_masked
        )


class PersonAnswer(PersonSummary):
    has_wechat: bool

    @classmethod
    def of(cls, person: PersonView) -> "PersonAnswer":
        summary = PersonSummary.of(person)
        return cls(**summary.model_dump(), has_wechat=person.has_wechat)


class SessionAnswer(BaseModel):
    token: str
    expires_at: datetime
    person: PersonSummary

    @classmethod
    def of(cls, session: IssuedSession, person: PersonView) -> "SessionAnswer":
        return cls(token=session.token, expires_at=session.expires_at, person=PersonSummary.of(person))


class SessionRow(BaseModel):
    id: UUID
    device: str
    created_at: datetime
    seen_at: datetime
    expires_at: datetime
    is_current: bool

    @classmethod
    def of(cls, session: SessionView, *, current_id: UUID | None) -> "SessionRow":
        return cls(
            id=session.id,
            device=session.device,
            created_at=session.created_at,
            seen_at=session.seen_at,
            expires_at=session.expires_at,
            is_current=session.id == current_id,
        )
