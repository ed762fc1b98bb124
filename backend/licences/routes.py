"""The holder's licences, and verification by anybody."""

import asyncio
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader
from prometheus_client import Counter
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from backend.kernel.clock import legal_day
from backend.kernel.ids import group, read_verification_code
from backend.kernel.ports import FileStore, SharedState
from backend.licences import service
from backend.licences.errors import CodeUnknown, NoSuchLicence, NotSealed
from backend.licences.ports import VerificationSite
from backend.licences.schemas import LicenceOut, ListQuery, VerificationOut
from backend.licences.types import LicenceView, Verification
from backend.web.auth import signed_in
from backend.web.errors import STATUS
from backend.web.limits import TooManyTries, limit
from backend.web.operation import Permit, operation
from backend.web.pages import Page, answer, read_place, write_cursor
from backend.web.params import address_of, id_of, now_of, port_of, query_of

#: A market hall behind one address may check this often in a minute.
CHECKS_A_MINUTE = 60
#: After so many wrong codes an address rests; 75 random bits are not guessed at this pace.
WRONG_CODES = 10
REST_SECONDS = 600
WRONG_PAUSE_SECONDS = 0.2
WRONG = Counter("licence_wrong_codes_total", "Verification codes asked for that belong to no licence")

_PAGES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)
_PAGES.filters["group"] = group
_PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'unsafe-inline'; img-src data:; form-action 'self'; "
        "base-uri 'none'; frame-ancestors 'none'"
    ),
}


@operation("我的证照", permit=Permit.PERSON, query=ListQuery, answers=Page[LicenceOut])
async def list_own(request: Request) -> Response:
    asked = query_of(request, ListQuery)
    rows = await service.of_person(
        signed_in(request).id, before=read_place(asked.cursor), limit=asked.limit + 1
    )
    shown = rows[: asked.limit]
    more = len(rows) > asked.limit
    cursor = write_cursor(shown[-1][1].isoformat(), str(shown[-1][0].id)) if more else None
    return answer(Page[LicenceOut](items=[_out(request, row) for row, _ in shown], next_cursor=cursor))


@operation("一份证照", permit=Permit.PERSON, answers=LicenceOut)
async def read(request: Request) -> Response:
    return answer(_out(request, await _own(request)))


@operation("证照 PDF", permit=Permit.PERSON, media_type="application/pdf")
async def read_pdf(request: Request) -> Response:
    """Give the sealed page to its holder. Raises `NotSealed` while the seal is being put on."""
    licence = await _own(request)
    if licence.file_key is None:
        raise NotSealed
    content = await port_of(request, FileStore).get(licence.file_key)
    name = quote(f"{licence.title}{licence.number}.pdf")
    headers = {
        "Content-Disposition": f"inline; filename*=UTF-8''{name}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }
    return Response(content, media_type="application/pdf", headers=headers)


@operation("验证证照", permit=Permit.ANYONE, answers=VerificationOut)
async def verify(request: Request) -> Response:
    found = await _checked(request, request.path_params["code"])
    return answer(VerificationOut.of(found), headers={"Cache-Control": "no-store"})


@operation("验证页", permit=Permit.ANYONE, media_type="text/html")
async def verify_page(request: Request) -> Response:
    """The same for eyes: works without script, says the status in words."""
    text = request.path_params["code"]
    try:
        found = await _checked(request, text)
    except (CodeUnknown, TooManyTries) as refusal:
        return _page("refused.html", status=STATUS[refusal.kind], refusal=refusal.message, typed=text[:40])
    return _page("verified.html", found=found, code=read_verification_code(text))


@operation("验证入口", permit=Permit.ANYONE, media_type="text/html")
async def verify_form(request: Request) -> Response:
    """A field to type the code of a printed licence into."""
    typed = request.query_params.get("code", "").strip()
    if typed:
        return RedirectResponse(f"/verify/{quote(typed[:40], safe='')}", status_code=303)
    return _page("form.html", typed="")


async def _checked(request: Request, text: str) -> Verification:
    """Look a code up within the limits of the caller's address. Raises `TooManyTries`, `CodeUnknown`."""
    await limit(request, "verify", tries=CHECKS_A_MINUTE, window_seconds=60)
    if await port_of(request, SharedState).get(_resting(request)):
        raise TooManyTries
    code = read_verification_code(text)
    try:
        if code is None:
            raise CodeUnknown
        return await service.verify(code, now=now_of(request))
    except CodeUnknown:
        await _slow_down(request)
        raise


async def _slow_down(request: Request) -> None:
    """Count a wrong code and make the next ones slower, then impossible for a while."""
    WRONG.inc()
    shared = port_of(request, SharedState)
    key = f"limit:verify-wrong:{address_of(request)}"
    if not await shared.hit(key, limit=WRONG_CODES, window_seconds=REST_SECONDS):
        await shared.set(_resting(request), b"1", lifetime_seconds=REST_SECONDS)
    await asyncio.sleep(WRONG_PAUSE_SECONDS)


def _resting(request: Request) -> str:
    return f"verify-resting:{address_of(request)}"


async def _own(request: Request) -> LicenceView:
    """The caller's own licence; somebody else's does not exist for them."""
    licence = await service.licence(id_of(request))
    if licence.person_id != signed_in(request).id:
        raise NoSuchLicence
    return licence


def _out(request: Request, licence: LicenceView) -> LicenceOut:
    url = port_of(request, VerificationSite).url_of(licence.verification_code)
    return LicenceOut.of(licence, verify_url=url, today=legal_day(now_of(request)))


def _page(template: str, *, status: int = 200, **values: object) -> HTMLResponse:
    return HTMLResponse(
        _PAGES.get_template(template).render(status=status, **values), status, headers=_PAGE_HEADERS
    )


ROUTES = [
    Route("/api/v1/licences", list_own, methods=["GET"]),
    Route("/api/v1/licences/{id}", read, methods=["GET"]),
    Route("/api/v1/licences/{id}/pdf", read_pdf, methods=["GET"]),
    Route("/api/v1/verify/{code}", verify, methods=["GET"]),
    Route("/verify", verify_form, methods=["GET"]),
    Route("/verify/{code}", verify_page, methods=["GET"]),
]
