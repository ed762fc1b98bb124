"""The keys that seal personal data: one current, older ones kept to open what they sealed."""

import base64
import json
import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

KEY_BYTES = 32


@dataclass(frozen=True)
class KeyRing:
    """Keys by id, the id that seals now, and the key of the digests.

    The digest key never changes by itself: with another one nothing sealed earlier is found again.
    """

    current: str
    keys: Mapping[str, bytes]
    digest_key: bytes

    def __post_init__(self) -> None:
        if self.current not in self.keys:
            raise ValueError("the current key is not on the ring")
        for key_id, key in self.keys.items():
            if len(key) != KEY_BYTES or not 1 <= len(key_id.encode()) <= 255:
                raise ValueError("a key has 32 bytes and an id of 1 to 255 bytes")
        if len(self.digest_key) != KEY_BYTES:
            raise ValueError("the digest key has 32 bytes")

    @classmethod
    def generate(cls, key_id: str = "k1") -> "KeyRing":
        """A ring with one fresh key."""
        return cls(key_id, {key_id: secrets.token_bytes(KEY_BYTES)}, secrets.token_bytes(KEY_BYTES))

    def rotated(self, key_id: str) -> "KeyRing":
        """The same ring with a fresh key that seals from now on. Raises `ValueError` for an id in use."""
        if key_id in self.keys:
            raise ValueError(f"the ring already has a key {key_id!r}")
        return KeyRing(key_id, {**self.keys, key_id: secrets.token_bytes(KEY_BYTES)}, self.digest_key)

    @classmethod
    def from_bytes(cls, content: bytes) -> "KeyRing":
        """Read a ring from its file. Raises `ValueError` where it is none."""
        told = json.loads(content)
        try:
            keys = {key_id: base64.b64decode(key, validate=True) for key_id, key in told["keys"].items()}
            return cls(told["current"], keys, base64.b64decode(told["digest_key"], validate=True))
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("this is no key ring") from error

    def to_bytes(self) -> bytes:
        """The ring as its file holds it."""
        return json.dumps(
            {
                "current": self.current,
                "keys": {key_id: base64.b64encode(key).decode() for key_id, key in self.keys.items()},
                "digest_key": base64.b64encode(self.digest_key).decode(),
            },
            indent=2,
        ).encode()


def open_key_file(path: Path) -> KeyRing:
    """Read a key file, or make one that only its owner may read.

    It comes to its name whole, flushed to the disk, and once: of processes that start together one
    makes it, and no crash leaves half a key or sealed data without one.
    """
    if not path.exists():
        _make_key_file(path)
    return KeyRing.from_bytes(path.read_bytes())


def _make_key_file(path: Path) -> None:
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(KeyRing.generate().to_bytes())
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # another process was first
            os.link(part, path)
    finally:
        part.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
