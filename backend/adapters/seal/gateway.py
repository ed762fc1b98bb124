"""Have PDFs sealed by the county's seal platform (统一电子印章平台) over HTTP."""

import base64
from datetime import datetime
from functools import partial

import anyio
import httpx2
from anyio import to_thread

from backend.adapters.files.keys import key_of
from backend.adapters.seal.authority import SERVICE
from backend.adapters.seal.pades import date_of, verify_pdf
from backend.adapters.signing import AppKey, encoded, unix_now
from backend.kernel.errors import Unavailable


class HttpSeal:
    """Fulfils the `SealService` of documents and licences: POST {base}/seals.

    The digest of the unsealed page is the idempotency key: asked again after a crash, the platform
    gives the same sealed page. What it gives is taken only when it verifies against `root_pem`.
    """

    def __init__(self, *, base_url: str, key: AppKey, root_pem: bytes, timeout_seconds: float = 20.0) -> None:
        self._url = base_url.rstrip("/") + "/seals"
        self._key = key
        self._root = root_pem
        self._limiter = anyio.CapacityLimiter(2)
        self._http = httpx2.AsyncClient(timeout=timeout_seconds, trust_env=False)

    async def seal(self, pdf: bytes, *, reason: str, at: datetime) -> bytes:
        asked = {"pdf": base64.b64encode(pdf).decode(), "reason": reason, "at": at.isoformat()}
        body = encoded(asked)
        headers = self._key.headers(body, unix_seconds=unix_now()) | {"Idempotency-Key": key_of(pdf)}
        try:
            answer = await self._http.post(self._url, content=body, headers=headers)
        except httpx2.HTTPError as error:
            raise Unavailable(SERVICE, reason=type(error).__name__) from error
        if answer.status_code != 200:
            raise Unavailable(SERVICE, reason=f"status {answer.status_code}")
        await self._demand_good(answer.content, at)
        return answer.content

    async def sealed_at(self, sealed: bytes) -> datetime:
        return await to_thread.run_sync(date_of, sealed, limiter=self._limiter)

    async def close(self) -> None:
        await self._http.aclose()

    async def _demand_good(self, sealed: bytes, at: datetime) -> None:
        check = partial(verify_pdf, sealed, self._root, at=at)
        if not (await to_thread.run_sync(check, limiter=self._limiter)).is_good:
            raise Unavailable(SERVICE, reason="what it sealed does not verify")
