"""One normal form for everything people type."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backend.kernel import text


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("ＫＴＶ　開業", "ktv 开业"),
        ("營業執照怎麼辦理", "营业执照怎么办理"),
        ("俺想开个店咋办", "我想开个店怎么办"),
        ("恁那多咱能下来", "你那什么时候能下来"),
        ("赁个门面要啥", "租个门面要什么"),
        ("夜来交的材料", "昨天交的材料"),
        ("要办证吗？", "要办证?"),
        ("开网吧要什么", "开网吧要什么"),
        ("酒吧啊", "酒吧"),
        ("办下来了吧", "办下来了"),
        ("买吗啡行吗", "买吗啡行"),
        ("食\u200b品证", "食品证"),
        ("", ""),
    ],
)
def test_the_normal_form(typed: str, read: str) -> None:
    assert text.normalise(typed) == read


@pytest.mark.parametrize(
    ("letters", "syllables"),
    [
        ("shipin", ["si", "pin"]),
        ("jingying", ["jin", "yin"]),
        ("zhangcheng", ["zan", "cen"]),
        ("kaiyaodian", ["kai", "yao", "dian"]),
        ("lvyou", ["lv", "you"]),
        ("ktv", None),
        ("hello", None),
        ("x" * 61, None),
    ],
)
def test_pinyin_is_split_and_folded(letters: str, syllables: list[str] | None) -> None:
    assert text.split_pinyin(letters) == syllables


@pytest.mark.parametrize(
    ("one", "other"), [("食品经营", "shipin jingying"), ("网吧", "网巴"), ("药店", "药殿")]
)
def test_what_sounds_alike_reads_alike(one: str, other: str) -> None:
    assert text.syllables(one) == text.syllables(other)


@pytest.mark.parametrize(("typed", "expected"), [("kai yaodian", True), ("ktv", False), ("开店", False)])
def test_latin_pinyin_is_recognised(typed: str, expected: bool) -> None:
    assert text.looks_like_pinyin(typed) is expected


def test_pairs_stay_inside_a_stretch() -> None:
    assert text.pairs("开药店，ktv 井") == ["开药", "药店", "kt", "tv", "井"]


def test_a_long_word_yields_the_words_inside() -> None:
    text.warm()
    assert {"许可证", "许可"} <= set(text.with_parts("许可证"))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=500))
def test_any_text_can_be_read(typed: str) -> None:
    plain = text.normalise(typed)
    assert text.normalise(plain) == plain or len(plain) <= len(typed) * 20
    text.words(plain)
    text.pairs(plain)
    text.syllables(plain)
