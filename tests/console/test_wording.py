"""The desk's words."""

from datetime import datetime

import pytest

from backend.console import wording
from backend.journal.types import Entry
from backend.kernel.clock import SHANGHAI

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("told", "sentence"),
    [
        ("claimed:3", "已领取 3 件。"),
        ("claimed", ""),
        ("claimed:<b>", ""),
        ("release", "已交出，回到待领取。"),
        ("<script>", ""),
        ("", ""),
    ],
)
def test_only_our_own_sentences_are_said(told: str, sentence: str) -> None:
    assert wording.said(told) == sentence


@pytest.mark.parametrize(
    ("left", "is_paused", "words"),
    [
        (3, False, "还剩 3 个工作日"),
        (0, False, "今天到期"),
        (-2, False, "已逾期 2 个工作日"),
        (5, True, "中止中，暂不计算"),
        (None, False, "已停止计算"),
    ],
)
def test_what_is_left_of_a_limit(left: int | None, is_paused: bool, words: str) -> None:
    assert wording.remaining_words(left, unit="个工作日", is_paused=is_paused) == words


def test_residents_are_never_named() -> None:
    entry = Entry(1, "cases.submit", "person", "person:abc", NOW, "", {})
    assert wording.who(entry, {}) == "申请人"
    officer = Entry(2, "cases.claim", "officer", "1001", NOW, "", {})
    assert wording.who(officer, {"1001": "孙窗口"}) == "孙窗口（1001）"
    assert wording.who(officer, {}) == "1001"
