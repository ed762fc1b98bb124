"""Reading a document as the sealed PDF."""

from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.documents import service
from backend.documents.errors import NoSuchDocument, NotReady
from backend.documents.ports import CaseAccess
from backend.documents.types import Way
from backend.kernel.ports import FileStore
from backend.web.auth import signed_in
from backend.web.operation import Permit, operation
from backend.web.params import id_of, now_of, port_of


@operation("文书 PDF", permit=Permit.PERSON, media_type="application/pdf")
async def read_pdf(request: Request) -> Response:
    """Give the applicant the sealed PDF; the first reading is its service.

    Officers read letters at the desk, where the look is written down.
    """
    actor = signed_in(request)
    found = await service.document(id_of(request))
    if not await port_of(request, CaseAccess).may_read(found.case_id, actor):
        raise NoSuchDocument
    if found.file_key is None:
        raise NotReady
    content = await port_of(request, FileStore).get(found.file_key)
    if request.method == "GET":  # whoever only asks for the head has read nothing
        await service.serve(found.id, Way.ONLINE, actor=actor, now=now_of(request))
    return Response(
        content, media_type="application/pdf", headers=_headers(f"{found.title}{found.number}.pdf")
    )


def _headers(name: str) -> dict[str, str]:
    return {
        "Content-Disposition": f"inline; filename*=UTF-8''{quote(name)}",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "private, no-store",
    }


ROUTES = [Route("/api/v1/documents/{id}/pdf", read_pdf, methods=["GET"])]
