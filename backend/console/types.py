"""What the desk's pages are made of."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from backend.cases.states import CaseAct, State
from backend.cases.types import CaseFile, CaseView
from backend.catalog.types import ItemVersion, Variant
from backend.kernel.law import Article
from backend.materials.types import FileView
from backend.timelimits.types import LimitKind


class Tab(StrEnum):
    """The four lists of the desk."""

    POOL = "pool"
    MINE = "mine"
    OPEN = "open"
    CLOSED = "closed"

    @property
    def text(self) -> str:
        return {"pool": "待领取", "mine": "我的", "open": "全部在办", "closed": "已办结"}[self]


class Pressing(StrEnum):
    """How pressing a last day is; shown as icon and word, never by colour alone."""

    CALM = "calm"
    SOON = "soon"
    TODAY = "today"
    OVERDUE = "overdue"
    PAUSED = "paused"

    @property
    def text(self) -> str:
        return {"calm": "正常", "soon": "临近", "today": "今天到期", "overdue": "已逾期", "paused": "已中止"}[
            self
        ]


@dataclass(frozen=True)
class Place:
    """A place in a list, to go on from: the sort value of the last row (a day or a moment) and its id."""

    #: `due` among rows with a last day, `none` among those without, `closed` in the closed list.
    part: str
    value: str
    id: UUID


@dataclass(frozen=True)
class Wanted:
    """Which cases a list shows."""

    tab: Tab
    text: str = ""
    state: State | None = None
    is_overdue: bool = False


@dataclass(frozen=True)
class WorkRow:
    """One case in a list; the applicant is masked."""

    id: UUID
    number: str
    item_name: str
    variant_name: str
    department: str
    applicant_masked: str
    state: State
    received_at: datetime | None
    closed_at: datetime | None
    due_on: date | None
    #: Counted through a year whose holidays are not published yet (暂定).
    is_provisional: bool
    pressing: Pressing | None
    holder_id: UUID | None
    holder: str
    place: Place


@dataclass(frozen=True)
class Counts:
    """How many cases wait, for the heads of the tabs."""

    pool: int
    mine: int
    open: int
    overdue: int


@dataclass(frozen=True)
class Reading:
    """The last time an officer opened a case's file, and whether they had to say why."""

    at: datetime
    has_stated_reason: bool


@dataclass(frozen=True)
class CheckLine:
    """One material: what the guide asks, what came, what the correction said."""

    key: str
    name: str
    necessity: str
    condition: str
    is_required: bool
    #: Not confirmed by the office: shown as 待核实, never a ground for refusing.
    is_pending: bool
    files: tuple[FileView, ...]
    asked_for: str = ""
    is_supplied: bool = False


@dataclass(frozen=True)
class Clock:
    """One time limit of the case, with how it stands today."""

    kind: LimitKind
    limit_text: str
    started_on: date
    due_on: date
    is_provisional: bool
    is_running: bool
    stopped_on: date | None
    pressing: Pressing
    words: str
    article: Article


@dataclass(frozen=True)
class JournalLine:
    """One entry of the case's journal in words."""

    at: datetime
    words: str
    who: str
    article: str
    detail: str
    is_step: bool


@dataclass(frozen=True)
class Grounds:
    """What the forms of decision start with."""

    clauses: str
    lines: tuple[tuple[str, str], ...]
    validity: str
    remedies: str


@dataclass(frozen=True, kw_only=True)
class CaseDesk:
    """Everything the page of one case shows."""

    case: CaseView
    access: str
    item: ItemVersion
    variant: Variant
    checklist: tuple[CheckLine, ...]
    clocks: tuple[Clock, ...]
    journal: tuple[JournalLine, ...]
    acts: tuple[CaseAct, ...]
    may_claim: bool
    holder: str
    #: None while personal data is not open to the officer.
    file: CaseFile | None = field(repr=False, default=None)
    grounds: Grounds | None = field(repr=False, default=None)


@dataclass(frozen=True)
class Refusal:
    """An act that was not taken: which form, why, and what had been typed into it."""

    act: str
    message: str
    typed: Mapping[str, list[str]] = field(repr=False)
