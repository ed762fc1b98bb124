"""How the county's plain HTTP gateways (短信平台, 人口库核验) know who calls: an HMAC over time and body."""

import hashlib
import hmac
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass

#: A signature is good for so long, either way.
SKEW_SECONDS = 300


@dataclass(frozen=True)
class AppKey:
    """The name and the secret an outside system gave us."""

    name: str
    secret: str

    def headers(self, body: bytes, *, unix_seconds: int) -> dict[str, str]:
        """The headers that sign a body."""
        return {
            "Content-Type": "application/json",
            "X-App-Key": self.name,
            "X-Timestamp": str(unix_seconds),
            "X-Signature": self.signature(body, unix_seconds=unix_seconds),
        }

    def signature(self, body: bytes, *, unix_seconds: int) -> str:
        message = str(unix_seconds).encode() + b"\n" + body
        return hmac.new(self.secret.encode(), message, hashlib.sha256).hexdigest()

    def accepts(self, headers: Mapping[str, str], body: bytes, *, unix_seconds: int) -> bool:
        """Whether a request is signed by this key, and lately."""
        told = headers.get("x-timestamp", "")
        if headers.get("x-app-key") != self.name or not told.isdigit():
            return False
        if abs(unix_seconds - int(told)) > SKEW_SECONDS:
            return False
        expected = self.signature(body, unix_seconds=int(told))
        return hmac.compare_digest(expected, headers.get("x-signature", ""))


def encoded(form: Mapping[str, object]) -> bytes:
    """The body, byte for byte as it is signed and sent."""
    return json.dumps(form, ensure_ascii=False, separators=(",", ":")).encode()


def unix_now() -> int:
    """Signatures need the machine's true time, not the office's clock that a rehearsal may move."""
    return int(time.time())
