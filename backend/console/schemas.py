"""What the desk's addresses and forms carry. Forms come as a mapping from field to all its values."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field, field_validator

from backend.cases.rules import DeclineGround
from backend.cases.states import State
from backend.cases.types import DecisionView, LicenceTerms, MissingRequest
from backend.catalog.types import Kind, Power
from backend.console.types import Place, Tab, Wanted
from backend.kernel.errors import FieldProblem, FieldsInvalid
from backend.kernel.printing import visible
from backend.web.pages import read_cursor, write_cursor

Fields = Mapping[str, list[str]]

PARTS = {"due", "none", "closed"}
UNREADABLE_CURSOR = FieldProblem("cursor", "翻页标识无效，请从第一页重新查看。")


def text_of(fields: Fields, name: str) -> str:
    """The one value of a field, without space around it; empty where it was not sent."""
    return clean(next(iter(fields.get(name, ())), "").replace("\r\n", "\n"))


def clean(text: str) -> str:
    """A typed text without space around it and without the unseen signs that come along when pasting."""
    return visible(text).strip()


class WorkQuery(BaseModel):
    """The address of a list."""

    tab: Tab = Tab.POOL
    q: str = Field(default="", max_length=100)
    state: State | None = None
    overdue: bool = False
    cursor: str = ""
    said: str = ""

    @field_validator("state", mode="before")
    @classmethod
    def _empty_is_none(cls, told: object) -> object:
        return told or None

    @field_validator("overdue", mode="before")
    @classmethod
    def _empty_is_false(cls, told: object) -> object:
        return told or False

    def wanted(self) -> Wanted:
        return Wanted(self.tab, clean(self.q), self.state, self.overdue)


def place_of(cursor: str) -> Place | None:
    """The place a cursor names. Raises `FieldsInvalid` for one we did not write."""
    if not cursor:
        return None
    part, value, last = read_cursor(cursor, parts=3)
    try:
        place = Place(part, value, UUID(last))
        at = date.fromisoformat(value) if part == "due" else datetime.fromisoformat(value)
    except ValueError:
        raise FieldsInvalid((UNREADABLE_CURSOR,)) from None
    is_aware = not isinstance(at, datetime) or at.tzinfo is not None
    if part not in PARTS or not is_aware or not 2000 <= at.year < 2200:
        raise FieldsInvalid((UNREADABLE_CURSOR,))
    return place


def cursor_of(place: Place) -> str:
    return write_cursor(place.part, place.value, place.id.hex)


class ItemQuery(BaseModel):
    """The address of the catalogue's list."""

    q: str = Field(default="", max_length=100)
    power: Power | None = None
    kind: Kind | None = None
    department: str = ""
    page: int = Field(default=1, ge=1, le=1000)

    @field_validator("power", "kind", mode="before")
    @classmethod
    def _empty_is_none(cls, told: object) -> object:
        return told or None


def case_ids_of(fields: Fields) -> list[UUID]:
    """The ticked cases of a list, each once; what is no id is left out."""
    found = []
    for told in dict.fromkeys(fields.get("case", ())):
        try:
            found.append(UUID(told))
        except ValueError:
            continue
    return found


def missing_of(fields: Fields) -> list[MissingRequest]:
    """The ticked materials of a correction, each with its reason."""
    ticked = dict.fromkeys(fields.get("missing", ()))
    return [MissingRequest(key, text_of(fields, f"reason:{key}")[:500]) for key in ticked]


def ground_of(fields: Fields) -> DeclineGround:
    """Raises `FieldsInvalid` where no ground was chosen."""
    try:
        return DeclineGround(text_of(fields, "ground"))
    except ValueError:
        raise FieldsInvalid((FieldProblem("ground", "请选择不予受理的法定情形。"),)) from None


def terms_of(fields: Fields) -> LicenceTerms:
    """Raises `FieldsInvalid` for a last day that is none."""
    labels, texts = fields.get("line_label", []), fields.get("line_text", [])
    return LicenceTerms(
        clauses=text_of(fields, "clauses"),
        opinion=text_of(fields, "opinion"),
        valid_until=_valid_until(fields),
        content=_lines(labels, texts),
    )


def _lines(labels: Sequence[str], texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Printed lines; one without label or text is not printed."""
    pairs = ((clean(label)[:40], clean(text)[:300]) for label, text in zip(labels, texts, strict=False))
    return tuple((label, text) for label, text in pairs if label and text)


def _day(told: str) -> date | None:
    if not told:
        return None
    try:
        return date.fromisoformat(told)
    except ValueError:
        raise FieldsInvalid((FieldProblem("valid_until", "有效期请写成 2031-01-31 这样。"),)) from None


def _valid_until(fields: Fields) -> date | None:
    """The last day of validity, or None where the officer said it has no end: a licence is never endless by omission."""
    told = _day(text_of(fields, "valid_until"))
    if told is None and not text_of(fields, "no_end"):
        raise FieldsInvalid(
            (FieldProblem("valid_until", "请填写有效期至哪一天；没有截止日期的，请勾选“长期有效”。"),)
        )
    return told


def refusal_of(fields: Fields, *, now: datetime) -> DecisionView:
    return DecisionView(
        "refuse", text_of(fields, "facts"), text_of(fields, "clauses"), text_of(fields, "reasons"), now
    )
