"""Quiet hours, ways, retries, and what the texts may hold."""

import string
from datetime import datetime, timedelta
from typing import Any

import pytest

from backend.kernel.clock import SHANGHAI
from backend.kernel.ids import new_id
from backend.notifications import rules
from backend.notifications.ports import Address
from backend.notifications.rules import Step
from backend.notifications.templates import TEMPLATES, WECHAT_TEMPLATES, Template
from backend.notifications.types import Channel, MessageState, StoredMessage

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)
BOTH = Address(openid="o-1", phone="19900001234")
WECHAT_ONLY = Address(openid="o-1", phone=None)
PHONE_ONLY = Address(openid=None, phone="19900001234")
NOWHERE = Address(openid=None, phone=None)


@pytest.mark.parametrize(
    ("now", "goes"),
    [
        ("2026-11-23T09:30", "2026-11-23T09:30"),
        ("2026-11-23T21:59:59", "2026-11-23T21:59:59"),
        ("2026-11-23T22:00", "2026-11-24T07:00"),
        ("2026-11-23T23:59", "2026-11-24T07:00"),
        ("2026-11-24T00:00", "2026-11-24T07:00"),
        ("2026-11-24T06:59:59", "2026-11-24T07:00"),
        ("2026-11-24T07:00", "2026-11-24T07:00"),
        ("2026-11-23T14:30+00:00", "2026-11-24T07:00"),  # 22:30 at the office
    ],
)
def test_quiet_hours_put_off_all_but_legal_notices(now: str, goes: str) -> None:
    moment = datetime.fromisoformat(now)
    moment = moment if moment.tzinfo else moment.replace(tzinfo=SHANGHAI)
    assert rules.may_go_at(moment, is_legal_notice=False) == datetime.fromisoformat(goes).replace(
        tzinfo=SHANGHAI
    )
    assert rules.may_go_at(moment, is_legal_notice=True) == moment


def message(**changes: Any) -> StoredMessage:
    values: dict[str, Any] = {
        "id": new_id(),
        "person_id": new_id(),
        "template": "case_accepted",
        "case_id": new_id(),
        "words": {},
        "state": MessageState.QUEUED,
        "channel": None,
        "queued_at": NOW,
        "not_before": NOW,
        "lease_until": None,
        "tries": 0,
        "is_wechat_closed": False,
    }
    return StoredMessage(**(values | changes))


SENDING = {"state": MessageState.SENDING, "lease_until": NOW - timedelta(seconds=1)}


@pytest.mark.parametrize(
    ("changes", "address", "quota", "rests", "is_legal", "step"),
    [
        ({}, BOTH, 1, False, False, Step.WECHAT),
        ({}, BOTH, 0, False, False, Step.SMS),
        ({}, PHONE_ONLY, 1, False, False, Step.SMS),
        ({}, WECHAT_ONLY, 1, False, False, Step.WECHAT),
        ({}, WECHAT_ONLY, 0, False, False, Step.FAIL),
        ({}, NOWHERE, 1, False, False, Step.FAIL),
        ({}, BOTH, 1, True, False, Step.SMS),
        ({}, WECHAT_ONLY, 1, True, False, Step.WECHAT),
        ({"is_wechat_closed": True}, BOTH, 1, False, False, Step.SMS),
        ({"is_wechat_closed": True}, WECHAT_ONLY, 1, False, False, Step.FAIL),
        ({"not_before": NOW + timedelta(seconds=1)}, BOTH, 1, False, False, Step.LEAVE),
        ({"state": MessageState.HANDED_OVER}, BOTH, 1, False, False, Step.LEAVE),
        ({"state": MessageState.OPENED}, BOTH, 1, False, False, Step.LEAVE),
        ({"state": MessageState.FAILED}, BOTH, 1, False, False, Step.LEAVE),
        ({"state": MessageState.UNKNOWN}, BOTH, 1, False, True, Step.LEAVE),
        (
            {
                "state": MessageState.SENDING,
                "channel": Channel.SMS,
                "lease_until": NOW + timedelta(seconds=1),
            },
            BOTH,
            1,
            False,
            False,
            Step.LEAVE,
        ),
        (SENDING | {"channel": Channel.SMS}, BOTH, 1, False, False, Step.SMS),
        (SENDING | {"channel": Channel.WECHAT}, BOTH, 1, False, False, Step.MARK_UNKNOWN),
        (SENDING | {"channel": Channel.WECHAT}, BOTH, 1, False, True, Step.SMS),
        (SENDING | {"channel": Channel.WECHAT}, WECHAT_ONLY, 1, False, True, Step.MARK_UNKNOWN),
    ],
)
def test_the_next_step(
    changes: dict[str, Any], address: Address, quota: int, rests: bool, is_legal: bool, step: Step
) -> None:
    found = rules.next_step(
        message(**changes), address, now=NOW, quota=quota, wechat_rests=rests, is_legal_notice=is_legal
    )
    assert found is step


@pytest.mark.parametrize(("tries", "seconds"), [(1, 15), (2, 30), (4, 120), (7, 600), (99, 600)])
def test_each_retry_waits_twice_as_long(tries: int, seconds: int) -> None:
    assert rules.retry_at(NOW, tries=tries) - NOW == timedelta(seconds=seconds)


WORDS = rules.words_of(item="食品经营许可", number="370321202611230001", due="12月21日")


@pytest.mark.parametrize("template", TEMPLATES.values(), ids=list(TEMPLATES))
def test_a_template_fits_its_channels_and_tells_no_secret(template: Template) -> None:
    used = {
        name
        for text in (template.title, template.body, template.hint, template.sms)
        for _, name, _, _ in string.Formatter().parse(text)
        if name
    }
    assert used <= set(WORDS)
    assert template.wechat in WECHAT_TEMPLATES
    assert len(rules.filled(template.hint, WORDS)) <= 20
    assert "{item}" not in template.sms
    assert "{number}" not in template.sms
    assert len(rules.filled(template.sms, WORDS)) <= 60


def test_an_sms_names_the_tail_of_the_case_number_only() -> None:
    data = rules.sms_data(TEMPLATES["case_accepted"], WORDS)
    assert data == {"tail": "230001", "text": "您尾号230001的办件已受理，最晚12月21日前办结。"}


def test_words_with_braces_are_not_read_as_a_template() -> None:
    words = rules.words_of(item="{number}", number="1")
    assert "“{number}”" in rules.filled(TEMPLATES["case_granted"].body, words)
