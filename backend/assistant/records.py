"""What the question log keeps, and what the desk reads of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.assistant.types import Candidate, Understanding
from backend.kernel.text import fold


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One question as asked, before numbers are blotted out."""

    id: UUID
    session: str
    text: str
    meant: Understanding
    #: The item that answered our question of the turn before.
    chosen: str
    at: datetime


@dataclass(frozen=True)
class OpenQuestion:
    """Something asked alike several times that was refused, or answered with what was not meant."""

    key: str
    text: str
    times: int
    corrected: int
    last_at: datetime
    candidates: tuple[Candidate, ...]


@dataclass(frozen=True)
class ApprovedPhrase:
    """A phrase in the list of approved names, with who approved it and when."""

    id: UUID
    text: str
    item_code: str
    item_name: str
    approved_label: str
    approved_at: datetime


def session_digest(session: str) -> str:
    """What stands for a conversation in the tables."""
    return hashlib.sha256(f"assistant:{session}".encode()).hexdigest()


def key_of(text: str) -> str:
    """Questions with this in common are asked alike: letters and 汉字 only, in one form."""
    return "".join(sign for sign in fold(text) if sign.isalnum())[:120]
