"""A population register on loopback, in which every well-formed invented person exists."""

from collections.abc import Mapping

from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backend.adapters.emulation import Stage
from backend.adapters.signing import AppKey, unix_now
from backend.identity.rules import read_id_number


class Check(BaseModel):
    """The body of POST /checks."""

    name: str
    id_number: str


class RealNameEmulator:
    """Knows the names in `register`; an ID number it does not list belongs to whoever first says so.

    A number with a wrong check sign has no record, as in the real register.
    """

    def __init__(self, *, key: AppKey, register: Mapping[str, str] | None = None) -> None:
        self.stage = Stage("模拟实名核验")
        self._key = key
        self._names = dict(register or {})
        self.app = Starlette(routes=[Route("/checks", self._check, methods=["POST"]), *self.stage.routes()])

    async def _check(self, request: Request) -> Response:
        if fault := await self.stage.enter("checks"):
            return JSONResponse({"code": fault.errcode or 0}, status_code=fault.status or 400)
        body = await request.body()
        if not self._key.accepts(request.headers, body, unix_seconds=unix_now()):
            return JSONResponse({"code": "signature"}, status_code=401)
        try:
            asked = Check.model_validate_json(body)
        except ValidationError:
            return JSONResponse({"code": "format"}, status_code=422)
        return JSONResponse({"result": self._result(asked)})

    def _result(self, asked: Check) -> str:
        if read_id_number(asked.id_number) is None:
            return "no_record"
        known = self._names.setdefault(asked.id_number, asked.name)
        return "match" if known == asked.name else "mismatch"
