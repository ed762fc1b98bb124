"""The app's stable token: fetched by one, used by all."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

import anyio

from backend.kernel.errors import Unavailable
from backend.kernel.ports import SharedState

#: A token is dropped so long before its end, so that none ends while a call is on its way.
MARGIN_SECONDS = 300
LOCK_SECONDS = 10
WAIT_STEP_SECONDS = 0.05


class StableToken:
    """Keep one access token for all tasks of a process, and for all processes that share the state.

    In a process a lock lets one task fetch; between processes the shared state does. When the state
    is away each process keeps its own: a stable token is the same for everyone who asks.
    """

    def __init__(
        self, app_id: str, *, state: SharedState, fetch: Callable[[], Awaitable[dict[str, Any]]]
    ) -> None:
        self._key = f"wechat-token:{app_id}"
        self._state = state
        self._fetch = fetch
        self._lock = anyio.Lock()
        self._own = ""
        self._own_ends_at = 0.0

    async def get(self, *, stale: str | None = None) -> str:
        """A token that is not the one WeChat has just refused. Raises `Unavailable`."""
        if found := await self._known(stale):
            return found
        async with self._lock:
            return await self._known(stale) or await self._obtain(stale)

    async def _known(self, stale: str | None) -> str | None:
        shared = await self._state.get(self._key)
        if shared and shared.decode() != stale:
            return shared.decode()
        is_own_good = self._own and self._own != stale and time.monotonic() < self._own_ends_at
        return self._own if is_own_good else None

    async def _obtain(self, stale: str | None) -> str:
        """Fetch, unless another process is already doing so: then wait for what it gets."""
        if not await self._state.acquire(self._key, lifetime_seconds=LOCK_SECONDS):
            for _ in range(int(LOCK_SECONDS / WAIT_STEP_SECONDS)):
                await anyio.sleep(WAIT_STEP_SECONDS)
                if found := await self._known(stale):
                    return found
                if await self._state.acquire(self._key, lifetime_seconds=LOCK_SECONDS):
                    break
        try:
            return await self._known(stale) or await self._fetched()
        finally:
            with anyio.CancelScope(shield=True):  # a caller who leaves must not keep the lock
                await self._state.release(self._key)

    async def _fetched(self) -> str:
        told = await self._fetch()
        if not told.get("access_token"):
            raise Unavailable("微信", reason=f"stable_token errcode {told.get('errcode')}")
        self._own = str(told["access_token"])
        lifetime = max(60, int(told.get("expires_in", 7200)) - MARGIN_SECONDS)
        self._own_ends_at = time.monotonic() + lifetime
        await self._state.set(self._key, self._own.encode(), lifetime_seconds=lifetime)
        return self._own
