"""Which signs a letter or a licence cannot bear. Pure.

Rare characters of names (生僻字) are not judged here: whether the font has them only the press knows.
"""

from unicodedata import category

#: Pictures of the keyboard; no official page has them.
EMOJI = range(0x1F000, 0x20000)


def unprintable_in(text: str) -> str:
    """Signs that no font of an official page can have: emoji, private use (自造字), unassigned, surrogates."""
    return "".join(sign for sign in text if ord(sign) in EMOJI or category(sign) in ("Co", "Cn", "Cs"))


def visible(text: str) -> str:
    """A text without control and format signs, which come along unseen when it is pasted; lines stay."""
    return "".join(sign for sign in text if sign == "\n" or category(sign) not in ("Cc", "Cf"))
