"""The inspection of uploads in threads, few at a time: each may take 150 MB while it draws.

The readers of pictures and PDFs come in with the first upload: 20 MB that other processes never pay.
"""

import anyio
from anyio import to_thread

from backend.materials.types import Accepted, Refused


class ThreadedInspection:
    """Fulfils `materials.ports.Inspection`; further uploads wait their turn."""

    def __init__(self, *, at_once: int = 2) -> None:
        self._limiter = anyio.CapacityLimiter(at_once)

    async def examine(self, content: bytes, claimed_name: str) -> Accepted | Refused:
        return await to_thread.run_sync(_examine, content, claimed_name, limiter=self._limiter)


def _examine(content: bytes, claimed_name: str) -> Accepted | Refused:
    from backend.materials import inspection

    return inspection.examine(content, claimed_name)
