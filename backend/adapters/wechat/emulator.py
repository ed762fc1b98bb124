"""WeChat's server as the gateway sees it, on loopback: same addresses, same errcodes, same forgetfulness."""

import base64
import hashlib
import itertools
import secrets
from collections import Counter
from typing import Any

import httpx2
from pydantic import BaseModel, ValidationError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from backend.adapters.emulation import Received, Stage
from backend.adapters.wechat.pushing import pushed, text_message

TOKEN_SECONDS = 7200
ERRMSG = {
    -1: "system error",
    40001: "invalid credential, access_token is invalid or not latest",
    40003: "invalid openid",
    40013: "invalid appid",
    40029: "invalid code",
    40037: "invalid template_id",
    40125: "invalid appsecret",
    40163: "code been used",
    41008: "missing code",
    43101: "user refuse to accept the msg",
    45002: "content size out of limit",
    45011: "api minute-quota reach limit, must slower, retry next minute",
    47001: "data format error",
}


class Grant(BaseModel):
    """A tap on 允许: so many more messages of one template."""

    openid: str
    template: str
    count: int = 1


class SubscribeMessage(BaseModel):
    """The body of message/subscribe/send."""

    touser: str
    template_id: str
    page: str = ""
    data: dict[str, dict[str, str]]


class CustomReply(BaseModel):
    """The body of message/custom/send."""

    touser: str
    msgtype: str
    text: dict[str, str]


class Writing(BaseModel):
    """Somebody writes to the office's customer service; `to` is the address of the service."""

    to: str
    text: str
    account: str = "wang"
    number: str = ""
    is_json: bool = False


