"""Ask the population register over HTTP."""

import httpx2

from backend.adapters.signing import AppKey, encoded, unix_now
from backend.kernel.errors import Unavailable

SERVICE = "实名核验系统"


class HttpRealNameCheck:
    """`identity.ports.RealNameCheck`: POST {base}/checks. No record counts as no match."""

    def __init__(self, *, base_url: str, key: AppKey, timeout_seconds: float = 5.0) -> None:
        self._url = base_url.rstrip("/") + "/checks"
        self._key = key
        self._http = httpx2.AsyncClient(timeout=timeout_seconds, trust_env=False)

    async def matches(self, *, name: str, id_number: str) -> bool:
        body = encoded({"name": name, "id_number": id_number})
        try:
            answer = await self._http.post(
                self._url, content=body, headers=self._key.headers(body, unix_seconds=unix_now())
            )
            answer.raise_for_status()
            result = answer.json()["result"]
        except (httpx2.HTTPError, ValueError, KeyError, TypeError) as error:
            raise Unavailable(SERVICE, reason=type(error).__name__) from error
        if result not in ("match", "mismatch", "no_record"):
            raise Unavailable(SERVICE, reason="unknown result")
        return bool(result == "match")

    async def close(self) -> None:
        await self._http.aclose()
