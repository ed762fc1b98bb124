"""The seal key in this machine's files. pyHanko comes in with the first seal: 0.3 s and 15 MB that only workers pay."""

from datetime import datetime

import anyio
from anyio import to_thread

from backend.adapters.seal.authority import AuthorityFiles


class LocalSeal:
    """Fulfils the `SealService` of documents and licences with a key in this machine's files.

    Nothing leaves unless it verifies. Raises `Unavailable` when key or signature fail.
    """

    def __init__(self, files: AuthorityFiles, *, at_once: int = 2) -> None:
        self._files = files
        self._limiter = anyio.CapacityLimiter(at_once)

    async def seal(self, pdf: bytes, *, reason: str, at: datetime) -> bytes:
        return await to_thread.run_sync(self._seal, pdf, reason, at, limiter=self._limiter)

    async def sealed_at(self, sealed: bytes) -> datetime:
        return await to_thread.run_sync(self._date, sealed, limiter=self._limiter)

    def _seal(self, pdf: bytes, reason: str, at: datetime) -> bytes:
        from backend.adapters.seal import pades

        return pades.seal(pdf, self._files, reason=reason, at=at)

    @staticmethod
    def _date(sealed: bytes) -> datetime:
        from backend.adapters.seal import pades

        return pades.date_of(sealed)
