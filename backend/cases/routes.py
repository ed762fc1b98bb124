"""The applicant's side of cases over HTTP."""

from urllib.parse import quote
from uuid import UUID

from starlette.datastructures import UploadFile
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.cases import service
from backend.cases.draft_schemas import DraftBody, DraftChange, DraftOut, DraftRow, FileOut
from backend.cases.schemas import CaseOut, CaseRow, ExplainedLimit, ExplainedLimits, ListQuery, WithdrawBody
from backend.cases.states import CLOSED, OPEN
from backend.cases.types import DraftView
from backend.kernel.clock import legal_day
from backend.kernel.errors import FieldProblem, FieldsInvalid
from backend.kernel.ports import FileStore, Vault
from backend.materials import service as materials
from backend.materials.errors import NoSuchFile
from backend.materials.ports import Inspection
from backend.timelimits import service as timelimits
from backend.web.auth import signed_in
from backend.web.limits import limit
from backend.web.operation import Permit, operation
from backend.web.pages import Page, answer, no_content, read_place, write_cursor
from backend.web.params import body_of, id_of, idempotency_key_of, now_of, port_of, query_of

STATES = {"open": OPEN, "closed": CLOSED, "all": OPEN | CLOSED}
#: 20 MB a file (PRODUCT §1) and some room for the multipart frame.
UPLOAD_BYTES = 21 * 1024 * 1024


@operation(
    "开始办理（再点一次回到同一份草稿）", permit=Permit.PERSON, body=DraftBody, answers=DraftOut, status=201
)
async def open_draft(request: Request) -> Response:
    body = await body_of(request, DraftBody)
    draft, is_new = await service.open_draft(
        body.item_code,
        body.variant_code,
        actor=signed_in(request),
        vault=port_of(request, Vault),
        now=now_of(request),
    )
    return answer(await _draft(draft, request), status=201 if is_new else 200)


@operation("我的草稿", permit=Permit.PERSON, answers=Page[DraftRow])
async def drafts(request: Request) -> Response:
    found = await service.drafts(actor=signed_in(request))
    return answer(Page[DraftRow](items=[DraftRow.of(each.case) for each in found]))


@operation("一份草稿", permit=Permit.PERSON, answers=DraftOut)
async def draft(request: Request) -> Response:
    found = await service.draft_of(id_of(request), actor=signed_in(request), vault=port_of(request, Vault))
    return answer(await _draft(found, request))


@operation("保存草稿", permit=Permit.PERSON, body=DraftChange, answers=DraftOut)
async def change_draft(request: Request) -> Response:
    body = await body_of(request, DraftChange)
    changed = await service.change_draft(
        id_of(request),
        body.form,
        version=body.version,
        actor=signed_in(request),
        vault=port_of(request, Vault),
        now=now_of(request),
    )
    return answer(await _draft(changed, request))


@operation("删除草稿", permit=Permit.PERSON, status=204)
async def discard_draft(request: Request) -> Response:
    await service.discard_draft(id_of(request), actor=signed_in(request), now=now_of(request))
    return no_content()


async def _draft(found: DraftView, request: Request) -> DraftOut:
    check = await service.check_draft(found, now=now_of(request))
    return DraftOut.of(
        found.case,
        dict(found.values),
        variant=check.variant,
        handed_in=await materials.of_case(found.case.id),
        problems=check.problems,
        missing=check.missing,
    )


@operation("提交申请", permit=Permit.PERSON, answers=CaseOut, status=201, needs_idempotency_key=True)
async def submit(request: Request) -> Response:
    case = await service.submit(
        id_of(request),
        key=idempotency_key_of(request),
        actor=signed_in(request),
        vault=port_of(request, Vault),
        now=now_of(request),
    )
    return await _case(request, case.id, status=201)


@operation("我的办件", permit=Permit.PERSON, query=ListQuery, answers=Page[CaseRow])
async def cases(request: Request) -> Response:
    query = query_of(request, ListQuery)
    found = await service.cases_of_person(
        signed_in(request), states=STATES[query.state], before=read_place(query.cursor), limit=query.limit + 1
    )
    page, more = found[: query.limit], len(found) > query.limit
    lines = await service.line_for(page)
    cursor = write_cursor(page[-1].updated_at.isoformat(), page[-1].id.hex) if more else None
    return answer(
        Page[CaseRow](items=[CaseRow.of(each, lines[each.id]) for each in page], next_cursor=cursor)
    )


@operation("一个办件", permit=Permit.PERSON, answers=CaseOut)
async def case(request: Request) -> Response:
    return await _case(request, id_of(request))


