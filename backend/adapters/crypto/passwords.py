"""Hash passwords with argon2id, in threads of their own: one hash takes tens of milliseconds and 64 MiB."""

from functools import partial

import anyio
import anyio.to_thread
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError


class Argon2Hasher:
    """`identity.ports.PasswordHasher`. Tests pass a small `memory_kib`."""

    def __init__(self, *, time_cost: int = 3, memory_kib: int = 65536, threads: int = 2) -> None:
        self._hasher = PasswordHasher(time_cost=time_cost, memory_cost=memory_kib, parallelism=2)
        self._limiter = anyio.CapacityLimiter(threads)
        self._nobodys = self._hasher.hash("nobody has this password")

    async def hash(self, password: str) -> str:
        return await anyio.to_thread.run_sync(self._hasher.hash, password, limiter=self._limiter)

    async def verify(self, hashed: str | None, password: str) -> bool:
        check = partial(self._matches, hashed or self._nobodys, password)
        return await anyio.to_thread.run_sync(check, limiter=self._limiter) and hashed is not None

    def _matches(self, hashed: str, password: str) -> bool:
        try:
            return self._hasher.verify(hashed, password)
        except (VerificationError, InvalidHashError):
            return False