class WeChatEmulator:
    """A WeChat of one mini-program.

    A sign-in code `somebody@7` belongs to the account `somebody`, any other code to an account of
    its own; `bad…` is invalid; each code works once (40163). A phone code `phone:19900001234` gives
    that number. `free_messages` of every template go to a person without a tap on 允许 (43101 after).
    """

    def __init__(
        self, *, app_id: str, secret: str, free_messages: int = 0, token: str = "", aes_key: str = ""
    ) -> None:
        self.stage = Stage("模拟微信：订阅消息")
        self._app_id, self._secret = app_id, secret
        self._free_messages = free_messages
        self._push_token, self._aes_key = token, aes_key
        self._token = ""
        self._serial = itertools.count(1)
        self._used: set[str] = set()
        self._granted: Counter[tuple[str, str]] = Counter()
        self._sent: Counter[tuple[str, str]] = Counter()
        self.app = Starlette(
            routes=[
                Route("/cgi-bin/stable_token", self._stable_token, methods=["POST"]),
                Route("/cgi-bin/token", self._plain_token),
                Route("/sns/jscode2session", self._code_to_session),
                Route("/wxa/business/getuserphonenumber", self._phone_number, methods=["POST"]),
                Route("/cgi-bin/message/subscribe/send", self._send, methods=["POST"]),
                Route("/cgi-bin/message/custom/send", self._custom_send, methods=["POST"]),
                Route("/_control/grants", self._grant, methods=["POST"]),
                Route("/_control/messages", self._write, methods=["POST"]),
                *self.stage.routes(),
            ]
        )

    def openid_of(self, account: str) -> str:
        """The openid under which this mini-program knows an account: 28 signs, always the same."""
        digest = hashlib.sha256(f"{self._app_id}/{account}".encode()).digest()
        return "o" + base64.urlsafe_b64encode(digest).decode()[:27]

    def grant(self, grant: Grant) -> None:
        """Let somebody receive more messages of a template."""
        self._granted[grant.openid, grant.template] += grant.count

    def forget_token(self) -> None:
        """Make the token that is out there invalid, as WeChat does at times."""
        self._token = ""

    async def _stable_token(self, request: Request) -> Response:
        if trouble := await self._trouble("cgi-bin/stable_token"):
            return trouble
        form = await _json(request)
        if refusal := self._check_app(form.get("appid"), form.get("secret")):
            return refusal
        if not self._token or form.get("force_refresh"):
            self._token = self._new_token()
        return JSONResponse({"access_token": self._token, "expires_in": TOKEN_SECONDS})

    async def _plain_token(self, request: Request) -> Response:
        if trouble := await self._trouble("cgi-bin/token"):
            return trouble
        asked = request.query_params
        if refusal := self._check_app(asked.get("appid"), asked.get("secret")):
            return refusal
        self._token = self._new_token()  # the one before is invalid from here on
        return JSONResponse({"access_token": self._token, "expires_in": TOKEN_SECONDS})

    async def _code_to_session(self, request: Request) -> Response:
        if trouble := await self._trouble("sns/jscode2session"):
            return trouble
        asked = request.query_params
        if refusal := self._check_app(asked.get("appid"), asked.get("secret")):
            return refusal
        code = asked.get("js_code", "")
        if refusal := self._check_code(code):
            return refusal
        session_key = base64.b64encode(secrets.token_bytes(16)).decode()
        return JSONResponse({"openid": self.openid_of(code.split("@")[0]), "session_key": session_key})

    async def _phone_number(self, request: Request) -> Response:
        if trouble := await self._trouble("wxa/business/getuserphonenumber", request):
            return trouble
        code = str((await _json(request)).get("code", ""))
        if refusal := self._check_code(code):
            return refusal
        country, _, told = code.removeprefix("phone:").split("@")[0].rpartition("-")
        phone = told if told.isdigit() and len(told) == 11 else _phone_for(code)
        info = {
            "phoneNumber": f"+{country}{phone}" if country else phone,
            "purePhoneNumber": phone,
            "countryCode": country or "86",
        }
        return JSONResponse({"errcode": 0, "errmsg": "ok", "phone_info": info})

    async def _send(self, request: Request) -> Response:
        if trouble := await self._trouble("cgi-bin/message/subscribe/send", request):
            return trouble
        try:
            message = SubscribeMessage.model_validate_json(await request.body())
        except ValidationError:
            return _error(47001)
        key = (message.touser, message.template_id)
        if self._sent[key] >= self._free_messages + self._granted[key]:
            return _error(43101)
        self._sent[key] += 1
        values = {name: each.get("value", "") for name, each in message.data.items()}
        data = {**values, "page": message.page}
        self.stage.inbox.append(Received(message.touser, message.template_id, data))
        return JSONResponse({"errcode": 0, "errmsg": "ok", "msgid": next(self._serial)})

    async def _custom_send(self, request: Request) -> Response:
        if trouble := await self._trouble("cgi-bin/message/custom/send", request):
            return trouble
        try:
            reply = CustomReply.model_validate_json(await request.body())
        except ValidationError:
            return _error(47001)
        if len(reply.text.get("content", "").encode()) > 2048:
            return _error(45002)
        self.stage.inbox.append(Received(reply.touser, "客服消息", {"text": reply.text.get("content", "")}))
        return JSONResponse({"errcode": 0, "errmsg": "ok"})

    async def write(self, writing: Writing) -> int:
        """Push what somebody writes to the service, as WeChat does; the status it answered with."""
        number = writing.number or str(next(self._serial) + 10**18)
        message = text_message(self.openid_of(writing.account), writing.text, number=number)
        push = pushed(
            message,
            app_id=self._app_id,
            token=self._push_token,
            aes_key=self._aes_key,
            is_json=writing.is_json,
        )
        async with httpx2.AsyncClient(trust_env=False, timeout=5) as http:
            headers = {"Content-Type": push.media_type}
            told = await http.post(writing.to, params=dict(push.query), content=push.body, headers=headers)
        return told.status_code

    async def _write(self, request: Request) -> Response:
        writing = Writing.model_validate_json(await request.body())
        return JSONResponse({"status": await self.write(writing)})

    async def _grant(self, request: Request) -> Response:
        self.grant(Grant.model_validate_json(await request.body()))
        return Response(status_code=204)

    async def _trouble(self, path: str, request: Request | None = None) -> Response | None:
        """A planned fault, or a wrong access token where the request must carry one."""
        if request is not None:
            await request.body()  # has arrived, though the caller may be gone before a slow answer
        fault = await self.stage.enter(path)
        if fault:
            return Response(status_code=fault.status) if fault.status else _error(fault.errcode or -1)
        if request is not None:
            token = request.query_params.get("access_token", "")
            if not self._token or not secrets.compare_digest(token, self._token):
                return _error(40001)
        return None

    def _check_app(self, app_id: str | None, secret: str | None) -> Response | None:
        if app_id != self._app_id:
            return _error(40013)
        return None if secret == self._secret else _error(40125)

    def _check_code(self, code: str) -> Response | None:
        if not code:
            return _error(41008)
        if code.startswith("bad"):
            return _error(40029)
        if code in self._used:
            return _error(40163)
        self._used.add(code)
        return None

    def _new_token(self) -> str:
        return f"{next(self._serial)}_{secrets.token_urlsafe(32)}"


def _error(errcode: int) -> Response:
    """WeChat answers refusals with status 200."""
    return JSONResponse({"errcode": errcode, "errmsg": ERRMSG.get(errcode, "error")})


def _phone_for(code: str) -> str:
    return f"1990000{int(hashlib.sha256(code.encode()).hexdigest(), 16) % 10000:04d}"


async def _json(request: Request) -> dict[str, Any]:
    told = await request.json()
    return told if isinstance(told, dict) else {}
