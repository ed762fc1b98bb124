"""What the service is compared with: a bare JSON answer, and one row read through the ORM.

Started as `uvicorn tests.bench.ceilings:bare_json` and `...:one_row` by `tests/bench/bench.py`.
"""

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse
from starlette.routing import Route
from tortoise import Tortoise, fields
from tortoise.models import Model

from backend.adapters.database.opening import connection
from backend.assistant.library import library
from backend.settings import Settings


class CeilingRow(Model):
    id = fields.BigIntField(primary_key=True)
    number = fields.CharField(32)
    state = fields.CharField(16)
    version = fields.IntField(default=1)

    class Meta:
        table = "bench_ceiling_row"


async def _json(request: Request) -> JSONResponse:
    items = ["预包装食品销售"] * 3
    return JSONResponse({"id": 1, "number": "370321-20261123-00001", "state": "received", "items": items})


async def _row(request: Request) -> JSONResponse:
    row = await CeilingRow.get(id=1)
    return JSONResponse({"id": row.id, "number": row.number, "state": row.state, "version": row.version})


@asynccontextmanager
async def _with_one_row(app: Starlette) -> AsyncIterator[None]:
    """Open the database the bench names, with the engine and the pool the service itself uses."""
    settings = Settings(database_url=os.environ["DATABASE_URL"], data_dir=Path())
    await Tortoise.init(
        config={
            "connections": {"default": connection(settings)},
            "apps": {"bench": {"models": ["tests.bench.ceilings"], "default_connection": "default"}},
        },
        _enable_global_fallback=True,
    )
    await Tortoise.generate_schemas(safe=True)
    first = {"number": "370321-20261123-00001", "state": "received"}
    await CeilingRow.get_or_create(id=1, defaults=first)
    yield
    await Tortoise.close_connections()


bare_json = Starlette(routes=[Route("/", _json)])
one_row = Starlette(routes=[Route("/", _row)], lifespan=_with_one_row)


async def _understood(request: Request) -> JSONResponse:
    """The engine alone behind HTTP: the service itself allows one caller forty questions a minute."""
    meant = library().engine.understand(request.query_params.get("q", ""))
    ranked = [candidate.name for candidate in meant.ranked]
    return JSONResponse({"action": meant.action, "ranked": ranked, "score": meant.score})


understanding = Starlette(routes=[Route("/", _understood)])
