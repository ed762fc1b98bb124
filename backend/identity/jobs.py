"""Timed work of identity: what has served its purpose is deleted (个人信息保护法 第十九条)."""

from datetime import timedelta

from backend.identity import store
from backend.kernel.events import Context, Periodic

#: The daily limit counts codes of the last 24 hours; older rows serve nothing.
PHONE_CODES_KEPT = timedelta(days=2)
#: Sign-ins themselves stay in the journal for six months and more.
SESSIONS_KEPT = timedelta(days=30)


async def delete_spent_codes_and_sessions(context: Context) -> None:
    """Delete phone codes of the day before yesterday and sessions that ended a month ago."""
    await store.delete_phone_codes_before(context.now - PHONE_CODES_KEPT)
    await store.delete_sessions_ended_before(context.now - SESSIONS_KEPT)


PERIODIC = [
    Periodic("identity.delete_spent", every=timedelta(hours=1), run=delete_spent_codes_and_sessions),
]
