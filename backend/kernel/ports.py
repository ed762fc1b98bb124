"""How outside systems are handed to those who need them, and the ports more than one package uses."""

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar, cast

T = TypeVar("T")


class Ports:
    """What `build_app` bound: for each port's Protocol the adapter that fulfils it.

    Routes, handlers and jobs ask by the Protocol: `ports.get(FileStore)`.
    """

    def __init__(self, bound: Mapping[type[Any], object]) -> None:
        self._bound = dict(bound)

    def get(self, port: type[T]) -> T:
        """The adapter bound to a port; a missing one is a fault of assembly, found at start."""
        return cast(T, self._bound[port])

    def with_(self, bound: Mapping[type[Any], object]) -> "Ports":
        """The same ports with some replaced (tests use it to break one)."""
        return Ports(self._bound | dict(bound))


class FileStore(Protocol):
    """Content-addressed storage of bytes (materials, letters, licences).

    Keys are `sha256` digests in hexadecimal, so writing the same bytes twice is one object.
    Raises `Unavailable` when the store cannot be reached, `FileNotFoundError` for an unknown key.
    """

    async def put(self, content: bytes) -> str: ...

    async def get(self, key: str) -> bytes: ...

    async def exists(self, key: str) -> bool: ...


class Vault(Protocol):
    """Encrypt personal data at rest and find it again by a keyed digest (PIPL; 等保 level 3).

    The purpose is authenticated with the text, so a ciphertext moved to another column does not open.
    The default is AES-256-GCM with HMAC-SHA-256; SM4 and SM3 can take its place (GB/T 39786).
    """

    def seal(self, text: str, *, purpose: str) -> bytes: ...

    def open(self, sealed: bytes, *, purpose: str) -> str: ...

    def digest(self, text: str, *, purpose: str) -> str: ...


class SharedState(Protocol):
    """Shared fast state: counters with a window, small values with a lifetime, short locks.

    Redis where configured, this process's memory otherwise. Losing it costs convenience, never a fact.
    """

    async def hit(self, key: str, *, limit: int, window_seconds: int) -> bool:
        """Count one try; False when the limit of the window is used up."""
        ...

    async def get(self, key: str) -> bytes | None: ...

    async def set(self, key: str, value: bytes, *, lifetime_seconds: int) -> None: ...

    async def delete(self, key: str) -> None: ...

    async def acquire(self, key: str, *, lifetime_seconds: int) -> bool:
        """Take a lock that frees itself; False when somebody else holds it."""
        ...

    async def release(self, key: str) -> None: ...
