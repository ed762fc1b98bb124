"""An SMS platform on loopback, with an inbox anybody at this machine can read."""

import itertools

from pydantic import BaseModel, Field, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backend.adapters.emulation import Received, Stage
from backend.adapters.signing import AppKey, unix_now


class Message(BaseModel):
    """The body of POST /messages."""

    phone: str = Field(pattern=r"^1[3-9]\d{9}$")
    template: str
    data: dict[str, str]


class SmsEmulator:
    """Takes messages signed with `key`; the same Idempotency-Key twice is one message."""

    def __init__(self, *, key: AppKey) -> None:
        self.stage = Stage("模拟短信平台：收到的短信")
        self._key = key
        self._serial = itertools.count(1)
        self._known: dict[str, int] = {}
        self.app = Starlette(routes=[Route("/messages", self._take, methods=["POST"]), *self.stage.routes()])

    async def _take(self, request: Request) -> Response:
        body = await request.body()  # has arrived, though the caller may be gone before a slow answer
        if fault := await self.stage.enter("messages"):
            return JSONResponse({"code": fault.errcode or 0}, status_code=fault.status or 400)
        if not self._key.accepts(request.headers, body, unix_seconds=unix_now()):
            return JSONResponse({"code": "signature"}, status_code=401)
        try:
            message = Message.model_validate_json(body)
        except ValidationError:
            return JSONResponse({"code": "format"}, status_code=422)
        return JSONResponse({"message_id": self._keep(message, request)}, status_code=202)

    def _keep(self, message: Message, request: Request) -> int:
        key = request.headers.get("idempotency-key") or f"none-{next(self._serial)}"
        if key not in self._known:
            self._known[key] = next(self._serial)
            self.stage.inbox.append(Received(message.phone, message.template, message.data))
        return self._known[key]