async def _case(request: Request, case_id: UUID, *, status: int = 200) -> Response:
    now = now_of(request)
    file = await service.papers_of(case_id, actor=signed_in(request), vault=port_of(request, Vault), now=now)
    return answer(CaseOut.of_file(file, today=legal_day(now)), status=status)


@operation("为什么是这一天", permit=Permit.PERSON, answers=ExplainedLimits)
async def due(request: Request) -> Response:
    case_id = id_of(request)
    await service.case_for(case_id, signed_in(request))
    found = await timelimits.explain_case(case_id, today=legal_day(now_of(request)))
    return answer(ExplainedLimits(limits=[ExplainedLimit.of(each) for each in found]))


@operation("撤回申请", permit=Permit.PERSON, body=WithdrawBody, answers=CaseOut, needs_idempotency_key=True)
async def withdraw(request: Request) -> Response:
    body = await body_of(request, WithdrawBody)
    done = await service.withdraw(
        id_of(request),
        reason=body.reason,
        key=idempotency_key_of(request),
        actor=signed_in(request),
        vault=port_of(request, Vault),
        now=now_of(request),
    )
    return await _case(request, done.id)


@operation("提交补正", permit=Permit.PERSON, answers=CaseOut, needs_idempotency_key=True)
async def supply_correction(request: Request) -> Response:
    done = await service.supply_correction(
        id_of(request),
        key=idempotency_key_of(request),
        actor=signed_in(request),
        vault=port_of(request, Vault),
        now=now_of(request),
    )
    return await _case(request, done.id)


@operation("上传材料（一次一个文件）", permit=Permit.PERSON, files=("file",), answers=FileOut, status=201)
async def add_file(request: Request) -> Response:
    actor, case_id, key = signed_in(request), id_of(request), request.path_params["key"]
    await limit(request, "upload", tries=120, window_seconds=600, who=str(actor.id))
    await service.may_hand_in(case_id, key, actor=actor)
    content, name = await _upload(request)
    file = await materials.stored_file(
        content, name, inspection=port_of(request, Inspection), files=port_of(request, FileStore)
    )
    material = await service.add_file(case_id, key, file=file, actor=actor, now=now_of(request))
    return answer(FileOut.of(next(each for each in material.files if each.sha256 == file.key)), status=201)


async def _upload(request: Request) -> tuple[bytes, str]:
    async with request.form(max_files=1, max_fields=5) as form:
        upload = form.get("file")
        if not isinstance(upload, UploadFile):
            raise FieldsInvalid((FieldProblem("file", "请选择要上传的文件。"),))
        return await upload.read(), upload.filename or ""


@operation("删除一个已上传的文件", permit=Permit.PERSON, status=204)
async def remove_file(request: Request) -> Response:
    await service.remove_file(
        id_of(request),
        request.path_params["key"],
        id_of(request, "file_id"),
        actor=signed_in(request),
        now=now_of(request),
    )
    return no_content()


@operation("取回材料文件", permit=Permit.PERSON, media_type="application/octet-stream")
async def file(request: Request) -> Response:
    """The applicant's own file. Officers open files at the desk, where the look is written down."""
    found = await materials.file_by_id(id_of(request))
    if not await service.may_read(found.case_id, signed_in(request)):
        raise NoSuchFile
    content = await port_of(request, FileStore).get(found.storage_key)
    return Response(
        content,
        media_type=found.file.media_type,
        headers={
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(found.file.name)}",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )


ROUTES = [
    Route("/api/v1/drafts", open_draft, methods=["POST"]),
    Route("/api/v1/drafts", drafts),
    Route("/api/v1/drafts/{id}", draft),
    Route("/api/v1/drafts/{id}", change_draft, methods=["PUT"]),
    Route("/api/v1/drafts/{id}", discard_draft, methods=["DELETE"]),
    Route("/api/v1/drafts/{id}/submit", submit, methods=["POST"]),
    Route("/api/v1/cases", cases),
    Route("/api/v1/cases/{id}", case),
    Route("/api/v1/cases/{id}/due", due),
    Route("/api/v1/cases/{id}/withdraw", withdraw, methods=["POST"]),
    Route("/api/v1/cases/{id}/correction/submit", supply_correction, methods=["POST"]),
    Route("/api/v1/cases/{id}/materials/{key}", add_file, methods=["POST"], max_body_size=UPLOAD_BYTES),
    Route("/api/v1/cases/{id}/materials/{key}/files/{file_id}", remove_file, methods=["DELETE"]),
    Route("/api/v1/files/{id}", file),
]
