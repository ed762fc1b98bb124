"""The catalogue at the desk, to read: every fact with how it is known."""

from typing import Any
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response

from backend.catalog import service as catalog
from backend.catalog.service import Filters
from backend.console.pages import desk, page
from backend.console.schemas import ItemQuery, clean
from backend.web.params import now_of, query_of

ROWS = 60


@desk("事项目录（工作台）")
async def items(request: Request) -> Response:
    """The directory in its own order, or by likeness where a text is given."""
    query = query_of(request, ItemQuery)
    found = await catalog.snapshot(now=now_of(request))
    filters = Filters(department=query.department or None, power=query.power, kind=query.kind)
    fitting = found.listed(clean(query.q), filters=filters)
    start = (query.page - 1) * ROWS
    rows = [
        (each, len(catalog.pending_facts(found.items[each.code]))) for each in fitting[start : start + ROWS]
    ]
    more = _address(query, query.page + 1) if start + ROWS < len(fitting) else ""
    back = _address(query, query.page - 1) if query.page > 1 else ""
    values: dict[str, Any] = {
        "departments": found.organisation.departments,
        "total": len(fitting),
        "rows": rows,
    }
    return await page(request, "items.html", query=query, following=more, before=back, **values)


def _address(query: ItemQuery, number: int) -> str:
    told = {
        "q": query.q,
        "power": query.power.value if query.power else "",
        "kind": query.kind.value if query.kind else "",
        "department": query.department,
        "page": str(number),
    }
    return "/console/items?" + urlencode({key: value for key, value in told.items() if value})


@desk("事项内容（工作台）")
async def item(request: Request) -> Response:
    found = await catalog.current(request.path_params["code"], now=now_of(request))
    variant = catalog.variant_of(found, request.query_params.get("variant", ""))
    pending = catalog.pending_facts(found)
    return await page(request, "item.html", item=found, variant=variant, pending=pending)
