"""The API document, for programs (`/api/v1/openapi.json`) and for people (`/api/docs`, no script, no foreign host)."""

import json
from collections.abc import Callable
from html import escape
from typing import Any

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from backend.web.operation import Permit, operation

PERMITS = {"anyone": "任何人", "person": "登录的申请人", "officer": "工作人员", "signed_in": "已登录"}
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>{title} 接口</title>
<meta name="viewport" content="width=device-width">
<style>body{{font:16px/1.6 system-ui,"Noto Sans CJK SC",sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1c2430}}
code{{font:15px ui-monospace,monospace}}h2{{margin-top:2.5rem;border-bottom:1px solid #d5dae2}}
details{{margin:.4rem 0;padding:.6rem .9rem;border:1px solid #d5dae2;border-radius:8px}}summary{{cursor:pointer}}
b{{display:inline-block;min-width:4.2rem;color:#0b57b7}}small{{color:#4a5565}}pre{{overflow:auto;background:#f4f6f9;padding:.8rem}}</style>
<h1>{title} 接口</h1><p>机器可读：<a href="/api/v1/openapi.json">openapi.json</a>（OpenAPI 3.1）。</p>{body}"""


def reference_routes(document: Callable[[], dict[str, Any]]) -> list[Route]:
    """Serve the document as JSON and as a page."""

    @operation("接口文档（机器可读）", permit=Permit.ANYONE)
    async def openapi(request: Request) -> Response:
        return Response(json.dumps(document(), ensure_ascii=False), media_type="application/json")

    @operation("接口文档（网页）", permit=Permit.ANYONE, media_type="text/html")
    async def page(request: Request) -> Response:
        return HTMLResponse(_page(document()))

    return [Route("/api/v1/openapi.json", openapi), Route("/api/docs", page)]


def _page(told: dict[str, Any]) -> str:
    by_tag: dict[str, list[str]] = {}
    for path, methods in told["paths"].items():
        for method, entry in methods.items():
            by_tag.setdefault(entry["tags"][0], []).append(_entry(path, method, entry))
    body = "".join(f"<h2>{escape(tag)}</h2>{''.join(rows)}" for tag, rows in sorted(by_tag.items()))
    return PAGE.format(title=escape(told["info"]["title"]), body=body)


def _entry(path: str, method: str, entry: dict[str, Any]) -> str:
    shown = {key: entry[key] for key in ("parameters", "requestBody", "responses") if entry.get(key)}
    return (
        f"<details><summary><b>{method.upper()}</b><code>{escape(path)}</code> {escape(entry['summary'])}"
        f" <small>{PERMITS[entry['x-permit']]}</small></summary>"
        f"<pre>{escape(json.dumps(shown, ensure_ascii=False, indent=1))}</pre></details>"
    )
