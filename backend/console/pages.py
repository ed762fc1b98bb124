"""How the desk speaks HTTP: pages from templates, the session's cookie, refusals as pages."""

import hashlib
from collections.abc import Awaitable, Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from pydantic import ValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from backend.console import csrf, rules, wording
from backend.console.errors import FormNotOurs
from backend.console.schemas import Fields
from backend.identity import service as identity
from backend.kernel.actors import Role
from backend.kernel.clock import legal_day
from backend.kernel.errors import DomainError, FieldsInvalid
from backend.kernel.ports import SharedState
from backend.web.auth import bearer_token
from backend.web.errors import HTTP_SENTENCES, STATUS
from backend.web.operation import Permit, SignInNeeded, operation
from backend.web.params import now_of, port_of
from backend.web.wording import pydantic_problems

Endpoint = Callable[[Request], Awaitable[Response]]

HERE = Path(__file__).parent
STATIC = HERE / "static"
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
}
STAFF = frozenset(Role)
READING = frozenset({"GET", "HEAD"})


@cache
def asset(name: str) -> str:
    """Address of a static file that changes with its content, so that browsers may keep it for a year."""
    digest = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/console/static/{name}?v={digest}"


@pass_context
def hidden_token(context: Context) -> Markup:
    """The hidden field every form carries."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(context["csrf_token"])


TEMPLATES = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, trim_blocks=True, lstrip_blocks=True
)
TEMPLATES.globals.update(asset=asset, csrf=hidden_token, zip=zip, wording=wording, rules=rules)
TEMPLATES.filters["moment"] = lambda at: f"{at.month}月{at.day}日 {at:%H:%M}" if at else ""
TEMPLATES.filters["full_moment"] = lambda at: f"{at:%Y-%m-%d %H:%M}" if at else ""
TEMPLATES.filters["day"] = lambda on: f"{on.year}年{on.month}月{on.day}日" if on else ""
TEMPLATES.filters["weekday"] = lambda on: f"周{'一二三四五六日'[on.weekday()]}"
TEMPLATES.filters["size"] = lambda n: f"{n / 1048576:.1f} MB" if n >= 1048576 else f"{max(1, n // 1024)} KB"


def desk(summary: str, *, roles: frozenset[Role] = STAFF) -> Callable[[Endpoint], Endpoint]:
    """Declare a page for officers of some roles: signed in, forms proven ours, refusals as pages."""

    def decorate(endpoint: Endpoint) -> Endpoint:
        @operation(summary, permit=Permit.OFFICER, roles=roles, media_type="text/html")
        @wraps(endpoint)
        async def guarded(request: Request) -> Response:
            if request.method not in READING:
                await refuse_foreign(request)
            return await endpoint(request)

        return in_words(guarded)

    return decorate


def open_page(summary: str) -> Callable[[Endpoint], Endpoint]:
    """Declare a page anybody may open."""

    def decorate(endpoint: Endpoint) -> Endpoint:
        return in_words(operation(summary, permit=Permit.ANYONE, media_type="text/html")(endpoint))

    return decorate


def in_words(endpoint: Endpoint) -> Endpoint:
    """Turn refusals into pages with the sentence, and a missing sign-in into the way there and back."""

    @wraps(endpoint)
    async def shown(request: Request) -> Response:
        try:
            return await endpoint(request)
        except SignInNeeded:
            return to(request, f"/console/sign-in?next={quote(_way_back(request))}")
        except DomainError as error:
            return await refused(request, error)
        except ValidationError as error:
            return await refused(request, FieldsInvalid(pydantic_problems(error)))
        except HTTPException as error:
            return await unreadable(request, error)

    return shown


def _way_back(request: Request) -> str:
    """Where to return after signing in: the page itself, or the page whose form or part was asked for."""
    path = request.url.path
    if request.method in READING and not is_fragment(request):
        return path + (f"?{request.url.query}" if request.url.query else "")
    is_of_case = path.startswith("/console/cases/") and path.count("/") > 3
    return path.rsplit("/", 1)[0] if is_of_case else "/console"


async def refused(request: Request, error: DomainError) -> Response:
    """A refusal as a page; as a line on the present page where only a part of it was asked for."""
    problems = error.problems if isinstance(error, FieldsInvalid) else ()
    status = STATUS[error.kind]
    values = {"message": error.message, "problems": problems}
    if is_fragment(request):
        line = TEMPLATES.get_template("_refusal.html").render(values)
        return HTMLResponse(line, status, {**HEADERS, "HX-Retarget": "#notice", "HX-Reswap": "innerHTML"})
    return await page(request, "refusal.html", status=status, **values)


async def unreadable(request: Request, error: HTTPException) -> Response:
    """A form that cannot be parsed."""
    _, sentence = HTTP_SENTENCES.get(error.status_code, HTTP_SENTENCES[400])
    return await page(request, "refusal.html", status=error.status_code, message=sentence, problems=())


async def page(request: Request, template: str, *, status: int = 200, **values: Any) -> Response:
    """A whole page, with who is signed in at its head."""
    shared: dict[str, Any] = {"request_id": request.scope.get("request_id", ""), "status": status}
    shared["today"] = legal_day(now_of(request))
    html = TEMPLATES.get_template(template).render(**shared, **await _signed_in_values(request), **values)
    return HTMLResponse(html, status, HEADERS)


async def fragment(request: Request, template: str, **values: Any) -> Response:
    """A part of a page, for htmx."""
    return await page(request, template, **values)


async def _signed_in_values(request: Request) -> dict[str, Any]:
    """Name, roles and form token of the officer, nothing for a visitor."""
    actor = request.scope.get("actor")
    if actor is None or not actor.is_officer:
        return {"me": None, "csrf_token": ""}
    officer = await identity.officer(actor.id)
    return {
        "me": actor,
        "my_name": officer.name,
        "my_roles": rules.role_words(actor.roles),
        "may_read": actor.has(*rules.READERS),
        "may_read_questions": actor.has(*rules.LEXICON_READERS),
        "may_sit": actor.has(*rules.SEATED),
        "csrf_token": await _csrf_token(request),
    }


async def _csrf_token(request: Request) -> str:
    found = await identity.session_for_token(
        bearer_token(request) or "", now=now_of(request), state=port_of(request, SharedState)
    )
    return found.csrf_token if found else ""


def refuse_other_origin(request: Request) -> None:
    """Raise `FormNotOurs` where the browser says that another site sent the form."""
    told = request.headers
    if not csrf.is_own_origin(
        host=told.get("host", ""), origin=told.get("origin"), fetch_site=told.get("sec-fetch-site")
    ):
        raise FormNotOurs


async def refuse_foreign(request: Request) -> None:
    """Raise `FormNotOurs` unless the form comes from this site and carries the session's token."""
    refuse_other_origin(request)
    fields = await fields_of(request)
    if not csrf.is_token("".join(fields.get("csrf_token", [])), await _csrf_token(request)):
        raise FormNotOurs


async def fields_of(request: Request) -> Fields:
    """The texts of a form, every value of every field, without U+0000, which no database takes."""
    form = await request.form(max_files=0, max_fields=2000)
    return {
        name: [each.replace("\0", "") for each in form.getlist(name) if isinstance(each, str)]
        for name in form
    }


def to(request: Request, address: str) -> Response:
    """Send the browser on, also where htmx asked."""
    if is_fragment(request):
        plain = quote(address, safe="/?&=:%")  # a header holds no 汉字
        return Response(status_code=200, headers={**HEADERS, "HX-Redirect": plain})
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def is_fragment(request: Request) -> bool:
    """Whether htmx asks for a part of a page."""
    return request.headers.get("hx-request") == "true"


@open_page("工作台没有的页面")
async def not_found_page(request: Request) -> Response:
    """Addresses below /console that lead nowhere."""
    _, sentence = HTTP_SENTENCES[404]
    return await page(request, "refusal.html", status=404, message=sentence, problems=())
