"""Timed work on cases."""

from datetime import timedelta

from backend.cases import store
from backend.cases.receiving import deem_accepted
from backend.kernel.actors import SYSTEM
from backend.kernel.events import Context, Periodic
from backend.kernel.ports import Vault


async def deem_silent_cases_accepted(context: Context) -> None:
    """Accept by law what nobody answered in time (第三十二条第一款第四项).

    Selects what arrived at least five days ago; the use case locks and looks again at the very limit.
    """
    vault = context.ports.get(Vault)
    for case_id in await store.received_before(context.now - timedelta(days=5)):
        await deem_accepted(case_id, actor=SYSTEM, vault=vault, now=context.now)


PERIODIC = [Periodic("cases.deem_accepted", timedelta(minutes=10), deem_silent_cases_accepted)]
