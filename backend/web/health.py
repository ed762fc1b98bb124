"""Is it alive, is it ready, how does it fare: for the supervisor, the balancer and the metrics collector."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.web.operation import Permit, operation


@dataclass(frozen=True)
class Readiness:
    """Whether requests should come here, and what each part says."""

    is_ready: bool
    parts: dict[str, str]


def health_routes(readiness: Callable[[], Awaitable[Readiness]]) -> list[Route]:
    """The three routes; `readiness` asks the parts that may be missing."""

    @operation("进程是否存活", permit=Permit.ANYONE)
    async def live(request: Request) -> Response:
        return _json({"status": "live"})

    @operation("是否可以接受请求", permit=Permit.ANYONE)
    async def ready(request: Request) -> Response:
        found = await readiness()
        return _json(
            {"status": "ready" if found.is_ready else "not ready", **found.parts},
            status=200 if found.is_ready else 503,
        )

    @operation("指标", permit=Permit.ANYONE, media_type="text/plain")
    async def metrics(request: Request) -> Response:
        return Response(generate_latest(), media_type=CONTENT_TYPE_LATEST)

    return [Route("/health/live", live), Route("/health/ready", ready), Route("/metrics", metrics)]


def _json(body: dict[str, str], *, status: int = 200) -> Response:
    return Response(json.dumps(body), status_code=status, media_type="application/json")
