"""The public directory over HTTP. Answers are written once per revision and then sent as they are."""

from collections.abc import Callable, Hashable

from pydantic import BaseModel
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from backend.catalog import guide_schemas, schemas, service
from backend.catalog.snapshot import Filters, Snapshot
from backend.kernel.clock import legal_day
from backend.kernel.errors import FieldProblem, FieldsInvalid
from backend.web.operation import Permit, operation
from backend.web.pages import Page, answer, read_cursor, write_cursor
from backend.web.params import now_of, query_of


@operation("事项目录", permit=Permit.ANYONE, query=schemas.ItemQuery, answers=Page[schemas.ItemSummary])
async def list_items(request: Request) -> Response:
    query = query_of(request, schemas.ItemQuery)
    catalogue = await service.snapshot(now=now_of(request))
    if query.q.strip():
        return answer(_page(catalogue, query))
    return _written(catalogue, ("items", query.model_dump_json()), lambda: _page(catalogue, query))


def _page(catalogue: Snapshot, query: schemas.ItemQuery) -> Page[schemas.ItemSummary]:
    filters = Filters(query.sector, query.department, query.power, query.applicant, query.kind)
    fitting = catalogue.listed(query.q, filters=filters)
    start = _start(query.cursor)
    rows = fitting[start : start + query.limit]
    end = start + len(rows)
    return Page[schemas.ItemSummary](
        items=[schemas.ItemSummary.of(each) for each in rows],
        next_cursor=write_cursor(str(end)) if end < len(fitting) else None,
    )


def _start(cursor: str | None) -> int:
    if cursor is None:
        return 0
    (start,) = read_cursor(cursor, parts=1)
    if not (start.isascii() and start.isdigit() and len(start) < 7):
        raise FieldsInvalid((FieldProblem("cursor", "翻页标识无效，请从第一页重新查看。"),))
    return int(start)


@operation("事项", permit=Permit.ANYONE, answers=schemas.Item)
async def show_item(request: Request) -> Response:
    catalogue = await service.snapshot(now=now_of(request))
    item = catalogue.item(request.path_params["code"])
    office = catalogue.organisation.office.name
    return _written(catalogue, ("item", item.item_code), lambda: schemas.Item.of_version(item, office=office))


@operation("办事指南", permit=Permit.ANYONE, query=guide_schemas.GuideQuery, answers=guide_schemas.Guide)
async def show_guide(request: Request) -> Response:
    now = now_of(request)
    wanted = query_of(request, guide_schemas.GuideQuery).variant if request.url.query else ""
    catalogue = await service.snapshot(now=now)
    item = catalogue.item(request.path_params["code"])
    variant, day = service.variant_of(item, wanted), legal_day(now)
    return _written(
        catalogue,
        ("guide", item.item_code, variant.code, day),
        lambda: guide_schemas.Guide.of(item, variant, catalogue=catalogue, day=day),
    )


@operation("搜索事项", permit=Permit.ANYONE, query=schemas.SearchQuery, answers=schemas.SearchAnswer)
async def search_items(request: Request) -> Response:
    query = query_of(request, schemas.SearchQuery)
    hits = await service.search(query.q, now=now_of(request), limit=query.limit)
    return answer(schemas.SearchAnswer(items=[schemas.SearchRow.of(each) for each in hits]))


@operation("领域", permit=Permit.ANYONE, answers=schemas.Sectors)
async def list_sectors(request: Request) -> Response:
    catalogue = await service.snapshot(now=now_of(request))
    return _written(catalogue, "sectors", lambda: _sectors(catalogue))


def _sectors(catalogue: Snapshot) -> schemas.Sectors:
    counts = catalogue.counts(lambda item: item.sector.code)
    return schemas.Sectors(
        items=[
            schemas.SectorRow(code=each.code, name=each.name, count=counts.get(each.code, 0))
            for each in catalogue.organisation.sectors
        ]
    )


@operation("部门", permit=Permit.ANYONE, answers=schemas.Departments)
async def list_departments(request: Request) -> Response:
    catalogue = await service.snapshot(now=now_of(request))
    return _written(catalogue, "departments", lambda: _departments(catalogue))


def _departments(catalogue: Snapshot) -> schemas.Departments:
    counts = catalogue.counts(lambda item: item.department.code)
    return schemas.Departments(
        items=[
            schemas.DepartmentRow(
                code=each.code,
                name=each.title,
                present_name=each.present_name,
                count=counts.get(each.code, 0),
                power=each.power,
            )
            for each in catalogue.organisation.departments
        ]
    )


@operation("办事点", permit=Permit.ANYONE, answers=schemas.Places)
async def list_places(request: Request) -> Response:
    places = await service.service_points(now=now_of(request))
    return answer(schemas.Places(items=[schemas.Place.of(each) for each in places]))


@operation("审批局", permit=Permit.ANYONE, answers=schemas.Office)
async def show_office(request: Request) -> Response:
    catalogue = await service.snapshot(now=now_of(request))
    return answer(schemas.Office.of(catalogue.organisation.office))


def _written(catalogue: Snapshot, key: Hashable, make: Callable[[], BaseModel]) -> Response:
    """An answer from the process's copy; only its first caller pays for writing it."""
    body = catalogue.page(key, lambda: make().model_dump_json().encode())
    return Response(body, media_type="application/json")


ROUTES: list[Route] = [
    Route("/api/v1/items", list_items, methods=["GET"]),
    Route("/api/v1/items/{code}", show_item, methods=["GET"]),
    Route("/api/v1/items/{code}/guide", show_guide, methods=["GET"]),
    Route("/api/v1/search", search_items, methods=["GET"]),
    Route("/api/v1/sectors", list_sectors, methods=["GET"]),
    Route("/api/v1/departments", list_departments, methods=["GET"]),
    Route("/api/v1/places", list_places, methods=["GET"]),
    Route("/api/v1/office", show_office, methods=["GET"]),
]
