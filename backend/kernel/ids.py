"""Keys nobody can guess, and codes people can read aloud."""

import hashlib
import secrets
from uuid import UUID, uuid4

#: Crockford's base 32: no I, L, O, U, so that a code survives handwriting and the telephone.
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_LOOKALIKES = str.maketrans({"I": "1", "L": "1", "O": "0", "U": "V"})


def new_id() -> UUID:
    """A random primary key."""
    return uuid4()


def new_token() -> str:
    """A session token of 256 bits; only its digest is ever stored."""
    return secrets.token_urlsafe(32)


def token_digest(token: str) -> str:
    """SHA-256 of a token, hexadecimal: what the database keeps."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_verification_code() -> str:
    """A licence's public code: 15 random signs (75 bits) and a check sign."""
    body = "".join(secrets.choice(ALPHABET) for _ in range(15))
    return body + _check_sign(body)


def read_verification_code(text: str) -> str | None:
    """Bring a typed code to its form; None where it cannot be one (wrong length or check sign)."""
    code = text.upper().replace("-", "").replace(" ", "").translate(_LOOKALIKES)
    if len(code) != 16 or any(sign not in ALPHABET for sign in code):
        return None
    return code if _check_sign(code[:-1]) == code[-1] else None


def group(code: str) -> str:
    """Write a code in groups of four, as it is printed."""
    return "-".join(code[i : i + 4] for i in range(0, len(code), 4))


def _check_sign(body: str) -> str:
    """Weighted sum modulo 31 (a prime, so that any one wrong sign and any swap of neighbours shows)."""
    total = sum((position + 1) * ALPHABET.index(sign) for position, sign in enumerate(body))
    return ALPHABET[total % 31]
