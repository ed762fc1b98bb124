"""Answers and pages of answers."""

import base64
import binascii
from datetime import datetime
from typing import Generic, TypeVar
from uuid import UUID

from pydantic import BaseModel
from starlette.responses import Response

from backend.kernel.clock import in_shanghai
from backend.kernel.errors import FieldProblem, FieldsInvalid

Row = TypeVar("Row", bound=BaseModel)
UNREADABLE_CURSOR = FieldProblem("cursor", "翻页标识无效，请从第一页重新查看。")
#: Moments outside these years are not ours, and some are outside what a database can hold.
YEARS = range(2000, 2200)


class Page(BaseModel, Generic[Row]):
    """One page of a list, and the cursor of the next (null at the end)."""

    items: list[Row]
    next_cursor: str | None = None


def answer(model: BaseModel, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    """Write a model as JSON."""
    return Response(
        model.model_dump_json(), status_code=status, media_type="application/json", headers=headers
    )


def no_content() -> Response:
    return Response(status_code=204)


def write_cursor(*parts: str) -> str:
    """Make an opaque cursor of the last row's sort values."""
    return base64.urlsafe_b64encode("\x1f".join(parts).encode()).decode().rstrip("=")


def read_cursor(cursor: str, *, parts: int) -> tuple[str, ...]:
    """The sort values in a cursor. Raises `FieldsInvalid` for one we did not write."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raw = ""
    values = tuple(raw.split("\x1f"))
    if len(values) != parts:
        raise FieldsInvalid((UNREADABLE_CURSOR,))
    return values


def read_place(cursor: str) -> tuple[datetime, UUID] | None:
    """The moment and id a list goes on behind; None for its first page. Raises `FieldsInvalid`."""
    if not cursor:
        return None
    moment, last = read_cursor(cursor, parts=2)
    try:
        at, row_id = datetime.fromisoformat(moment), UUID(last)
    except ValueError:
        raise FieldsInvalid((UNREADABLE_CURSOR,)) from None
    if at.year not in YEARS:
        raise FieldsInvalid((UNREADABLE_CURSOR,))
    return in_shanghai(at), row_id
