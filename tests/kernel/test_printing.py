"""Which signs a letter cannot bear."""

import pytest

from backend.kernel.printing import unprintable_in, visible


@pytest.mark.parametrize(
    ("text", "signs"),
    [("王秀兰，37 号（一层）①㎡", ""), ("好😀的🏠", "😀🏠"), ("王\ue000", "\ue000"), ("\U0002a6a5 é 한", "")],
)
def test_emoji_and_private_signs_cannot_be_printed(text: str, signs: str) -> None:
    assert unprintable_in(text) == signs


def test_what_is_not_seen_is_left_out_and_lines_stay() -> None:
    assert visible("不\u200b符\x01合\u202e条\ufeff件\n第二行\x00") == "不符合条件\n第二行"
