"""The web application, put together: ports in, routes out, database and worker in the lifespan."""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from functools import cache
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from tortoise.contrib.starlette import RegisterTortoise

from backend.adapters.database import opening
from backend.assistant import routes as assistant
from backend.assistant.library import library
from backend.cases import routes as cases
from backend.catalog import routes as catalog
from backend.catalog import service as items
from backend.console import routes as console
from backend.documents import routes as documents
from backend.identity import routes as identity
from backend.journal import store as journal
from backend.kernel.clock import Clock
from backend.kernel.ports import Ports
from backend.licences import routes as licences
from backend.migrations import service as migrations
from backend.notifications import routes as notifications
from backend.settings import Settings
from backend.web.errors import HANDLERS
from backend.web.front import front_routes
from backend.web.health import Readiness, health_routes
from backend.web.openapi import document
from backend.web.reference import reference_routes
from backend.web.tracing import Tracing
from backend.worker import build_worker

TITLE = "桓台一次办好"
VERSION = "0.1.0"
#: Every body but an upload's is small.
BODY_BYTES = 1024 * 1024
#: A job may wait this long before the process calls itself not ready.
STALE_SECONDS = 900.0


def build_app(settings: Settings, *, ports: Ports, clock: Clock) -> Starlette:
    """Build the application. Tests call it with ports in memory; the commands with what settings say."""
    app = Starlette(
        routes=all_routes(settings),
        exception_handlers=HANDLERS,
        middleware=[Middleware(Tracing)],
        lifespan=_lifespan(settings, ports=ports, clock=clock),
        max_body_size=BODY_BYTES,
    )
    app.state.ports, app.state.clock = ports, clock
    return app


def all_routes(settings: Settings) -> list[BaseRoute]:
    return [
        *api_routes(),
        *console.ROUTES,
        *reference_routes(api_document),
        *health_routes(readiness),
        *front_routes(settings.h5_dir),
    ]


def api_routes() -> list[BaseRoute]:
    """The routes other programs rely on, and the public pages of the same packages."""
    # The directory first: routes are tried in turn, and most requests are for it.
    packages: Sequence[Any] = (catalog, identity, cases, documents, licences, notifications, assistant)
    return [route for package in packages for route in package.ROUTES]


@cache
def api_document() -> dict[str, Any]:
    """The OpenAPI document; it depends on nothing but the code."""
    return document(api_routes(), title=TITLE, version=VERSION)


async def readiness() -> Readiness:
    """Ready means: the database answers, its tables are the newest, and jobs are being done."""
    try:
        missing = await migrations.pending()
        waited = await journal.oldest_wait_seconds()
    except Exception as error:
        return Readiness(is_ready=False, parts={"database": type(error).__name__})
    return Readiness(
        is_ready=not missing and waited < STALE_SECONDS,
        parts={
            "database": "ok",
            "migrations": f"{len(missing)} missing" if missing else "ok",
            "oldest_job_seconds": f"{waited:.0f}",
        },
    )


def _lifespan(
    settings: Settings, *, ports: Ports, clock: Clock
) -> Callable[[Starlette], AbstractAsyncContextManager[None]]:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with RegisterTortoise(app, config=opening.config(settings)):
            await library().ready()
            await items.warm(now=clock.now())
            stop = asyncio.Event()
            worker = build_worker(ports=ports, clock=clock, poll_seconds=settings.worker_poll_seconds)
            task = asyncio.create_task(worker.run(stop)) if settings.embedded_worker else None
            try:
                yield
            finally:
                stop.set()
                if task:
                    await task

    return lifespan
