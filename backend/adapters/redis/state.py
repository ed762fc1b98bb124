"""Counters, values and locks in Redis. Without Redis the service goes on, only less well protected."""

import secrets
import time
from collections.abc import Awaitable
from typing import Any, TypeVar, cast

import structlog
from redis.asyncio import from_url
from redis.asyncio.retry import Retry
from redis.backoff import NoBackoff
from redis.exceptions import RedisError

T = TypeVar("T")
log = structlog.get_logger()

#: After a failure Redis is left alone for so long, so that its absence is not paid for at every request.
PAUSE_SECONDS = 3.0

#: The first hit of a window starts its clock; both in one step, or a crash between would count for ever.
HIT = """
local count = redis.call('INCR', KEYS[1])
if count == 1 or redis.call('TTL', KEYS[1]) < 0 then redis.call('EXPIRE', KEYS[1], ARGV[1]) end
return count
"""
#: Only the holder frees a lock: one that outlived its lifetime may be somebody else's by now.
RELEASE = "if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end return 0"


class RedisState:
    """`kernel.ports.SharedState` on `redis.asyncio`.

    When Redis fails: limits let pass, values are absent, locks are granted; each time with a warning
    in the log. The database holds every fact, so convenience is lost and nothing else.
    """

    def __init__(self, url: str, *, prefix: str = "huantai:", timeout_seconds: float = 0.5) -> None:
        self._redis = from_url(
            url,
            socket_timeout=timeout_seconds,
            socket_connect_timeout=timeout_seconds,
            retry=Retry(NoBackoff(), 1),  # once more, on a fresh connection, after Redis was restarted
        )
        self._prefix = prefix
        self._held: dict[str, bytes] = {}
        self._resting_until = 0.0

    async def hit(self, key: str, *, limit: int, window_seconds: int) -> bool:
        count = await self._ask(self._run(HIT, f"hit:{key}", window_seconds), instead=0)
        return count <= limit

    async def get(self, key: str) -> bytes | None:
        return await self._ask(self._redis.get(self._name(f"value:{key}")), instead=None)

    async def set(self, key: str, value: bytes, *, lifetime_seconds: int) -> None:
        await self._ask(self._redis.set(self._name(f"value:{key}"), value, ex=lifetime_seconds), instead=None)

    async def delete(self, key: str) -> None:
        await self._ask(self._redis.delete(self._name(f"value:{key}")), instead=0)

    async def acquire(self, key: str, *, lifetime_seconds: int) -> bool:
        token = secrets.token_bytes(16)
        name = self._name(f"lock:{key}")
        taken = await self._ask(self._redis.set(name, token, nx=True, ex=lifetime_seconds), instead=True)
        if taken:
            self._held[key] = token
        return bool(taken)

    async def release(self, key: str) -> None:
        token = self._held.pop(key, None)
        if token is not None:
            await self._ask(self._run(RELEASE, f"lock:{key}", token), instead=0)

    async def is_reachable(self) -> bool:
        """Whether Redis answers now; for the health page and the start-up message."""
        try:
            return bool(await cast(Awaitable[Any], self._redis.ping()))
        except (RedisError, OSError):
            return False

    async def close(self) -> None:
        await self._redis.aclose()

    def _name(self, key: str) -> str:
        return self._prefix + key

    def _run(self, script: str, key: str, argument: int | bytes) -> Awaitable[int]:
        return cast(Awaitable[int], self._redis.eval(script, 1, self._name(key), cast(Any, argument)))

    async def _ask(self, question: Awaitable[Any], *, instead: T) -> T:
        """Await Redis's answer; `instead` when it has none or is being left alone."""
        if time.monotonic() < self._resting_until:
            cast(Any, question).close()
            return instead
        try:
            return cast(T, await question)
        except (RedisError, OSError, TimeoutError) as error:
            self._resting_until = time.monotonic() + PAUSE_SECONDS
            log.warning("redis_unreachable", error=type(error).__name__)
            return instead
