"""The acts of receiving and deciding, each a form on the case's page."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from backend.cases import service as cases
from backend.cases.states import CaseAct
from backend.cases.types import CaseView
from backend.console.case_routes import show_case
from backend.console.pages import desk, fields_of, to
from backend.console.rules import DECIDERS, RECEIVERS
from backend.console.schemas import (
    Fields,
    ground_of,
    missing_of,
    refusal_of,
    terms_of,
    text_of,
)
from backend.console.types import Refusal
from backend.kernel.errors import DomainError, FieldsInvalid
from backend.kernel.ports import Vault
from backend.web.auth import signed_in
from backend.web.errors import STATUS
from backend.web.params import id_of, now_of, port_of


@desk("受理", roles=RECEIVERS)
async def accept(request: Request) -> Response:
    async def work(case_id: UUID, fields: Fields) -> CaseView:
        return await cases.accept(
            case_id, actor=signed_in(request), vault=port_of(request, Vault), now=now_of(request)
        )

    return await _take(request, CaseAct.ACCEPT, work)


@desk("一次性告知补正", roles=RECEIVERS)
async def request_correction(request: Request) -> Response:
    async def work(case_id: UUID, fields: Fields) -> CaseView:
        return await cases.request_correction(
            case_id,
            missing_of(fields),
            actor=signed_in(request),
            vault=port_of(request, Vault),
            now=now_of(request),
        )

    return await _take(request, CaseAct.REQUEST_CORRECTION, work)


@desk("不予受理", roles=RECEIVERS)
async def decline(request: Request) -> Response:
    async def work(case_id: UUID, fields: Fields) -> CaseView:
        return await cases.decline(
            case_id,
            ground_of(fields),
            where_to=text_of(fields, "where_to")[:200],
            actor=signed_in(request),
            vault=port_of(request, Vault),
            now=now_of(request),
        )

    return await _take(request, CaseAct.DECLINE, work)


@desk("准予许可", roles=DECIDERS)
async def grant(request: Request) -> Response:
    async def work(case_id: UUID, fields: Fields) -> CaseView:
        return await cases.grant(
            case_id,
            terms_of(fields),
            actor=signed_in(request),
            vault=port_of(request, Vault),
            now=now_of(request),
        )

    return await _take(request, CaseAct.GRANT, work)


@desk("不予许可", roles=DECIDERS)
async def refuse(request: Request) -> Response:
    async def work(case_id: UUID, fields: Fields) -> CaseView:
        return await cases.refuse(
            case_id,
            refusal_of(fields, now=now_of(request)),
            actor=signed_in(request),
            vault=port_of(request, Vault),
            now=now_of(request),
        )

    return await _take(request, CaseAct.REFUSE, work)


async def _take(
    request: Request, act: CaseAct, work: Callable[[UUID, Fields], Awaitable[CaseView]]
) -> Response:
    """Take an act and return to the page; a refusal is shown beside the form, with what was typed."""
    case_id, fields = id_of(request), await fields_of(request)
    try:
        await work(case_id, fields)
    except DomainError as error:
        refusal = Refusal(act.value, _sentence(error), fields)
        return await show_case(request, case_id, refusal=refusal, status=STATUS[error.kind])
    return to(request, f"/console/cases/{case_id}?said={act.value}")


def _sentence(error: DomainError) -> str:
    if isinstance(error, FieldsInvalid):
        return " ".join(each.message for each in error.problems)
    return error.message
