"""The inspection of uploads in threads, few at a time: each may take 150 MB while it draws."""

import anyio
from anyio import to_thread

from backend.materials import inspection
from backend.materials.types import Accepted, Refused


class ThreadedInspection:
    """Fulfils `materials.ports.Inspection`; further uploads wait their turn."""

    def __init__(self, *, at_once: int = 2) -> None:
        self._limiter = anyio.CapacityLimiter(at_once)

    async def examine(self, content: bytes, claimed_name: str) -> Accepted | Refused:
        return await to_thread.run_sync(inspection.examine, content, claimed_name, limiter=self._limiter)
