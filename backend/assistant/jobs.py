"""Timed work: forget old questions, end silent conversations."""

from datetime import timedelta

from backend.assistant import handing_over, questions
from backend.kernel.events import Context, Periodic


async def forget_old(context: Context) -> None:
    """Delete what is older than ninety days."""
    await questions.forget_old(now=context.now)


async def end_silent(context: Context) -> None:
    """End conversations that nobody goes on with."""
    await handing_over.end_silent(now=context.now)


PERIODIC = [
    Periodic("assistant.forget_old", timedelta(hours=12), forget_old),
    Periodic("assistant.end_silent", timedelta(minutes=10), end_silent),
]
