"""Codes people can read aloud, and keys nobody can guess."""

from hypothesis import given
from hypothesis import strategies as st

from backend.kernel.ids import (
    ALPHABET,
    group,
    new_token,
    new_verification_code,
    read_verification_code,
    token_digest,
)


def test_a_code_survives_groups_small_letters_and_lookalikes() -> None:
    code = new_verification_code()
    assert read_verification_code(group(code).lower()) == code
    assert read_verification_code(code.replace("0", "O").replace("1", "I")) == code


@given(place=st.integers(0, 14), sign=st.sampled_from(ALPHABET))
def test_any_one_wrong_sign_shows(place: int, sign: str) -> None:
    """The weights 1 to 15 and the differences below 32 share no factor with 31 but 31 itself."""
    code = "0123456789ABCDE"
    whole = next(code + last for last in ALPHABET if read_verification_code(code + last))
    wrong = whole[:place] + sign + whole[place + 1 :]
    differs = abs(ALPHABET.index(sign) - ALPHABET.index(whole[place]))
    assert (read_verification_code(wrong) is None) == (differs not in (0, 31))


@given(st.text(max_size=40))
def test_any_text_is_a_code_or_none(text: str) -> None:
    read_verification_code(text)


def test_tokens_differ_and_only_their_digest_is_kept() -> None:
    token = new_token()
    assert token != new_token()
    assert len(token_digest(token)) == 64
    assert token not in token_digest(token)
