"""Timed work on cases."""

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

    Selects by the clocks; the use case locks the case and looks again.
    """
    vault = context.ports.get(Vault)
    for case_id in await timelimits.passed(LimitKind.CORRECTION, today=legal_day(context.now)):
        await deem_accepted(case_id, actor=SYSTEM, vault=vault, now=context.now)


PERIODIC = [Periodic("cases.deem_accepted", timedelta(minutes=10), deem_silent_cases_accepted)]
