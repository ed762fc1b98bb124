"""The only place that knows status codes. Turns refusals into one JSON shape with a Chinese sentence."""

from html import escape

import structlog
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from backend.kernel.errors import DomainError, ErrorKind, FieldProblem, FieldsInvalid
from backend.web.wording import pydantic_problems

log = structlog.get_logger()

STATUS: dict[ErrorKind, int] = {
    ErrorKind.INVALID: 422,
    ErrorKind.UNAUTHENTICATED: 401,
    ErrorKind.FORBIDDEN: 403,
    ErrorKind.NOT_FOUND: 404,
    ErrorKind.CONFLICT: 409,
    ErrorKind.GONE: 410,
    ErrorKind.TOO_LARGE: 413,
    ErrorKind.TOO_MANY: 429,
    ErrorKind.UNAVAILABLE: 503,
}

PAGE = """<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>没有办成 · 一次办好</title>
<meta name="viewport" content="width=device-width"><body style="margin:0;background:#f0f3f8;color:#1c2430;
font:18px/1.7 system-ui,'Noto Sans CJK SC',sans-serif"><main style="max-width:32rem;margin:18vh auto;padding:2rem;
background:#fff;border-radius:12px"><h1 style="font-size:1.4rem;margin:0 0 .5rem">没有办成</h1><p>{message}</p>
<p><a style="color:#0b57b7" href="/">回到首页</a></p></main></body></html>"""
UNEXPECTED = "系统出了点问题，您填写的内容没有丢失，请稍后再试或拨打大厅电话。"

HTTP_SENTENCES: dict[int, tuple[str, str]] = {
    400: ("web.bad_request", "请求的内容读不懂，请刷新页面后重试。"),
    404: ("web.no_such_page", "没有找到这个页面，请从首页重新进入。"),
    405: ("web.method_not_allowed", "这个地址不支持这种操作，请从首页重新进入。"),
    413: ("web.too_large", "文件太大了，请压缩到 20 MB 以内再上传。"),
}


def error_response(
    request: Request, status: int, *, code: str, message: str, problems: tuple[FieldProblem, ...] = ()
) -> Response:
    """The one wire shape of every refusal; a browser that opened the address itself gets a page."""
    headers = {"Retry-After": "60"} if status in (429, 503) else None
    if _opened_by_hand(request):
        return HTMLResponse(PAGE.format(message=escape(message)), status_code=status, headers=headers)
    body: dict[str, object] = {
        "code": code,
        "message": message,
        "request_id": request.scope.get("request_id", ""),
    }
    if problems:
        body["fields"] = [{"field": each.field, "message": each.message} for each in problems]
    return JSONResponse({"error": body}, status_code=status, headers=headers)


def _opened_by_hand(request: Request) -> bool:
    """Whether this is a page somebody navigated to, not a call of a program."""
    return not request.scope["path"].startswith("/api/") and "text/html" in request.headers.get("accept", "")


async def on_domain_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, DomainError)
    problems = error.problems if isinstance(error, FieldsInvalid) else ()
    return error_response(
        request, STATUS[error.kind], code=error.code, message=error.message, problems=problems
    )


async def on_validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ValidationError)
    return await on_domain_error(request, FieldsInvalid(pydantic_problems(error)))


async def on_http_exception(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    code, sentence = HTTP_SENTENCES.get(
        error.status_code, ("web.refused", "这次操作没有成功，请刷新后重试。")
    )
    response = error_response(request, error.status_code, code=code, message=sentence)
    for name, value in (error.headers or {}).items():
        response.headers[name] = value
    return response


async def on_unexpected(request: Request, error: Exception) -> Response:
    """The last handler: log the fault with the request's id, tell the citizen nothing was lost."""
    log.error("unexpected", exc_info=error, path=request.scope.get("path_template", ""))
    return error_response(request, 500, code="web.unexpected", message=UNEXPECTED)


HANDLERS = {
    DomainError: on_domain_error,
    ValidationError: on_validation_error,
    HTTPException: on_http_exception,
    Exception: on_unexpected,
}
