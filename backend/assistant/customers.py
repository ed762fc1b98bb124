"""Messages people write to the office in WeChat: taken once, answered by the worker, sent once.

The request only stores the message, so that WeChat gets its answer well within five seconds. Sender and
text are sealed in the tables.
"""

import hashlib
import json
from datetime import datetime
from uuid import NAMESPACE_OID, UUID, uuid5

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from backend.assistant.errors import CustomerReplyRefused
from backend.assistant.events import CustomerReplyOwed, CustomerWrote
from backend.assistant.models import CustomerMessageRow, CustomerReplyRow
from backend.assistant.ports import CustomerMessage, CustomerReplies, MessageKind
from backend.journal.service import publish, use_case
from backend.kernel.errors import Unavailable
from backend.kernel.ids import new_id
from backend.kernel.ports import Vault

MESSAGE, REPLY, OPENID = "assistant.message", "assistant.reply", "assistant.openid"
#: WeChat takes 2,048 bytes; a 汉字 has three.
LONGEST_REPLY = 600
OWED, SENDING, SENT, REFUSED = "owed", "sending", "sent", "refused"


@use_case
async def receive(message: CustomerMessage, *, vault: Vault, now: datetime) -> bool:
    """Take a message; False for one that was delivered before."""
    content = {"openid": message.openid, "kind": message.kind.value, "text": message.text}
    message_id = new_id()
    try:
        async with in_transaction("default"):
            await CustomerMessageRow.create(
                id=message_id,
                key=hashlib.sha256(f"{message.openid}:{message.number}".encode()).hexdigest(),
                sealed=vault.seal(json.dumps(content, ensure_ascii=False), purpose=MESSAGE),
                received_at=now,
            )
    except IntegrityError:
        return False
    publish(CustomerWrote(message_id=message_id, at=now))
    return True


async def unanswered(message_id: UUID, *, vault: Vault) -> CustomerMessage | None:
    """A message that still waits for its answer."""
    row = await CustomerMessageRow.get_or_none(id=message_id, is_answered=False)
    if row is None:
        return None
    content = json.loads(vault.open(bytes(row.sealed), purpose=MESSAGE))
    return CustomerMessage(content["openid"], str(message_id), MessageKind(content["kind"]), content["text"])


@use_case
async def answer(message_id: UUID, text: str, *, openid: str, vault: Vault, now: datetime) -> None:
    """Note the answer to a message, once, and owe it; an empty text is no answer to send."""
    if not await CustomerMessageRow.filter(id=message_id, is_answered=False).update(is_answered=True):
        return
    if text:
        await owe(openid, text, vault=vault, now=now, reply_id=uuid5(NAMESPACE_OID, str(message_id)))


@use_case
async def owe(openid: str, text: str, *, vault: Vault, now: datetime, reply_id: UUID | None = None) -> None:
    """Queue a text for somebody in WeChat."""
    made = reply_id or new_id()
    shown = text if len(text) <= LONGEST_REPLY else text[: LONGEST_REPLY - 20] + "……其余请打开小程序看。"
    content = json.dumps({"openid": openid, "text": shown}, ensure_ascii=False)
    sealed = vault.seal(content, purpose=REPLY)
    await CustomerReplyRow.create(id=made, sealed=sealed, state=OWED, owed_at=now)
    publish(CustomerReplyOwed(reply_id=made, at=now))


async def send(reply_id: UUID, *, replies: CustomerReplies, vault: Vault) -> None:
    """Hand a reply to WeChat. A worker that died while sending leaves it unsent: better than twice.

    Raises `Unavailable`; the worker then tries again.
    """
    if not await CustomerReplyRow.filter(id=reply_id, state=OWED).update(state=SENDING):
        return
    row = await CustomerReplyRow.get(id=reply_id)
    content = json.loads(vault.open(bytes(row.sealed), purpose=REPLY))
    try:
        await replies.send_text(openid=content["openid"], text=content["text"])
    except CustomerReplyRefused:
        await _settle(reply_id, REFUSED)
        return
    except Unavailable:
        await _settle(reply_id, OWED)
        raise
    await _settle(reply_id, SENT)


async def _settle(reply_id: UUID, state: str) -> None:
    await CustomerReplyRow.filter(id=reply_id, state=SENDING).update(state=state)


def seal_openid(openid: str, *, vault: Vault) -> bytes:
    return vault.seal(openid, purpose=OPENID)


def session_of(openid: str, *, vault: Vault) -> str:
    """The conversation of somebody in WeChat; it cannot be made from the openid without our key."""
    return "wx-" + vault.digest(openid, purpose=OPENID)[:48]
