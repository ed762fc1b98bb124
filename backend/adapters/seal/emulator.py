"""A seal platform on loopback: seals each page once, with the sample county's own authority."""

import asyncio
import base64
from collections import OrderedDict

from pydantic import AwareDatetime, BaseModel, Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backend.adapters.emulation import Received, Stage
from backend.adapters.seal.local import LocalSeal
from backend.adapters.signing import AppKey, unix_now

KEPT = 200


class Order(BaseModel):
    """The body of POST /seals."""

    pdf: str
    reason: str = Field(min_length=1, max_length=200)
    at: AwareDatetime


class SealEmulator:
    """Takes orders signed with `key`; the same Idempotency-Key twice is one seal."""

    def __init__(self, *, key: AppKey, seal: LocalSeal) -> None:
        self.stage = Stage("模拟电子印章平台：盖过的章")
        self._key = key
        self._seal = seal
        self._sealed: OrderedDict[str, bytes] = OrderedDict()
        self._lock = asyncio.Lock()
        self.app = Starlette(routes=[Route("/seals", self._take, methods=["POST"]), *self.stage.routes()])

    async def _take(self, request: Request) -> Response:
        if fault := await self.stage.enter("seals"):
            return JSONResponse({"code": fault.errcode or 0}, status_code=fault.status or 400)
        body = await request.body()
        if not self._key.accepts(request.headers, body, unix_seconds=unix_now()):
            return JSONResponse({"code": "signature"}, status_code=401)
        try:
            order = Order.model_validate_json(body)
        except ValidationError:
            return JSONResponse({"code": "format"}, status_code=422)
        async with self._lock:
            sealed = await self._sealed_once(order, request.headers.get("idempotency-key", ""))
        return Response(sealed, media_type="application/pdf")

    async def _sealed_once(self, order: Order, key: str) -> bytes:
        if key and key in self._sealed:
            return self._sealed[key]
        sealed = await self._seal.seal(base64.b64decode(order.pdf), reason=order.reason, at=order.at)
        self.stage.inbox.append(Received("电子印章", order.reason, {"text": order.at.isoformat()}))
        self._sealed[key] = sealed
        while len(self._sealed) > KEPT:
            self._sealed.popitem(last=False)
        return sealed
