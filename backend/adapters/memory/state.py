"""Counters, values and locks in this process's memory."""

import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass
class Entry:
    """One value and the moment it ends, by the monotonic clock."""

    value: bytes | int
    ends_at: float


class MemoryState:
    """`kernel.ports.SharedState` in one dictionary, bounded: the entry least recently written goes first.

    Being in one thread of one event loop it needs no locks: nothing here awaits.
    """

    def __init__(self, *, max_entries: int = 50_000, clock: Callable[[], float] = time.monotonic) -> None:
        self._entries: OrderedDict[str, Entry] = OrderedDict()
        self._max_entries = max_entries
        self._clock = clock

    async def hit(self, key: str, *, limit: int, window_seconds: int) -> bool:
        found = self._live(f"hit:{key}")
        if found is None:
            self._put(f"hit:{key}", 1, window_seconds)
            return limit >= 1
        found.value = int(found.value) + 1
        return found.value <= limit

    async def get(self, key: str) -> bytes | None:
        found = self._live(f"value:{key}")
        return found.value if found and isinstance(found.value, bytes) else None

    async def set(self, key: str, value: bytes, *, lifetime_seconds: int) -> None:
        self._put(f"value:{key}", value, lifetime_seconds)

    async def delete(self, key: str) -> None:
        self._entries.pop(f"value:{key}", None)

    async def acquire(self, key: str, *, lifetime_seconds: int) -> bool:
        if self._live(f"lock:{key}"):
            return False
        self._put(f"lock:{key}", 1, lifetime_seconds)
        return True

    async def release(self, key: str) -> None:
        self._entries.pop(f"lock:{key}", None)

    def _live(self, key: str) -> Entry | None:
        found = self._entries.get(key)
        if found is None or self._clock() < found.ends_at:
            return found
        del self._entries[key]
        return None

    def _put(self, key: str, value: bytes | int, seconds: int) -> None:
        self._entries[key] = Entry(value, self._clock() + seconds)
        self._entries.move_to_end(key)
        if len(self._entries) > self._max_entries:
            self._make_room()

    def _make_room(self) -> None:
        """Drop what has ended; where that is too little, what was written longest ago."""
        now = self._clock()
        for key in [key for key, entry in self._entries.items() if entry.ends_at <= now]:
            del self._entries[key]
        while len(self._entries) > self._max_entries * 9 // 10:
            self._entries.popitem(last=False)
