"""The lists of cases, and taking and returning them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from starlette.requests import Request
from starlette.responses import Response

from backend.cases import service as cases
from backend.cases.states import CLOSED, OPEN, State
from backend.console import queries, service
from backend.console.pages import desk, fields_of, fragment, is_fragment, page, to
from backend.console.rules import CLAIMERS, READERS, may_claim
from backend.console.schemas import WorkQuery, case_ids_of, cursor_of, place_of, text_of
from backend.console.types import Tab
from backend.console.wording import said
from backend.kernel.clock import legal_day
from backend.web.auth import signed_in
from backend.web.params import id_of, now_of, query_of

ROWS = 50


@desk("工作台办件列表", roles=READERS)
async def worklist(request: Request) -> Response:
    """A tab of cases, filtered, from a cursor on; only the table where htmx asks."""
    query = query_of(request, WorkQuery)
    values = await _list(request, query)
    if is_fragment(request):
        return await fragment(request, "_rows.html", **values)
    states = CLOSED if query.tab is Tab.CLOSED else OPEN
    values["states"] = [state for state in State if state in states]
    tabs = await _tabs(request, query.tab)
    return await page(request, "worklist.html", said=said(query.said), **values, **tabs)


async def _tabs(request: Request, tab: Tab) -> dict[str, Any]:
    """The heads of the four lists with how many cases wait in each."""
    counts = await queries.counts(officer_id=signed_in(request).id, today=legal_day(now_of(request)))
    return {"tab": tab, "tabs": list(Tab), "counts": counts}


async def _list(request: Request, query: WorkQuery) -> dict[str, Any]:
    actor = signed_in(request)
    rows = await queries.worklist(
        query.wanted(),
        officer_id=actor.id,
        today=legal_day(now_of(request)),
        after=place_of(query.cursor),
        limit=ROWS + 1,
    )
    shown = rows[:ROWS]
    following = _address(query, cursor=cursor_of(shown[-1].place)) if len(rows) > ROWS else ""
    first = _address(query, cursor="") if query.cursor else ""
    claimable = {row.id for row in shown if may_claim(row.state, row.holder_id, actor)}
    return {"query": query, "rows": shown, "following": following, "first": first, "claimable": claimable}


def _address(query: WorkQuery, *, cursor: str) -> str:
    told = {
        "tab": query.tab.value,
        "q": query.q,
        "state": query.state.value if query.state else "",
        "overdue": "1" if query.overdue else "",
        "cursor": cursor,
    }
    return "/console?" + urlencode({key: value for key, value in told.items() if value})


@desk("领取办件", roles=CLAIMERS)
async def claim(request: Request) -> Response:
    """Take a case: from its page, or from a row of the list, which htmx then exchanges."""
    case_id, actor, now = id_of(request), signed_in(request), now_of(request)
    await service.claim(case_id, actor=actor, now=now)
    if is_fragment(request):
        return await _claimed_row(request, case_id)
    return to(request, f"/console/cases/{case_id}?said=claim")


async def _claimed_row(request: Request, case_id: UUID) -> Response:
    """The row as it is now, and the heads of the lists with the new counts."""
    (row,) = await queries.rows_of([case_id], today=legal_day(now_of(request)))
    told = text_of(await fields_of(request), "tab")
    tabs = await _tabs(request, Tab(told) if told in set(Tab) else Tab.POOL)
    return await fragment(request, "_claimed.html", row=row, has_pick=True, just_claimed=True, **tabs)


@desk("批量领取办件", roles=CLAIMERS)
async def claim_many(request: Request) -> Response:
    """Take every ticked case that is still free."""
    wanted = case_ids_of(await fields_of(request))
    count = await service.claim_all(wanted, actor=signed_in(request), now=now_of(request))
    key = "claimed" if count == len(wanted) else "partly"
    return to(request, f"/console?tab=mine&said={key}:{count}")


@desk("交出办件", roles=CLAIMERS)
async def release(request: Request) -> Response:
    """Put a case back into the pool."""
    await cases.release(id_of(request), actor=signed_in(request), now=now_of(request))
    return to(request, "/console?tab=mine&said=release")
