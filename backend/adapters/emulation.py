"""What every emulator of an outside system has: planned faults, a count of calls, an inbox to look into.

Emulators speak the real wire format on loopback, for the sample county and the tests. They are never
mounted beside a real adapter.
"""

import asyncio
from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route


class Fault(BaseModel):
    """What goes wrong at one path, how often (None: until reset)."""

    path: str
    #: The system's own error number, in its own wire format.
    errcode: int | None = None
    #: An HTTP status instead of an answer.
    status: int | None = None
    delay_seconds: float = 0.0
    times: int | None = None


@dataclass(frozen=True)
class Received:
    """One message an emulator took."""

    to: str
    title: str
    data: Mapping[str, str]


class Stage:
    """Faults, calls and inbox of one emulator."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.calls: Counter[str] = Counter()
        self.inbox: deque[Received] = deque(maxlen=500)
        self._faults: dict[str, Fault] = {}

    def plan(self, fault: Fault) -> None:
        """Let something go wrong from now on."""
        self._faults[fault.path] = fault

    def reset(self) -> None:
        """Forget faults, calls and messages."""
        self._faults.clear()
        self.calls.clear()
        self.inbox.clear()

    async def enter(self, path: str) -> Fault | None:
        """Count a call, wait as planned, and tell what fault to answer with."""
        self.calls[path] += 1
        fault = self._faults.get(path)
        if fault is None:
            return None
        if fault.times is not None:
            fault.times -= 1
            if fault.times <= 0:
                del self._faults[path]
        await asyncio.sleep(fault.delay_seconds)
        return fault if fault.errcode is not None or fault.status is not None else None

    def routes(self) -> list[BaseRoute]:
        """The control endpoints and the inbox, as JSON and as a page."""
        return [
            Route("/", self._page),
            Route("/_inbox", self._inbox),
            Route("/_control/faults", self._plan, methods=["POST"]),
            Route("/_control/reset", self._reset, methods=["POST"]),
            Route("/_control/calls", self._calls),
        ]

    async def _plan(self, request: Request) -> Response:
        self.plan(Fault.model_validate_json(await request.body()))
        return Response(status_code=204)

    async def _reset(self, request: Request) -> Response:
        self.reset()
        return Response(status_code=204)

    async def _calls(self, request: Request) -> Response:
        return JSONResponse(dict(self.calls))

    async def _inbox(self, request: Request) -> Response:
        to = request.query_params.get("to")
        wanted = [each for each in self.inbox if to in (None, each.to)]
        return JSONResponse({"messages": [vars(each) | {"data": dict(each.data)} for each in wanted]})

    async def _page(self, request: Request) -> Response:
        return HTMLResponse(
            PAGE.format(title=escape(self.title), rows="".join(map(_row, reversed(self.inbox))))
        )


def _row(message: Received) -> str:
    lines = "<br>".join(escape(f"{LABELS.get(key, key)}：{value}") for key, value in message.data.items())
    return f"<tr><td>{escape(message.to)}</td><td>{escape(message.title)}</td><td>{lines}</td></tr>"


LABELS = {"code": "验证码", "minutes": "有效分钟数", "text": "正文", "page": "打开页面"}
PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta name="viewport" content="width=device-width"><meta http-equiv="refresh" content="3">
<title>{title}</title>
<style>body{{font:16px/1.6 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}}
table{{border-collapse:collapse;width:100%}}td,th{{border-bottom:1px solid #ccc;padding:.5rem;text-align:left;
vertical-align:top;word-break:break-all}}</style>
<h1>{title}</h1><p>示例县的模拟系统收到的消息，最新的在最上面，每三秒刷新。</p>
<table><thead><tr><th>收件人</th><th>模板</th><th>内容</th></tr></thead><tbody>{rows}</tbody></table></html>"""
