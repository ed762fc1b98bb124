"""Collect the OpenAPI 3.1 document from the routes' own declarations."""

import re
from collections.abc import Iterable
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema
from starlette.routing import BaseRoute, Mount, Route

from backend.web.operation import Operation, Permit, operation_of

REFUSAL: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["code", "message", "request_id"],
            "properties": {
                "code": {"type": "string"},
                "message": {"type": "string"},
                "request_id": {"type": "string"},
                "fields": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["field", "message"],
                        "properties": {"field": {"type": "string"}, "message": {"type": "string"}},
                    },
                },
            },
        }
    },
}


def declared(routes: Iterable[BaseRoute], prefix: str = "") -> list[tuple[str, str, Operation, str]]:
    """Every declared operation below some routes: path, method, declaration, name."""
    found: list[tuple[str, str, Operation, str]] = []
    for route in routes:
        if isinstance(route, Mount):
            found += declared(route.routes, prefix + route.path)
        elif isinstance(route, Route) and (told := operation_of(route.endpoint)):
            for method in sorted((route.methods or set()) - {"HEAD"}):
                found.append((prefix + route.path, method, told, _name(route.endpoint)))
    return found


def _name(endpoint: Any) -> str:
    """`licences_read_pdf`: the package and the function; two packages may have functions of one name."""
    return f"{endpoint.__module__.split('.')[1]}_{endpoint.__name__}"


def document(routes: Iterable[BaseRoute], *, title: str, version: str) -> dict[str, Any]:
    """The whole API as one OpenAPI 3.1 document."""
    operations = declared(routes)
    refs, schemas = _schemas(operations)
    paths: dict[str, dict[str, Any]] = {}
    for path, method, told, name in operations:
        plain = re.sub(r"\{(\w+):\w+\}", r"{\1}", path)
        paths.setdefault(plain, {})[method.lower()] = _entry(plain, told, name, refs)
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": paths,
        "components": {
            "schemas": schemas | {"Refusal": REFUSAL},
            "securitySchemes": {"session": {"type": "http", "scheme": "bearer"}},
        },
    }


def _schemas(
    operations: list[tuple[str, str, Operation, str]],
) -> tuple[dict[tuple[type[BaseModel], str], dict[str, Any]], dict[str, Any]]:
    wanted: list[tuple[type[BaseModel], Any]] = []
    for _, _, told, _ in operations:
        wanted += [(m, "validation") for m in (told.body, told.query) if m]
        wanted += [(told.answers, "serialization")] if told.answers else []
    refs, top = models_json_schema(list(dict.fromkeys(wanted)), ref_template="#/components/schemas/{model}")
    return refs, top.get("$defs", {})  # type: ignore[return-value]  # pydantic types the mode as a literal


def _entry(path: str, told: Operation, name: str, refs: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "operationId": name,
        "summary": told.summary,
        "tags": [path.split("/")[3] if path.startswith("/api/") else "page"],
        "parameters": _parameters(path, told),
        "responses": {str(told.status): _answer(told, refs), "default": _refusal()},
        "x-permit": told.permit.value,
    }
    if told.roles:
        entry["x-roles"] = sorted(told.roles)
    if told.body:
        entry["requestBody"] = _content("application/json", refs[told.body, "validation"])
    if told.files:
        fields = {field: {"type": "string", "format": "binary"} for field in told.files}
        schema = {"type": "object", "required": list(told.files), "properties": fields}
        entry["requestBody"] = _content("multipart/form-data", schema)
    if told.permit is not Permit.ANYONE:
        entry["security"] = [{"session": []}]
    return entry


def _content(media_type: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {media_type: {"schema": schema}}}


def _answer(told: Operation, refs: dict[Any, dict[str, Any]]) -> dict[str, Any]:
    if told.answers:
        schema = refs[told.answers, "serialization"]
        return {"description": told.summary, "content": {told.media_type: {"schema": schema}}}
    if told.status == 204:
        return {"description": told.summary}
    return {"description": told.summary, "content": {told.media_type: {"schema": {"type": "string"}}}}


def _refusal() -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Refusal"}
    return {
        "description": "没有办成，原因和下一步见 message",
        "content": {"application/json": {"schema": schema}},
    }


def _parameters(path: str, told: Operation) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in re.findall(r"\{(\w+)\}", path)
    ]
    if told.query:
        schema = told.query.model_json_schema(ref_template="#/components/schemas/{model}")
        required = schema.get("required", [])
        found += [
            {"name": name, "in": "query", "required": name in required, "schema": each}
            for name, each in schema.get("properties", {}).items()
        ]
    if told.needs_idempotency_key:
        schema = {"type": "string", "minLength": 8, "maxLength": 64}
        found.append({"name": "Idempotency-Key", "in": "header", "required": True, "schema": schema})
    return found
