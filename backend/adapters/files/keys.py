"""How the two stores name what they keep."""

import hashlib
import re

_KEY = re.compile(r"[0-9a-f]{64}")


def key_of(content: bytes) -> str:
    """SHA-256 of the content, hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def place_of(key: str) -> str:
    """`ab/cd/abcd…`: two levels, so that no folder grows beyond what tools can list.

    Raises `FileNotFoundError` for what is no key, so that no path can be smuggled in.
    """
    if not _KEY.fullmatch(key):
        raise FileNotFoundError(key[:80])
    return f"{key[:2]}/{key[2:4]}/{key}"
