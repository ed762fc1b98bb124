"""Signing in at the desk with password and one-time code, and signing out."""

from starlette.requests import Request
from starlette.responses import Response

from backend.console.pages import desk, fields_of, open_page, page, refuse_other_origin, to
from backend.console.schemas import text_of
from backend.identity import service as identity
from backend.identity.ports import PasswordHasher
from backend.identity.types import IssuedSession
from backend.kernel.errors import DomainError
from backend.kernel.ports import SharedState, Vault
from backend.web.auth import COOKIE_PATH, cookie_name, signed_in
from backend.web.errors import STATUS
from backend.web.limits import limit
from backend.web.params import address_of, now_of, port_of

#: A hall of clerks may stand behind one address; an account locks by itself after five failures.
TRIES, WINDOW_SECONDS = 30, 600
STAFF_NUMBER_SIGNS = 32


@open_page("工作台登录页")
async def sign_in_form(request: Request) -> Response:
    return await page(request, "sign_in.html", next=_way_on(request.query_params.get("next", "")))


@open_page("工作台登录")
async def sign_in(request: Request) -> Response:
    """Open a session; a refusal is shown on the form, with the staff number kept."""
    refuse_other_origin(request)
    fields = await fields_of(request)
    way_on = _way_on(text_of(fields, "next"))
    try:
        session = await _session(request)
    except DomainError as error:
        typed = {"staff_number": text_of(fields, "staff_number")}
        status = STATUS[error.kind]
        return await page(request, "sign_in.html", status=status, message=error.message, next=way_on, **typed)
    return _with_cookie(to(request, way_on), request, session)


async def _session(request: Request) -> IssuedSession:
    await limit(request, "console-sign-in", tries=TRIES, window_seconds=WINDOW_SECONDS)
    fields = await fields_of(request)
    return await identity.sign_in_officer(
        text_of(fields, "staff_number")[:STAFF_NUMBER_SIGNS],
        next(iter(fields.get("password", ())), ""),
        code=text_of(fields, "code").replace(" ", ""),
        hasher=port_of(request, PasswordHasher),
        vault=port_of(request, Vault),
        now=now_of(request),
        address=address_of(request),
        device="工作台",
    )


def _with_cookie(response: Response, request: Request, session: IssuedSession) -> Response:
    """Put the token where no script reads it; it ends with the browser, or with the session at the latest."""
    response.set_cookie(
        cookie_name(request),
        session.token,
        path="/",
        secure=request.url.scheme == "https",
        httponly=True,
        samesite="lax",
    )
    return response


@desk("工作台退出登录")
async def sign_out(request: Request) -> Response:
    await identity.sign_out(signed_in(request), now=now_of(request), state=port_of(request, SharedState))
    response = to(request, "/console/sign-in")
    response.delete_cookie(cookie_name(request), path="/", secure=request.url.scheme == "https")
    return response


def _way_on(told: str) -> str:
    """Where to go after signing in: only to a page of the desk, whatever the address says."""
    is_ours = told == COOKIE_PATH or told.startswith((COOKIE_PATH + "/", COOKIE_PATH + "?"))
    return told if is_ours and not told.startswith(COOKIE_PATH + "/sign-in") else COOKIE_PATH
