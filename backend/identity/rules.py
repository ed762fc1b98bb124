"""Decisions about people and roles, pure."""

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import combinations

from stdnum.cn import ric, uscc
from stdnum.exceptions import ValidationError

from backend.identity.types import Level
from backend.kernel.actors import ActorKind, Role

PHONE_CODE_DIGITS = 6
PHONE_CODE_LIFETIME = timedelta(minutes=5)
PHONE_CODE_TRIES = 5
PHONE_CODE_RESEND_AFTER = timedelta(seconds=60)
PHONE_CODES_A_DAY = 10

OFFICER_TRIES = 5
OFFICER_LOCKED_FOR = timedelta(minutes=15)

#: A resident stays signed in for a month on their own phone; an officer for one working day, and is
#: signed out after half an hour without a request (等保 level 3 asks for both ends).
SESSION_LIFETIME = {ActorKind.PERSON: timedelta(days=30), ActorKind.OFFICER: timedelta(hours=10)}
SESSION_IDLE = {ActorKind.PERSON: timedelta(days=30), ActorKind.OFFICER: timedelta(minutes=30)}
#: `seen_at` is written at most this often, so that reading does not become writing.
SEEN_EVERY = timedelta(minutes=5)
#: How long an actor may be remembered without looking at the session's row.
ACTOR_REMEMBERED_SECONDS = 30

ADMINISTRATORS = frozenset({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN})

_PHONE = re.compile(r"1[3-9][0-9]{9}")
_NAME = re.compile(
    r"[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+(?:·[\u3007\u3400-\u9fff\U00020000-\U0003ffff]+)*"
)


def excluded_pairs(roles: Iterable[Role]) -> tuple[tuple[Role, Role], ...]:
    """Name every pair of roles that one officer may not hold together (三员分立, GB/T 22239 level 3).

    The three administrators exclude each other and every role in the business itself.
    """
    return tuple(
        (one, other)
        for one, other in combinations(sorted(set(roles)), 2)
        if one in ADMINISTRATORS or other in ADMINISTRATORS
    )


def password_problem(password: str) -> str | None:
    """Say what is missing in an officer's password; None when it will do (等保 level 3)."""
    kinds = sum(bool(re.search(kind, password)) for kind in (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]"))
    if len(password) < 10 or kinds < 3:
        return "密码至少十位，并包含大写字母、小写字母、数字、符号中的三种。"
    return None


def read_phone(text: str) -> str | None:
    """Bring a mobile number to its eleven digits; None where it is none."""
    digits = re.sub(r"[\s-]", "", text).removeprefix("+86")
    return digits if _PHONE.fullmatch(digits) else None


def read_id_number(text: str) -> str | None:
    """Bring a resident's ID number (GB 11643) to its eighteen signs; None where it cannot be one.

    The region is not looked up: counties are founded and renamed, numbers stay.
    """
    number = ric.compact(re.sub(r"\s", "", text))
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number) or ric.calc_check_digit(number) != number[-1]:
        return None
    try:
        born = ric.get_birth_date(number)
    except ValidationError:
        return None
    return number if born >= date(1880, 1, 1) else None


def read_credit_code(text: str) -> str | None:
    """Bring a unified social credit code (GB 32100) to its eighteen signs; None where it cannot be one."""
    return uscc.compact(text) if uscc.is_valid(text) else None


def read_name(text: str) -> str | None:
    """Bring a resident's name to the form of the ID card; None where it cannot be a Chinese name."""
    name = re.sub(r"[•・.．‧]", "·", re.sub(r"\s", "", text))
    return name if 2 <= len(name) <= 30 and _NAME.fullmatch(name) else None


def masked_phone(phone: str) -> str:
    return f"{phone[:3]}****{phone[-4:]}"


def masked_id_number(number: str) -> str:
    return f"{number[:3]}***********{number[-4:]}"


def masked_name(name: str) -> str:
    """Keep the last sign, as payment apps do: 王秀兰 becomes **兰."""
    return "*" * (len(name) - 1) + name[-1:]


def level_of(*, has_phone: bool, has_real_name: bool) -> Level:
    """How well somebody is known by what they have proven."""
    if has_real_name:
        return Level.REAL_NAME
    return Level.PHONE if has_phone else Level.VISITOR_ACCOUNT


def may_join(*, is_bare: bool, other_has_wechat: bool) -> bool:
    """Whether a WeChat account becomes part of the account that already has its phone.

    Only a bare account, with neither phone nor name, joins; and only one that has no WeChat of its own.
    """
    return is_bare and not other_has_wechat


def is_live(kind: ActorKind, *, seen_at: datetime, expires_at: datetime, now: datetime) -> bool:
    """Whether a session still holds: neither past its end nor idle for too long."""
    return now < expires_at and now - seen_at < SESSION_IDLE[kind]


def wait_before_resend(last_sent_at: datetime, *, now: datetime) -> int:
    """Seconds until another code may be sent; 0 when it may now."""
    return max(0, int((last_sent_at + PHONE_CODE_RESEND_AFTER - now).total_seconds()))


def device_label(user_agent: str) -> str:
    """Name a device in words a resident recognises in the list of their sessions."""
    system = next((name for sign, name in _SYSTEMS if sign in user_agent), "其他设备")
    if "MicroMessenger" in user_agent or "miniProgram" in user_agent:
        return f"微信（{system}）"
    return f"浏览器（{system}）" if user_agent else "未知设备"


_SYSTEMS = (
    ("HarmonyOS", "鸿蒙手机"),
    ("iPhone", "苹果手机"),
    ("iPad", "苹果平板"),
    ("Android", "安卓手机"),
    ("Windows", "Windows 电脑"),
    ("Macintosh", "苹果电脑"),
    ("Linux", "Linux 电脑"),
)
