"""No number that leads to a person stays in the log."""

import pytest

from backend.assistant.stripping import BLOT, stripped


@pytest.mark.parametrize(
    "number",
    [
        "19900001234",
        "199 0000 1234",
        "199-0000-1234",
        "１９９００００１２３４",
        "+86 19900001234",
        "0533-8180000",
        "370399195001010011",
        "37039919500101001X",
        "370399 19500101 001X",
        "91370399MA0000000L",
        "HT20261123000123",
        "HTXK-2026-0000123",
        "wang@example.test",
    ],
)
def test_numbers_are_blotted_out(number: str) -> None:
    told = stripped(f"我的{number}办到哪了", longest=300)
    assert told == f"我的{BLOT}办到哪了"


@pytest.mark.parametrize(
    "text",
    ["开个50平米的小饭馆要几天", "2026年能办吗", "12345打不通", "GB/T 4754 是什么", "KTV 怎么办", "第1个"],
)
def test_ordinary_numbers_stay(text: str) -> None:
    assert stripped(text, longest=300) == text


def test_the_text_is_cut() -> None:
    assert len(stripped("字" * 5000, longest=300)) == 300
