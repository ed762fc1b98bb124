"""The shared state: one contract, kept by memory and by Redis."""

import os
from collections.abc import AsyncIterator
from uuid import uuid4

import anyio
import pytest

from backend.adapters.memory.state import MemoryState
from backend.adapters.redis.state import RedisState
from backend.kernel.ports import SharedState

pytestmark = pytest.mark.anyio
REDIS = os.environ.get("TEST_REDIS", "redis://127.0.0.1:6379/0")


@pytest.fixture(params=["memory", "redis"])
async def state(request: pytest.FixtureRequest) -> AsyncIterator[SharedState]:
    if request.param == "memory":
        yield MemoryState()
        return
    redis = RedisState(REDIS, prefix=f"test-{uuid4().hex}:")
    if not await redis.is_reachable():
        await redis.close()
        assert os.environ.get("CI") != "true", "CI has a Redis"
        pytest.skip("Redis is not reachable")
    yield redis
    await redis.close()


async def test_tries_are_counted_up_to_the_limit(state: SharedState) -> None:
    answers = [await state.hit("k", limit=3, window_seconds=60) for _ in range(5)]
    assert answers == [True, True, True, False, False]
    assert await state.hit("other", limit=3, window_seconds=60)


async def test_a_window_ends(state: SharedState) -> None:
    assert await state.hit("k", limit=1, window_seconds=1)
    assert not await state.hit("k", limit=1, window_seconds=1)
    await anyio.sleep(1.1)
    assert await state.hit("k", limit=1, window_seconds=1)


async def test_simultaneous_tries_are_all_counted(state: SharedState) -> None:
    answers: list[bool] = []

    async def one_try() -> None:
        answers.append(await state.hit("k", limit=10, window_seconds=60))

    async with anyio.create_task_group() as group:
        for _ in range(30):
            group.start_soon(one_try)
    assert sum(answers) == 10


async def test_values_are_kept_replaced_and_deleted(state: SharedState) -> None:
    assert await state.get("k") is None
    await state.set("k", b"\x00one", lifetime_seconds=60)
    await state.set("k", b"two", lifetime_seconds=60)
    assert await state.get("k") == b"two"
    await state.delete("k")
    await state.delete("k")
    assert await state.get("k") is None


async def test_a_value_ends(state: SharedState) -> None:
    await state.set("k", b"v", lifetime_seconds=1)
    await anyio.sleep(1.1)
    assert await state.get("k") is None


async def test_kinds_of_keys_do_not_meet(state: SharedState) -> None:
    await state.set("k", b"v", lifetime_seconds=60)
    assert await state.hit("k", limit=1, window_seconds=60)
    assert await state.acquire("k", lifetime_seconds=60)
    assert await state.get("k") == b"v"


async def test_a_lock_has_one_holder(state: SharedState) -> None:
    assert await state.acquire("k", lifetime_seconds=60)
    assert not await state.acquire("k", lifetime_seconds=60)
    await state.release("k")
    assert await state.acquire("k", lifetime_seconds=60)


async def test_a_lock_frees_itself(state: SharedState) -> None:
    assert await state.acquire("k", lifetime_seconds=1)
    await anyio.sleep(1.1)
    assert await state.acquire("k", lifetime_seconds=1)


async def test_only_the_holder_frees_a_lock() -> None:
    one, other = (RedisState(REDIS, prefix="test-holder:") for _ in range(2))
    if not await one.is_reachable():
        assert os.environ.get("CI") != "true", "CI has a Redis"
        pytest.skip("Redis is not reachable")
    key = uuid4().hex
    assert await one.acquire(key, lifetime_seconds=1)
    await anyio.sleep(1.1)
    assert await other.acquire(key, lifetime_seconds=5)
    await one.release(key)
    assert not await one.acquire(key, lifetime_seconds=5)
    await other.release(key)
    await one.close()
    await other.close()


async def test_without_redis_the_service_goes_on() -> None:
    state = RedisState("redis://127.0.0.1:1/0", timeout_seconds=0.2)
    for _ in range(2):
        assert await state.hit("k", limit=1, window_seconds=60)
        assert await state.get("k") is None
        await state.set("k", b"v", lifetime_seconds=60)
        await state.delete("k")
        assert await state.acquire("k", lifetime_seconds=60)
        await state.release("k")
    assert not await state.is_reachable()
    await state.close()


async def test_memory_is_bounded_and_forgets_the_oldest() -> None:
    now = 0.0
    state = MemoryState(max_entries=100, clock=lambda: now)
    for number in range(250):
        await state.set(str(number), b"v", lifetime_seconds=60)
    assert await state.get("0") is None
    assert await state.get("249") == b"v"
    assert len(state._entries) <= 100
