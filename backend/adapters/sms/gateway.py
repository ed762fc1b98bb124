"""Hand messages to the SMS platform over HTTP."""

from collections.abc import Mapping

import httpx2

from backend.adapters.signing import AppKey, encoded, unix_now
from backend.kernel.errors import Unavailable
from backend.notifications.errors import MessageRefused

ACCEPTED = {200, 201, 202}
REFUSED = {400, 422}


class HttpSms:
    """`identity.ports.SmsGateway` and `notifications.ports.SmsGateway`: POST {base}/messages."""

    def __init__(self, *, base_url: str, key: AppKey, timeout_seconds: float = 5.0) -> None:
        self._url = base_url.rstrip("/") + "/messages"
        self._key = key
        self._http = httpx2.AsyncClient(timeout=timeout_seconds, trust_env=False)

    async def send(self, *, phone: str, template: str, data: Mapping[str, str], idempotency_key: str) -> None:
        body = encoded({"phone": phone, "template": template, "data": dict(data)})
        headers = self._key.headers(body, unix_seconds=unix_now()) | {"Idempotency-Key": idempotency_key}
        try:
            answer = await self._http.post(self._url, content=body, headers=headers)
        except httpx2.HTTPError as error:
            raise Unavailable("短信平台", reason=type(error).__name__) from error
        if answer.status_code in REFUSED:
            raise MessageRefused(reason=f"sms status {answer.status_code}")
        if answer.status_code not in ACCEPTED:
            raise Unavailable("短信平台", reason=f"status {answer.status_code}")

    async def close(self) -> None:
        await self._http.aclose()
