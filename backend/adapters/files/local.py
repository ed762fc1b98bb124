"""Files on this machine's disk: written whole or not at all, never written over."""

import os
import tempfile
from pathlib import Path

import anyio
from anyio import to_thread

from backend.adapters.files.keys import key_of, place_of
from backend.kernel.errors import Unavailable

SERVICE = "文件库"


class LocalFiles:
    """Fulfils `kernel.ports.FileStore` in a folder.

    A file is written beside its place, flushed to the disk and then linked to its name, so that a
    crash or a full disk leaves either the whole file or none.
    """

    def __init__(self, folder: Path, *, at_once: int = 8) -> None:
        self._folder = folder
        self._limiter = anyio.CapacityLimiter(at_once)

    async def put(self, content: bytes) -> str:
        return await to_thread.run_sync(self._put, content, limiter=self._limiter)

    async def get(self, key: str) -> bytes:
        return await to_thread.run_sync(self._get, key, limiter=self._limiter)

    async def exists(self, key: str) -> bool:
        return await to_thread.run_sync(self._path(key).exists, limiter=self._limiter)

    def _path(self, key: str) -> Path:
        return self._folder / place_of(key)

    def _put(self, content: bytes) -> str:
        key = key_of(content)
        path = self._path(key)
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                _write_once(path, content)
        except OSError as fault:
            raise Unavailable(SERVICE, reason=f"put: {fault.strerror}") from fault
        return key

    def _get(self, key: str) -> bytes:
        try:
            content = self._path(key).read_bytes()
        except FileNotFoundError:
            raise
        except OSError as fault:
            raise Unavailable(SERVICE, reason=f"get: {fault.strerror}") from fault
        if key_of(content) != key:
            raise Unavailable(SERVICE, reason=f"content of {key} was altered on the disk")
        return content


def _write_once(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".part-")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        part.rename(path)  # whoever else puts these bytes writes the same ones
        _flush_folder(path.parent)
    finally:
        part.unlink(missing_ok=True)


def _flush_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
