"""Codes that prove a phone (private to identity; use it through `service`)."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from backend.identity import rules, store
from backend.identity.errors import PhoneCodeOver, PhoneCodesUsedUp, PhoneCodeTooSoon, PhoneCodeWrong
from backend.identity.events import PhoneCodeRequested
from backend.identity.models import PhoneCode
from backend.identity.ports import SmsGateway
from backend.identity.types import PhoneCodeReceipt
from backend.journal.service import publish, use_case
from backend.kernel.ids import new_id
from backend.kernel.ports import Vault

PHONE = "identity.phone"
CODE = "identity.phone_code"
#: The SMS platform's registered template; `code` and `minutes` fill it.
TEMPLATE = "phone_code"


@use_case
async def request_phone_code(phone: str, *, vault: Vault, now: datetime) -> PhoneCodeReceipt:
    """Make a code for a phone; the worker sends it. An earlier code stops working.

    Raises `PhoneCodeTooSoon` within 60 seconds of the last, `PhoneCodesUsedUp` after ten in a day.
    """
    digest = vault.digest(phone, purpose=PHONE)
    last = await store.last_phone_code(digest)
    if last and (wait := rules.wait_before_resend(last.created_at, now=now)):
        raise PhoneCodeTooSoon(wait)
    if await store.phone_codes_since(digest, now - timedelta(days=1)) >= rules.PHONE_CODES_A_DAY:
        raise PhoneCodesUsedUp
    code_id = new_id()
    code = f"{secrets.randbelow(10**rules.PHONE_CODE_DIGITS):0{rules.PHONE_CODE_DIGITS}d}"
    await store.add_phone_code(
        PhoneCode(
            id=code_id,
            phone_digest=digest,
            phone_sealed=vault.seal(phone, purpose=PHONE),
            code_digest=_digest(code_id, code, vault),
            code_sealed=vault.seal(code, purpose=CODE),
            created_at=now,
            expires_at=now + rules.PHONE_CODE_LIFETIME,
        )
    )
    publish(PhoneCodeRequested(at=now, code_id=code_id))
    return PhoneCodeReceipt(code_id, int(rules.PHONE_CODE_RESEND_AFTER.total_seconds()))


async def deliver_phone_code(code_id: UUID, *, sms: SmsGateway, vault: Vault, now: datetime) -> None:
    """Hand a waiting code to the SMS platform and forget it in clear; an old or sent one is left alone.

    May run twice: the platform takes a message with the same key once.
    """
    row = await store.phone_code(code_id)
    if row is None or row.code_sealed is None or row.phone_sealed is None:
        return
    if now < row.expires_at and row.used_at is None:
        data = {
            "code": vault.open(row.code_sealed, purpose=CODE),
            "minutes": str(int(rules.PHONE_CODE_LIFETIME.total_seconds()) // 60),
        }
        phone = vault.open(row.phone_sealed, purpose=PHONE)
        await sms.send(phone=phone, template=TEMPLATE, data=data, idempotency_key=str(code_id))
    await store.erase_code(row)


async def spend_code(
    phone: str, code: str, *, vault: Vault, now: datetime
) -> PhoneCodeWrong | PhoneCodeOver | None:
    """Use up the phone's latest code; the refusal is returned, so that a counted try is committed."""
    row = await store.last_phone_code(vault.digest(phone, purpose=PHONE))
    if row is None or row.used_at or now >= row.expires_at or not await store.count_code_try(row):
        return PhoneCodeOver()
    if not secrets.compare_digest(row.code_digest, _digest(row.id, code, vault)):
        tries_left = rules.PHONE_CODE_TRIES - row.tries - 1
        return PhoneCodeWrong(tries_left) if tries_left > 0 else PhoneCodeOver()
    return None if await store.use_code(row, now=now) else PhoneCodeOver()


def _digest(code_id: UUID, code: str, vault: Vault) -> str:
    """A million codes are quickly tried: only the keyed digest of this row's code is kept."""
    return vault.digest(f"{code_id}:{code}", purpose=CODE)
