"""When a message may go, which way, what it says, and when to try again: pure."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from enum import StrEnum
from uuid import UUID

from backend.kernel.clock import in_shanghai
from backend.notifications.ports import Address
from backend.notifications.templates import Template
from backend.notifications.types import Channel, MessageState, StoredMessage

#: Nobody's telephone rings at night, except for a legal period.
QUIET_FROM = time(22)
QUIET_UNTIL = time(7)

#: Longer than both channels may take together, so that a live worker never loses its claim.
LEASE = timedelta(seconds=30)
#: The sweep looks again at a message whose worker should long have had it.
PATIENCE = timedelta(seconds=60)
FIRST_RETRY = timedelta(seconds=15)
LONGEST_RETRY = timedelta(minutes=10)
#: A message nobody could hand over for so long has failed; it stays in the inbox.
GIVE_UP_AFTER = timedelta(hours=24)

TAIL_SIGNS = 6


class Step(StrEnum):
    """What to do with a message now."""

    LEAVE = "leave"
    WECHAT = "wechat"
    SMS = "sms"
    FAIL = "fail"
    #: A worker died after claiming it for WeChat; sent or not, it must not go there twice.
    MARK_UNKNOWN = "mark_unknown"


def may_go_at(now: datetime, *, is_legal_notice: bool) -> datetime:
    """The first moment a message may go: at once by day, at seven where it falls into the night."""
    local = in_shanghai(now)
    if is_legal_notice or QUIET_UNTIL <= local.time() < QUIET_FROM:
        return local
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_UNTIL, tzinfo=local.tzinfo)


def next_step(
    message: StoredMessage,
    address: Address,
    *,
    now: datetime,
    quota: int,
    wechat_rests: bool,
    is_legal_notice: bool,
) -> Step:
    """Decide one message's next step from its row, the person's addresses and WeChat's quota."""
    is_wechat_closed = message.is_wechat_closed
    if message.state is MessageState.SENDING:
        if message.lease_until is not None and message.lease_until > now:
            return Step.LEAVE
        if message.channel is Channel.WECHAT and not (is_legal_notice and address.phone):
            return Step.MARK_UNKNOWN
        is_wechat_closed = True
    elif message.state is not MessageState.QUEUED or message.not_before > now:
        return Step.LEAVE
    if address.openid and quota > 0 and not is_wechat_closed and not (wechat_rests and address.phone):
        return Step.WECHAT
    return Step.SMS if address.phone else Step.FAIL


def retry_at(now: datetime, *, tries: int) -> datetime:
    """When to try again after so many tries: twice as long each time, ten minutes at most."""
    return now + min(LONGEST_RETRY, FIRST_RETRY * (1 << min(tries - 1, 10)))


def is_given_up(queued_at: datetime, *, now: datetime) -> bool:
    """Whether a message has been tried for long enough."""
    return now - queued_at >= GIVE_UP_AFTER


def filled(text: str, words: Mapping[str, str]) -> str:
    """A template's text with its words. Only the template's own braces are replaced."""
    return text.format_map(words)


def wechat_data(template: Template, words: Mapping[str, str], *, at: datetime) -> dict[str, str]:
    """The keywords all three of WeChat's templates share: item, number, hint, time."""
    return {
        "thing1": words["item"],
        "character_string2": words["number"],
        "thing3": filled(template.hint, words),
        "time4": in_shanghai(at).strftime("%Y-%m-%d %H:%M"),
    }


def sms_data(template: Template, words: Mapping[str, str]) -> dict[str, str]:
    """What an SMS carries: no item, no name, and of the case number its tail only."""
    return {"tail": words["tail"], "text": filled(template.sms, words)}


def page_of(template: Template, case_id: UUID | None) -> str:
    """The page of the mini-program a tap on the message opens."""
    return f"{template.page}?id={case_id}" if case_id else template.page


def words_of(*, item: str, number: str, due: str = "") -> dict[str, str]:
    """The words every template about a case may use."""
    return {"item": item, "number": number, "tail": number[-TAIL_SIGNS:], "due": due}
