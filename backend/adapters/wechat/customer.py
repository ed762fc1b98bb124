"""WeChat's customer-service messages, proven and opened by wechatpy: plain or AES, XML or JSON."""

import hmac
import json
from binascii import Error as NotBase64
from collections.abc import Mapping
from struct import error as TooShort  # noqa: N812  reads as what it means here
from typing import Any
from xml.parsers.expat import ExpatError

import xmltodict  # type: ignore[import-untyped]  # comes with wechatpy, which has no types either
from wechatpy.crypto import WeChatCrypto
from wechatpy.exceptions import InvalidAppIdException, InvalidSignatureException
from wechatpy.utils import WeChatSigner

from backend.assistant.errors import NotFromWeChat
from backend.assistant.ports import CustomerMessage, MessageKind

#: WeChat's messages are small; whatever is larger is none.
MOST_BYTES = 64 * 1024
UNREADABLE = (
    InvalidAppIdException,
    InvalidSignatureException,
    ExpatError,
    NotBase64,
    TooShort,
    ValueError,
    KeyError,
    TypeError,
    IndexError,
)


class WeChatCustomerMessages:
    """`assistant.ports.CustomerMessages`. With a key only encrypted messages are taken (安全模式)."""

    def __init__(self, *, app_id: str, token: str, aes_key: str = "") -> None:
        self._token = token
        self._crypto = WeChatCrypto(token, aes_key, app_id) if aes_key else None

    def echo(self, query: Mapping[str, str]) -> str:
        self._check(query)
        return query.get("echostr", "")[:200]

    def read(self, query: Mapping[str, str], body: bytes) -> CustomerMessage:
        self._check(query)
        try:
            return _message(self._opened(query, _parsed(body)))
        except UNREADABLE as error:
            raise NotFromWeChat from error

    def _check(self, query: Mapping[str, str]) -> None:
        """Compare in constant time; without a token of ours nothing is from WeChat."""
        signer = WeChatSigner()
        signer.add_data(self._token, query.get("timestamp", ""), query.get("nonce", ""))
        told = query.get("signature", "").encode()
        if not self._token or not hmac.compare_digest(str(signer.signature).encode(), told):
            raise NotFromWeChat

    def _opened(self, query: Mapping[str, str], outer: dict[str, Any]) -> dict[str, Any]:
        if self._crypto is None:
            return outer
        signature, timestamp = query.get("msg_signature", ""), query.get("timestamp", "")
        inner: str = self._crypto.decrypt_message(outer, signature, timestamp, query.get("nonce", ""))
        return _parsed(inner.encode())


def _parsed(body: bytes) -> dict[str, Any]:
    """XML without declarations of its own, or JSON."""
    if len(body) > MOST_BYTES:
        raise NotFromWeChat
    text = body.decode("utf-8").strip()
    if text.startswith("{"):
        told = json.loads(text)
    elif "<!" in text.replace("<![CDATA[", ""):
        raise NotFromWeChat
    else:
        told = xmltodict.parse(text)["xml"]
    if not isinstance(told, dict):
        raise NotFromWeChat
    return told


def _message(told: Mapping[str, Any]) -> CustomerMessage:
    """Events carry no number: sender and moment stand for it (as WeChat's manual says)."""
    openid, kind = str(told["FromUserName"]), str(told["MsgType"])
    number = str(told.get("MsgId") or f"{told['CreateTime']}:{told.get('Event', '')}")
    if kind == "text":
        return CustomerMessage(openid, number, MessageKind.TEXT, str(told.get("Content") or "")[:2000])
    is_entering = kind == "event" and told.get("Event") == "user_enter_tempsession"
    return CustomerMessage(openid, number, MessageKind.ENTERED if is_entering else MessageKind.OTHER)
