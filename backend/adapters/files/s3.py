"""Files in an S3-compatible store. obstore's own async calls can abort the process at exit, so its
plain calls run in threads."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Self

import anyio
import obstore
from anyio import to_thread
from obstore.exceptions import AlreadyExistsError, BaseError
from obstore.store import S3Store

from backend.adapters.files.keys import key_of, place_of
from backend.kernel.errors import Unavailable

SERVICE = "文件库"


@dataclass(frozen=True)
class S3Address:
    """Where the store is and who we are to it. `endpoint` is empty for AWS itself."""

    bucket: str
    access_key: str
    secret_key: str
    endpoint: str = ""
    region: str = "us-east-1"
    prefix: str = ""


class S3Files:
    """Fulfils `kernel.ports.FileStore`; an object is created once and never written over."""

    def __init__(self, store: S3Store, *, at_once: int = 8) -> None:
        self._store = store
        self._limiter = anyio.CapacityLimiter(at_once)

    @classmethod
    def at(cls, address: S3Address, *, timeout_seconds: int = 20) -> Self:
        """Connect; plain http only where the endpoint says so (a store inside the building)."""
        store = S3Store(
            address.bucket,
            prefix=address.prefix or None,
            endpoint=address.endpoint or None,
            region=address.region,
            access_key_id=address.access_key,
            secret_access_key=address.secret_key,
            virtual_hosted_style_request=False,
            client_options={
                "timeout": timedelta(seconds=timeout_seconds),
                "connect_timeout": timedelta(seconds=5),
                "allow_http": address.endpoint.startswith("http://"),
            },
            retry_config={"max_retries": 2, "retry_timeout": timedelta(seconds=timeout_seconds)},
        )
        return cls(store)

    async def put(self, content: bytes) -> str:
        return await to_thread.run_sync(self._put, content, limiter=self._limiter)

    async def get(self, key: str) -> bytes:
        return await to_thread.run_sync(self._get, key, limiter=self._limiter)

    async def exists(self, key: str) -> bool:
        return await to_thread.run_sync(self._exists, key, limiter=self._limiter)

    def _put(self, content: bytes) -> str:
        key = key_of(content)
        try:
            obstore.put(self._store, place_of(key), content, mode="create", use_multipart=False)
        except AlreadyExistsError:
            return key
        except BaseError as fault:
            raise Unavailable(SERVICE, reason=f"put: {type(fault).__name__}") from fault
        return key

    def _get(self, key: str) -> bytes:
        try:
            content = obstore.get(self._store, place_of(key)).bytes().to_bytes()
        except BaseError as fault:
            raise Unavailable(SERVICE, reason=f"get: {type(fault).__name__}") from fault
        if key_of(content) != key:
            raise Unavailable(SERVICE, reason=f"content of {key} was altered in the store")
        return content

    def _exists(self, key: str) -> bool:
        try:
            obstore.head(self._store, place_of(key))
        except FileNotFoundError:
            return False
        except BaseError as fault:
            raise Unavailable(SERVICE, reason=f"head: {type(fault).__name__}") from fault
        return True
