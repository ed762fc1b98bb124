"""Hand one message over: claim it, send it outside any transaction, write down what came of it.

A worker that dies between sending and writing leaves its claim behind. For SMS the next worker sends
again under the same key, which is one message on the telephone. WeChat knows no such key: the message
is marked unknown and not sent there twice; a legal notice goes by SMS besides.
"""

import asyncio
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.identity.errors import NoSuchPerson
from backend.journal.service import use_case
from backend.kernel.clock import Clock
from backend.kernel.errors import Unavailable
from backend.kernel.ports import Ports, SharedState
from backend.notifications import rules, store
from backend.notifications.errors import MessageRefused
from backend.notifications.ports import Address, Contacts, SmsGateway, WeChatMessages
from backend.notifications.rules import Step
from backend.notifications.templates import TEMPLATES
from backend.notifications.types import Channel, Claim, MessageState, Outcome, StoredMessage

#: Both together stay under the ten seconds a message may take.
WECHAT_SECONDS = 5.0
SMS_SECONDS = 4.0
#: After WeChat failed, those with a telephone are told by SMS at once for so long.
WECHAT_RESTS_SECONDS = 30
RESTING = "notifications:wechat_rests"


@dataclass(frozen=True)
class Result:
    """What one try came to; `reason` is for the ledger only."""

    outcome: Outcome
    reason: str = ""


async def deliver(message_id: UUID, *, ports: Ports, clock: Clock) -> None:
    """Hand a message to WeChat, else to SMS; leave it where it is not due. Twice is harmless.

    Raises `NoSuchMessage`.
    """
    address = await _address_of(await store.person_of(message_id), ports.get(Contacts))
    for _ in Channel:
        rests = await ports.get(SharedState).get(RESTING) is not None
        claim = await _claim(message_id, address, now=clock.now(), wechat_rests=rests)
        if claim is None:
            return
        result = await _send(claim, ports, now=clock.now())
        await _write_down(claim, result, now=clock.now())
        if result.outcome is Outcome.HANDED_OVER:
            return


async def _address_of(person_id: UUID, contacts: Contacts) -> Address:
    try:
        return await contacts.of(person_id)
    except NoSuchPerson:  # erased since: the message stays in the ledger and goes nowhere
        return Address(openid=None, phone=None)


@use_case
async def _claim(message_id: UUID, address: Address, *, now: datetime, wechat_rests: bool) -> Claim | None:
    message = await store.locked(message_id)
    template = TEMPLATES[message.template]
    quota = (await store.quotas(message.person_id)).get(template.wechat, 0)
    step = rules.next_step(
        message,
        address,
        now=now,
        quota=quota,
        wechat_rests=wechat_rests,
        is_legal_notice=template.is_legal_notice,
    )
    if step is not Step.LEAVE:
        await _note_abandoned(message, now=now)
    match step:
        case Step.LEAVE:
            return None
        case Step.FAIL | Step.MARK_UNKNOWN:
            end = MessageState.FAILED if step is Step.FAIL else MessageState.UNKNOWN
            await store.settle(message.id, end)
            return None
        case Step.WECHAT:
            await store.spend(message.person_id, template.wechat)
            return await _claimed(message, Channel.WECHAT, address, now=now)
        case Step.SMS:
            return await _claimed(message, Channel.SMS, address, now=now)


async def _note_abandoned(message: StoredMessage, *, now: datetime) -> None:
    """Write down the try of a worker that died, and keep the message off WeChat from then on."""
    if message.state is MessageState.SENDING and message.channel is not None:
        await store.add_try(message.id, channel=message.channel, outcome=Outcome.UNKNOWN, at=now)
        if message.channel is Channel.WECHAT:
            await store.close_wechat(message.id)


async def _claimed(message: StoredMessage, channel: Channel, address: Address, *, now: datetime) -> Claim:
    lease_until = now + rules.LEASE
    await store.claim(message, channel=channel, lease_until=lease_until)
    return Claim(
        message_id=message.id,
        person_id=message.person_id,
        template=message.template,
        case_id=message.case_id,
        words=message.words,
        channel=channel,
        address=(address.openid if channel is Channel.WECHAT else address.phone) or "",
        may_fall_back=channel is Channel.WECHAT and address.phone is not None,
        queued_at=message.queued_at,
        tries=message.tries + 1,
        lease_until=lease_until,
    )


async def _send(claim: Claim, ports: Ports, *, now: datetime) -> Result:
    """Try one channel, in limited time. Nothing of the database is held meanwhile."""
    try:
        if claim.channel is Channel.WECHAT:
            await _send_by_wechat(claim, ports.get(WeChatMessages), now=now)
        else:
            await _send_by_sms(claim, ports.get(SmsGateway))
    except MessageRefused as refused:
        return Result(Outcome.REFUSED, refused.reason)
    except (Unavailable, TimeoutError) as failed:
        if claim.channel is Channel.WECHAT:
            await ports.get(SharedState).set(RESTING, b"1", lifetime_seconds=WECHAT_RESTS_SECONDS)
        return Result(Outcome.UNAVAILABLE, getattr(failed, "reason", "timeout"))
    return Result(Outcome.HANDED_OVER)


async def _send_by_wechat(claim: Claim, wechat: WeChatMessages, *, now: datetime) -> None:
    template = TEMPLATES[claim.template]
    async with asyncio.timeout(WECHAT_SECONDS):
        await wechat.send(
            openid=claim.address,
            template=template.wechat,
            data=rules.wechat_data(template, claim.words, at=now),
            page=rules.page_of(template, claim.case_id),
        )


async def _send_by_sms(claim: Claim, sms: SmsGateway) -> None:
    template = TEMPLATES[claim.template]
    async with asyncio.timeout(SMS_SECONDS):
        await sms.send(
            phone=claim.address,
            template=template.key,
            data=rules.sms_data(template, claim.words),
            idempotency_key=str(claim.message_id),
        )


@use_case
async def _write_down(claim: Claim, result: Result, *, now: datetime) -> None:
    """Write what a try came to. A claim somebody took over, or a message opened meanwhile, stays as it is."""
    await store.add_try(
        claim.message_id, channel=claim.channel, outcome=result.outcome, at=now, reason=result.reason
    )
    if claim.channel is Channel.WECHAT:
        await _settle_quota(claim, result.outcome)
    if not await store.is_claimed(claim.message_id, lease_until=claim.lease_until):
        return
    if result.outcome is Outcome.HANDED_OVER:
        await store.settle(claim.message_id, MessageState.HANDED_OVER, handed_over_at=now)
    elif claim.may_fall_back or (claim.channel is Channel.WECHAT and result.outcome is Outcome.REFUSED):
        await store.close_wechat(claim.message_id)
        await store.put_back(claim.message_id, not_before=now, look_at=now + rules.PATIENCE)
    elif result.outcome is Outcome.REFUSED or rules.is_given_up(claim.queued_at, now=now):
        await store.settle(claim.message_id, MessageState.FAILED)
    else:
        again = rules.retry_at(now, tries=claim.tries)
        await store.put_back(claim.message_id, not_before=again, look_at=again)


async def _settle_quota(claim: Claim, outcome: Outcome) -> None:
    """A refusal says that nothing is left; a message that could not be handed over was not used up."""
    template = TEMPLATES[claim.template].wechat
    if outcome is Outcome.REFUSED:
        await store.empty_quota(claim.person_id, template)
    elif outcome is Outcome.UNAVAILABLE:
        await store.top_up(claim.person_id, template)
