"""Timed work on cases."""

import asyncio
from datetime import timedelta

from backend.cases.receiving import deem_accepted
from backend.kernel.actors import SYSTEM
from backend.kernel.clock import legal_day
from backend.kernel.events import Context, Periodic
from backend.kernel.ports import Vault
from backend.timelimits import service as timelimits
from backend.timelimits.types import LimitKind


async def deem_silent_cases_accepted(context: Context) -> None:
    """Accept by law what nobody answered in time (第三十二条第一款第四项).

    Selects by the clocks; the use case locks the case and looks again. A case that fails does not keep
    the others from their right; all faults are raised together at the end.
    """
    vault, faults = context.ports.get(Vault), []
    for case_id in await timelimits.passed(LimitKind.CORRECTION, today=legal_day(context.now)):
        deeming = deem_accepted(case_id, actor=SYSTEM, vault=vault, now=context.now)
        (outcome,) = await asyncio.gather(deeming, return_exceptions=True)
        if isinstance(outcome, Exception):
            faults.append(outcome)
    if faults:
        raise ExceptionGroup("some silent cases could not be accepted", faults)


PERIODIC = [Periodic("cases.deem_accepted", timedelta(minutes=10), deem_silent_cases_accepted)]
