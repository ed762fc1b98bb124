"""WeChat for the rest of the service: asynchronous, one retry, errors in our own words."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import anyio
import anyio.to_thread
from requests import RequestException
from wechatpy.exceptions import WeChatClientException

from backend.adapters.wechat.client import PlainClient, current_token
from backend.adapters.wechat.tokens import StableToken
from backend.assistant.errors import CustomerReplyRefused
from backend.identity.errors import PhoneAbroad, WeChatCodeRefused, WeChatTooOften
from backend.identity.types import WeChatAccount
from backend.kernel.errors import DomainError, Unavailable
from backend.kernel.ports import SharedState
from backend.notifications.errors import MessageRefused

OFFICIAL = "https://api.weixin.qq.com/"

#: The country code without which `purePhoneNumber` is nobody's: +49 151 23456789 reads like one of ours.
HOME = "86"
TOKEN_REFUSED = {40001, 40014, 42001}
#: Invalid code, code already used, user blocked by WeChat's risk control.
CODE_REFUSED = {40029, 40163, 40226}
TOO_OFTEN = {45009, 45011}
#: The person does not accept it; no such openid, template or page; data that does not fit the template.
MESSAGE_REFUSED = {43101, 40003, 40037, 41030, 47003}
#: No such openid; 48 hours or the number of replies are over; blocked; a word WeChat does not pass on.
REPLY_REFUSED = {40003, 45015, 45047, 45002, 43004, 40013, 87014}
#: WeChat refuses a `thing` longer than this.
THING_SIGNS = 20


class WeChatGateway:
    """`identity.ports.WeChatLogin`, `notifications.ports.WeChatMessages`, `assistant.ports.CustomerReplies`.

    Every blocking call runs in a thread of the gateway's own, so that a slow WeChat does not starve
    the files and passwords that also use threads. A cancelled request leaves its thread to end alone.
    """

    def __init__(
        self,
        *,
        app_id: str,
        secret: str,
        state: SharedState,
        base_url: str = OFFICIAL,
        templates: Mapping[str, str] | None = None,
        timeout: tuple[float, float] = (2, 5),
        threads: int = 16,
    ) -> None:
        self._client = PlainClient(app_id, secret, base_url=base_url, timeout=timeout, pool_size=threads)
        self._limiter = anyio.CapacityLimiter(threads)
        self._templates = dict(templates or {})
        self._token = StableToken(app_id, state=state, fetch=self._fetch_token)

    async def code_to_session(self, code: str) -> WeChatAccount:
        call = partial(self._client.wxa.code_to_session, code)
        told = await self._ask(call, refusals=_login_refusals(), with_token=False)
        return WeChatAccount(openid=_text(told, "openid"), unionid=told.get("unionid"))

    async def phone_number(self, code: str) -> str:
        told = await self._ask(partial(self._client.user_phone_number, code), refusals=_login_refusals())
        info = told.get("phone_info") or {}
        if str(info.get("countryCode")) != HOME:
            raise PhoneAbroad
        return _text(info, "purePhoneNumber")

    async def send(self, *, openid: str, template: str, data: Mapping[str, str], page: str) -> None:
        message = {
            "touser": openid,
            "template_id": self._templates.get(template, template),
            "page": page,
            "lang": "zh_CN",
            "data": {key: {"value": _fitting(key, value)} for key, value in data.items()},
        }
        await self._ask(partial(self._client.subscribe_send, message), refusals=_message_refusals())

    async def send_text(self, *, openid: str, text: str) -> None:
        refusals = {code: CustomerReplyRefused(reason=f"errcode {code}") for code in REPLY_REFUSED}
        await self._ask(partial(self._client.custom_send, openid, text), refusals=refusals)

    def close(self) -> None:
        self._client.close()

    async def _ask(
        self,
        call: Callable[[], Any],
        *,
        refusals: Mapping[int, DomainError],
        with_token: bool = True,
    ) -> Mapping[str, Any]:
        """Call WeChat and translate what it says. Raises one of `refusals` or `Unavailable`."""
        try:
            told = await (self._call_with_token(call) if with_token else self._in_thread(call))
        except WeChatClientException as error:
            if error.errcode in refusals:
                raise refusals[error.errcode] from error
            raise Unavailable("微信", reason=f"errcode {error.errcode}") from error
        except RequestException as error:
            raise Unavailable("微信", reason=type(error).__name__) from error
        if not isinstance(told, dict):
            raise Unavailable("微信", reason="answer is not JSON")
        return told

    async def _call_with_token(self, call: Callable[[], Any]) -> Any:
        """Call with the app's token; once more with a new one where WeChat refuses it."""
        token = await self._token.get()
        try:
            return await self._in_thread(call, token=token)
        except WeChatClientException as error:
            if error.errcode not in TOKEN_REFUSED:
                raise
        return await self._in_thread(call, token=await self._token.get(stale=token))

    async def _in_thread(self, call: Callable[[], Any], *, token: str | None = None) -> Any:
        mark = current_token.set(token)
        try:
            return await anyio.to_thread.run_sync(call, limiter=self._limiter, abandon_on_cancel=True)
        finally:
            current_token.reset(mark)

    async def _fetch_token(self) -> dict[str, Any]:
        told: dict[str, Any] = await self._in_thread(self._client.fetch_stable_token)
        return told


def _login_refusals() -> dict[int, DomainError]:
    return {code: WeChatCodeRefused() for code in CODE_REFUSED} | {
        code: WeChatTooOften() for code in TOO_OFTEN
    }


def _message_refusals() -> dict[int, DomainError]:
    return {code: MessageRefused(reason=f"errcode {code}") for code in MESSAGE_REFUSED}


def _text(told: Mapping[str, Any], name: str) -> str:
    value = told.get(name)
    if not isinstance(value, str) or not value:
        raise Unavailable("微信", reason=f"answer without {name}")
    return value


def _fitting(key: str, value: str) -> str:
    """Cut what WeChat would refuse for its length (`thing1`, `thing2`, ...)."""
    if key.startswith("thing") and len(value) > THING_SIGNS:
        return value[: THING_SIGNS - 1] + "…"
    return value
