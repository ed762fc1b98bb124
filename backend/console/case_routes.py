"""The page of one case: what it shows, its files and letters."""

from urllib.parse import quote
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from backend.cases import service as cases
from backend.console import service
from backend.console.pages import HEADERS, desk, fields_of, fragment, is_fragment, page, to
from backend.console.rules import OVERSEERS, READERS
from backend.console.schemas import text_of
from backend.console.types import Refusal
from backend.console.wording import said
from backend.documents import service as documents
from backend.documents.errors import NotReady
from backend.kernel.clock import legal_day
from backend.kernel.ports import FileStore, Vault
from backend.licences import service as licences
from backend.licences.errors import NotSealed
from backend.materials import service as materials
from backend.timelimits import service as timelimits
from backend.web.auth import signed_in
from backend.web.params import id_of, now_of, port_of

#: Kinds a browser shows by itself without running anything; everything else is downloaded.
SHOWN = frozenset({"image/jpeg", "image/png", "application/pdf"})


@desk("办件工作页", roles=READERS)
async def case(request: Request) -> Response:
    return await show_case(request, id_of(request), sentence=said(request.query_params.get("said", "")))


async def show_case(
    request: Request, case_id: UUID, *, sentence: str = "", refusal: Refusal | None = None, status: int = 200
) -> Response:
    """The whole page, also after an act that was refused: with the reason, and what had been typed."""
    found = await service.case_desk(
        case_id, actor=signed_in(request), vault=port_of(request, Vault), now=now_of(request)
    )
    files = [file for line in found.checklist for file in line.files] if found.file else []
    wanted = request.query_params.get("file", "")
    opened = next((each for each in files if str(each.id) == wanted), files[0] if files else None)
    values = {"said": sentence, "refusal": refusal, "preview": opened, "shown_kinds": SHOWN}
    return await page(request, "case.html", status=status, desk=found, purposes=service.PURPOSES, **values)


@desk("回到办件工作页", roles=READERS)
async def back(request: Request) -> Response:
    """An act's address opened by hand, or once more after a refusal, leads to the case itself."""
    return to(request, f"/console/cases/{id_of(request)}")


@desk("登记查看事由", roles=OVERSEERS)
async def state_reason(request: Request) -> Response:
    """Open the file of somebody else's case for an hour."""
    case_id, fields = id_of(request), await fields_of(request)
    purpose, note = text_of(fields, "purpose"), text_of(fields, "note")[:60]
    await service.state_reason(case_id, purpose, note=note, actor=signed_in(request), now=now_of(request))
    return to(request, f"/console/cases/{case_id}?said=read_case")


@desk("为什么是这一天", roles=READERS)
async def due(request: Request) -> Response:
    """The days of each limit, counted or not, each with its reason."""
    found = await cases.case_for(id_of(request), signed_in(request))
    limits = await timelimits.explain_case(found.id, today=legal_day(now_of(request)))
    if is_fragment(request):
        return await fragment(request, "_days.html", limits=limits)
    return await page(request, "due.html", case=found, limits=limits)


@desk("办件文书与证照", roles=READERS)
async def letters(request: Request) -> Response:
    """Letters and licence, asked for again while some are still being sealed."""
    actor, now = signed_in(request), now_of(request)
    found = await service.open_file(id_of(request), actor=actor, now=now)
    values = {"documents": await documents.of_case(found.id), "licence": await licences.of_case(found.id)}
    return await fragment(request, "_letters.html", case=found, **values)


@desk("材料预览", roles=READERS)
async def preview(request: Request) -> Response:
    """The part of the case's page that shows one file."""
    record = await materials.file_by_id(id_of(request))
    await service.open_file(record.case_id, actor=signed_in(request), now=now_of(request))
    return await fragment(request, "_preview.html", preview=record.file, shown_kinds=SHOWN)


@desk("材料文件", roles=READERS)
async def file(request: Request) -> Response:
    """The bytes of a file: shown in the page where harmless, else downloaded."""
    record = await materials.file_by_id(id_of(request))
    await service.open_file(record.case_id, actor=signed_in(request), now=now_of(request))
    is_shown = record.file.media_type in SHOWN and "download" not in request.query_params
    content = await port_of(request, FileStore).get(record.storage_key)
    return _bytes(content, record.file.media_type, name=record.file.name, is_shown=is_shown)


@desk("文书 PDF", roles=READERS)
async def document(request: Request) -> Response:
    found = await documents.document(id_of(request))
    await service.open_file(found.case_id, actor=signed_in(request), now=now_of(request))
    if found.file_key is None:
        raise NotReady
    content = await port_of(request, FileStore).get(found.file_key)
    return _bytes(content, "application/pdf", name=f"{found.title}{found.number}.pdf", is_shown=True)


@desk("证照 PDF", roles=READERS)
async def licence(request: Request) -> Response:
    found = await licences.licence(id_of(request))
    await service.open_file(found.case_id, actor=signed_in(request), now=now_of(request))
    if found.file_key is None:
        raise NotSealed
    content = await port_of(request, FileStore).get(found.file_key)
    return _bytes(content, "application/pdf", name=f"{found.title}{found.number}.pdf", is_shown=True)


def _bytes(content: bytes, media_type: str, *, name: str, is_shown: bool) -> Response:
    """Applicants' bytes, which may be framed by our own pages and may run nothing."""
    way = "inline" if is_shown else "attachment"
    headers = {
        **HEADERS,
        "Content-Disposition": f"{way}; filename*=UTF-8''{quote(name)}",
        "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'",
    }
    return Response(content, media_type=media_type, headers=headers)
