"""Read what a request carries: body, query, path ids, files; and what the app was built with."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from pydantic import BaseModel
from starlette.requests import Request

from backend.kernel.clock import Clock
from backend.kernel.errors import DomainError, ErrorKind, FieldProblem, FieldsInvalid
from backend.kernel.ports import Ports

T = TypeVar("T")
Form = TypeVar("Form", bound=BaseModel)


@dataclass(eq=False)
class NoSuchThing(DomainError):
    """An id that is no id at all answers like one that does not exist."""

    code = "web.no_such_thing"
    kind = ErrorKind.NOT_FOUND

    @property
    def message(self) -> str:
        return "没有找到您要的内容，请从列表重新进入。"


@dataclass(eq=False)
class Unreadable(DomainError):
    """A sign that no text of ours holds: PostgreSQL refuses it, nobody types it."""

    code = "web.unreadable"
    kind = ErrorKind.INVALID

    @property
    def message(self) -> str:
        return "地址或内容里有无法识别的字符，请删去后重试。"


#: U+0000 as JSON writes it, unless its backslash is itself escaped.
NUL_ESCAPE = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000")


def refuse_unreadable(request: Request) -> None:
    """Raise `Unreadable` for an address with U+0000 in it."""
    if "\0" in request.scope["path"] or b"%00" in request.scope["query_string"]:
        raise Unreadable


def ports_of(request: Request) -> Ports:
    ports: Ports = request.app.state.ports
    return ports


def port_of(request: Request, port: type[T]) -> T:
    """The adapter bound to a port."""
    return ports_of(request).get(port)


def now_of(request: Request) -> datetime:
    """The present moment by the app's own clock."""
    clock: Clock = request.app.state.clock
    return clock.now()


async def body_of(request: Request, form: type[Form]) -> Form:
    """Parse the JSON body; raises pydantic's ValidationError with every wrong field, or `Unreadable`."""
    body = await request.body() or b"{}"
    if NUL_ESCAPE.search(body):
        raise Unreadable
    return form.model_validate_json(body)


def query_of(request: Request, form: type[Form]) -> Form:
    """Parse the query string; raises pydantic's ValidationError with every wrong field."""
    return form.model_validate(dict(request.query_params))


def id_of(request: Request, name: str = "id") -> UUID:
    """A UUID in the path. Raises `NoSuchThing` for anything that is none."""
    try:
        return UUID(request.path_params[name])
    except ValueError:
        raise NoSuchThing from None


def idempotency_key_of(request: Request) -> str:
    """The Idempotency-Key header, 8 to 64 signs. Raises `FieldsInvalid` where it is missing."""
    key = request.headers.get("idempotency-key", "")
    if not 8 <= len(key) <= 64:
        raise FieldsInvalid((FieldProblem("Idempotency-Key", "缺少提交标识，请刷新页面后重新提交。"),))
    return key


def address_of(request: Request) -> str:
    """The caller's network address, for rate limits only; never stored with a person."""
    return request.client.host if request.client else "unknown"
