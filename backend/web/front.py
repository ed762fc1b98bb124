"""Serve the built front end from a folder; without one, say how to build it."""

from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from backend.web.operation import Permit, operation

MISSING = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>桓台一次办好</title>
<body style="font:18px/1.7 system-ui,'Noto Sans CJK SC',sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem">
<h1>网页还没有构建</h1><p>接口、工作台和证照核验可以使用。安装 Node.js 20 以上后再运行一次 <code>make run</code>，
这里就会出现居民使用的页面。</p><p><a href="/console">工作台</a> · <a href="/verify">证照核验</a> ·
<a href="/api/docs">接口文档</a></p>"""


class Assets(StaticFiles):
    """Files whose names carry a hash of their content: kept by browsers for a year."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = "public, max-age=31536000, immutable"
        return response


def front_routes(folder: Path) -> list[BaseRoute]:
    """The page at `/` and its assets. The page itself is asked for anew each time."""
    index = folder / "index.html"

    @operation("居民页面", permit=Permit.ANYONE, media_type="text/html")
    async def home(request: Request) -> Response:
        if not index.is_file():
            return HTMLResponse(MISSING)
        return FileResponse(index, headers={"Cache-Control": "no-cache"})

    routes: list[BaseRoute] = [Route("/", home)]
    for part in ("assets", "static"):
        if (folder / part).is_dir():
            routes.append(Mount(f"/{part}", Assets(directory=folder / part)))
    return routes
