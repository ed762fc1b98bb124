"""Who reacts to what, and when: the tables of handlers and timed work, from every package."""

from collections.abc import Sequence

from backend.assistant import handlers as assistant_handlers
from backend.assistant import jobs as assistant_jobs
from backend.cases import handlers as case_handlers
from backend.cases import jobs as case_jobs
from backend.documents import handlers as document_handlers
from backend.identity import handlers as identity_handlers
from backend.identity import jobs as identity_jobs
from backend.journal.loop import Worker
from backend.kernel.clock import Clock
from backend.kernel.events import Context, Handler, Periodic
from backend.kernel.ports import Ports
from backend.licences import handlers as licence_handlers
from backend.notifications import handlers as notification_handlers
from backend.notifications import jobs as notification_jobs

HANDLERS: Sequence[Handler] = (
    *identity_handlers.HANDLERS,
    *case_handlers.HANDLERS,
    *document_handlers.HANDLERS,
    *licence_handlers.HANDLERS,
    *notification_handlers.HANDLERS,
    *assistant_handlers.HANDLERS,
)
PERIODIC: Sequence[Periodic] = (
    *identity_jobs.PERIODIC,
    *case_jobs.PERIODIC,
    *notification_jobs.PERIODIC,
    *assistant_jobs.PERIODIC,
)


def build_worker(*, ports: Ports, clock: Clock, poll_seconds: float = 0.2) -> Worker:
    """A worker that knows every reaction of the service."""
    return Worker(HANDLERS, PERIODIC, Context(clock, ports), poll_seconds=poll_seconds)
