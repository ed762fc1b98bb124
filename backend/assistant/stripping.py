"""Blot out numbers that lead to a person: telephones, ID and credit codes, case numbers, e-mail. Pure."""

import re
import unicodedata

BLOT = "〔号码〕"
#: 18 or 15 signs of an ID card or credit code, also written in groups.
_CODES = re.compile(r"(?<![0-9A-Za-z])[0-9A-Z](?:[\s-]?[0-9A-Z]){13,18}[Xx]?(?![0-9A-Za-z])")
#: Letters and digits of a case number or a verification code, with at least six digits in a row.
_NUMBERS = re.compile(r"[A-Za-z0-9][A-Za-z0-9/_-]*\d{6,}[A-Za-z0-9/_-]*")
#: Seven digits or more, however grouped: telephones, accounts.
_DIGITS = re.compile(r"(?<![A-Za-z0-9/_-])\+?\d(?:[\s()-]{0,2}\d){6,}")
_MAIL = re.compile(r"[A-Za-z0-9_.+-]+@[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)+")
_BLOTS = re.compile(rf"{BLOT}(?:[\s、,，]*{BLOT})+")


def stripped(text: str, *, longest: int) -> str:
    """The text without such numbers, cut; full-width digits count as digits."""
    plain = unicodedata.normalize("NFKC", text) if _has_wide_digits(text) else text
    for pattern in (_MAIL, _CODES, _DIGITS, _NUMBERS):
        plain = pattern.sub(_blotted, plain)
    return _BLOTS.sub(BLOT, plain).replace("\0", "").strip()[:longest]


def _blotted(found: re.Match[str]) -> str:
    """Words in capitals without digits (ABCDEFGHIJKLMNO) are no number."""
    return BLOT if sum(sign.isdigit() for sign in found[0]) >= 5 or "@" in found[0] else found[0]


def _has_wide_digits(text: str) -> bool:
    return any("\uff10" <= sign <= "\uff5a" for sign in text)
