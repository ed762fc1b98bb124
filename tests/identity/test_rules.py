"""Decisions about people and roles, as tables."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backend.identity import rules
from backend.identity.types import Level
from backend.kernel.actors import ActorKind, Role
from backend.kernel.clock import SHANGHAI

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("roles", "is_allowed"),
    [
        (set(), True),
        ({Role.WINDOW_CLERK}, True),
        ({Role.WINDOW_CLERK, Role.REVIEWER, Role.HEAD}, True),
        ({Role.SYSTEM_ADMIN}, True),
        ({Role.SECURITY_ADMIN}, True),
        ({Role.AUDIT_ADMIN}, True),
        ({Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN}, False),
        ({Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN}, False),
        ({Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}, False),
        ({Role.SYSTEM_ADMIN, Role.HEAD}, False),
        ({Role.AUDIT_ADMIN, Role.AUDITOR}, False),
    ],
)
def test_the_three_administrators_are_separated(roles: set[Role], is_allowed: bool) -> None:
    assert (rules.excluded_pairs(roles) == ()) is is_allowed


def test_every_excluded_pair_is_named() -> None:
    pairs = rules.excluded_pairs({Role.SYSTEM_ADMIN, Role.AUDIT_ADMIN, Role.REVIEWER})
    assert len(pairs) == 3


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("19900001234", "19900001234"),
        (" 199-0000 1234 ", "19900001234"),
        ("+8619900001234", "19900001234"),
        ("12900001234", None),
        ("1990000123", None),
        ("199000012345", None),
        ("１９９００００１２３４", None),
        ("", None),
    ],
)
def test_phones(text: str, phone: str | None) -> None:
    assert rules.read_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("370399196503070027", "370399196503070027"),
        (" 370399 19650307 0027 ", "370399196503070027"),
        ("370399196503070028", None),
        ("370399196513070027", None),
        ("37039919650307002", None),
        ("37039919650307002a", None),
        ("", None),
    ],
)
def test_id_numbers(text: str, number: str | None) -> None:
    assert rules.read_id_number(text) == number


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("王秀兰", "王秀兰"),
        (" 王 秀兰 ", "王秀兰"),
        ("阿依古丽•买买提", "阿依古丽·买买提"),
        ("𠮷田", "𠮷田"),
        ("王", None),
        ("Wang", None),
        ("王秀兰1", None),
        ("·王", None),
    ],
)
def test_names(text: str, name: str | None) -> None:
    assert rules.read_name(text) == name


def test_a_credit_code_is_checked_by_its_sign() -> None:
    assert rules.read_credit_code("91110000600037341L") == "91110000600037341L"
    assert rules.read_credit_code("91110000600037341A") is None


def test_masks_show_enough_to_recognise() -> None:
    assert rules.masked_phone("19900001234") == "199****1234"
    assert rules.masked_id_number("370399196503070027") == "370***********0027"
    assert rules.masked_name("王秀兰") == "**兰"


@pytest.mark.parametrize(
    ("has_phone", "has_real_name", "level"),
    [
        (False, False, Level.VISITOR_ACCOUNT),
        (True, False, Level.PHONE),
        (True, True, Level.REAL_NAME),
        (False, True, Level.REAL_NAME),
    ],
)
def test_levels(has_phone: bool, has_real_name: bool, level: Level) -> None:
    assert rules.level_of(has_phone=has_phone, has_real_name=has_real_name) is level


@pytest.mark.parametrize(
    ("is_bare", "other_has_wechat", "may"),
    [(True, False, True), (True, True, False), (False, False, False), (False, True, False)],
)
def test_only_a_bare_account_joins(is_bare: bool, other_has_wechat: bool, may: bool) -> None:
    assert rules.may_join(is_bare=is_bare, other_has_wechat=other_has_wechat) is may


@pytest.mark.parametrize(
    ("kind", "idle", "left", "is_live"),
    [
        (ActorKind.OFFICER, timedelta(minutes=29), timedelta(hours=1), True),
        (ActorKind.OFFICER, timedelta(minutes=30), timedelta(hours=1), False),
        (ActorKind.OFFICER, timedelta(0), timedelta(0), False),
        (ActorKind.PERSON, timedelta(days=5), timedelta(days=1), True),
        (ActorKind.PERSON, timedelta(0), timedelta(0), False),
    ],
)
def test_sessions_end(kind: ActorKind, idle: timedelta, left: timedelta, is_live: bool) -> None:
    assert rules.is_live(kind, seen_at=NOW - idle, expires_at=NOW + left, now=NOW) is is_live


@pytest.mark.parametrize(("seconds", "wait"), [(0, 60), (1, 59), (59.5, 0), (60, 0), (3600, 0)])
def test_a_code_is_sent_again_after_a_minute(seconds: float, wait: int) -> None:
    assert rules.wait_before_resend(NOW - timedelta(seconds=seconds), now=NOW) == wait


@pytest.mark.parametrize(
    ("password", "is_good"),
    [
        ("Huantai-2026", True),
        ("huantai-2026", True),
        ("HUANTAI2026", False),
        ("Ht-2026", False),
        ("1234567890", False),
    ],
)
def test_passwords(password: str, is_good: bool) -> None:
    assert (rules.password_problem(password) is None) is is_good


@pytest.mark.parametrize(
    ("user_agent", "label"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18) MicroMessenger/8.0", "微信（苹果手机）"),
        ("Mozilla/5.0 (Linux; Android 15) Chrome/130", "浏览器（安卓手机）"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/130", "浏览器（Windows 电脑）"),
        ("curl/8", "浏览器（其他设备）"),
        ("", "未知设备"),
    ],
)
def test_devices_are_named_in_plain_words(user_agent: str, label: str) -> None:
    assert rules.device_label(user_agent) == label


@given(st.text() | st.from_regex(r"[0-9]{17}[0-9Xx]", fullmatch=True))
def test_whatever_is_typed_is_read_or_not_but_never_a_fault(text: str) -> None:
    for read in (rules.read_phone, rules.read_id_number, rules.read_name):
        read(text)


@given(st.text() | st.from_regex(r"[0-9A-Z]{18}", fullmatch=True))
def test_whatever_credit_code_is_typed_is_read_or_not(text: str) -> None:
    rules.read_credit_code(text)
