"""What materials need from outside."""

from typing import Protocol

from backend.materials.types import Accepted, Refused


class Inspection(Protocol):
    """Look at uploaded bytes without holding up the server (`inspection.examine` in a thread)."""

    async def examine(self, content: bytes, claimed_name: str) -> Accepted | Refused: ...
