"""A customer-service message as WeChat pushes it to a service: signed, plain or AES, XML or JSON."""

import json
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from wechatpy.crypto import PrpCrypto, WeChatCrypto
from wechatpy.utils import WeChatSigner


@dataclass(frozen=True)
class Push:
    """What goes over the wire."""

    query: Mapping[str, str]
    body: bytes
    media_type: str


def pushed(
    message: Mapping[str, str], *, app_id: str, token: str, aes_key: str = "", is_json: bool = False
) -> Push:
    """Sign a message, and encrypt it where a key is given."""
    timestamp, nonce = str(int(time.time())), secrets.token_hex(8)
    query = {"timestamp": timestamp, "nonce": nonce, "signature": _signature(token, timestamp, nonce)}
    told = dict(message)
    if aes_key:
        key = WeChatCrypto(token, aes_key, app_id).key
        encrypted = PrpCrypto(key).encrypt(_written(told, is_json=is_json), app_id).decode()
        query |= {"encrypt_type": "aes", "msg_signature": _signature(token, timestamp, nonce, encrypted)}
        told = {"ToUserName": message["ToUserName"], "Encrypt": encrypted}
    media_type = "application/json" if is_json else "text/xml"
    return Push(query, _written(told, is_json=is_json).encode(), media_type)


def text_message(openid: str, text: str, *, number: str) -> dict[str, str]:
    """A text somebody wrote in the mini-program's customer service."""
    return {
        "ToUserName": "gh_sample_county",
        "FromUserName": openid,
        "CreateTime": str(int(time.time())),
        "MsgType": "text",
        "Content": text,
        "MsgId": number,
    }


def _written(told: Mapping[str, str], *, is_json: bool) -> str:
    if is_json:
        return json.dumps(told, ensure_ascii=False)
    return "<xml>" + "".join(f"<{key}>{escape(value)}</{key}>" for key, value in told.items()) + "</xml>"


def _signature(*parts: str) -> str:
    signer = WeChatSigner()
    signer.add_data(*parts)
    return str(signer.signature)
