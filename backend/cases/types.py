"""Cases as other packages and pages see them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from backend.cases.states import CaseAct, State
from backend.documents.types import DocumentView
from backend.licences.types import LicenceView
from backend.materials.types import MaterialView
from backend.timelimits.types import TimeLimitView


@dataclass(frozen=True)
class CaseView:
    """One case without its form."""

    id: UUID
    number: str
    person_id: UUID
    item_code: str
    item_name: str
    item_version: int
    variant_code: str
    variant_name: str
    state: State
    version: int
    applicant_masked: str
    officer_id: UUID | None
    officer_label: str
    created_at: datetime
    updated_at: datetime
    received_at: datetime | None
    accepted_at: datetime | None
    decided_at: datetime | None
    due_on: date | None
    is_due_provisional: bool


@dataclass(frozen=True)
class MissingPartView:
    """One thing a correction asked for, and whether it is there now."""

    key: str
    name: str
    reason: str


@dataclass(frozen=True)
class CorrectionView:
    requested_at: datetime
    supplied_at: datetime | None
    missing: tuple[MissingPartView, ...]


@dataclass(frozen=True)
class DecisionView:
    kind: str
    facts: str
    clauses: str
    reasons: str
    decided_at: datetime


@dataclass(frozen=True)
class DraftView:
    """A draft with what was filled in so far."""

    case: CaseView
    values: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True)
class Line:
    """The one line a worried person reads first (下一步 · 何时前 · 谁在办 · 您可以)."""

    next: str
    by: str
    who: str
    you_can: str


@dataclass(frozen=True)
class CaseFacts:
    """What the line is made of."""

    state: State
    item_name: str
    due_on: date | None
    is_provisional: bool
    officer_label: str
    missing_count: int
    licence_status: str
    acts: tuple[CaseAct, ...]


@dataclass(frozen=True)
class MissingRequest:
    """What an officer says is missing: the material's key and why."""

    key: str
    reason: str


@dataclass(frozen=True)
class LicenceTerms:
    """What an officer states when granting: the clauses relied on, an opinion, and what the licence says."""

    clauses: str
    opinion: str
    valid_until: date | None
    #: Label and text of each line printed on the licence besides holder, number and dates.
    content: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class FormLine:
    """One filled-in question, for reading."""

    key: str
    label: str
    value: str = field(repr=False)


@dataclass(frozen=True)
class Step:
    """One step in a case's history as the citizen reads it."""

    at: datetime
    title: str
    article: str
    by: str
    verb: str


@dataclass(frozen=True)
class CaseFile:
    """Everything that belongs to a case, for one page."""

    case: CaseView
    line: Line
    form: tuple[FormLine, ...]
    materials: tuple[MaterialView, ...]
    limits: tuple[TimeLimitView, ...]
    documents: tuple[DocumentView, ...]
    licence: LicenceView | None
    correction: CorrectionView | None
    decision: DecisionView | None
    remedies: str
    history: tuple[Step, ...]
    acts: tuple[CaseAct, ...]
