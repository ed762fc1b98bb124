"""Timed work: look for messages that nobody handed over."""

from datetime import timedelta

from backend.kernel.events import Context, Periodic
from backend.notifications import service


async def sweep(context: Context) -> None:
    """Queue put-off messages and those of dead workers again."""
    await service.remind_of_overlooked(now=context.now)


#: Often enough that a message put off until seven goes at seven.
PERIODIC = [Periodic("notifications.sweep", timedelta(seconds=5), sweep)]
