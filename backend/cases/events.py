"""What happened to a case, for those who notify, supervise and rate."""

from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID

from backend.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class CaseEvent(Event):
    """What every fact about a case carries; no personal data."""

    case_id: UUID
    number: str
    person_id: UUID
    item_code: str
    item_name: str


@dataclass(frozen=True, kw_only=True)
class CaseReceived(CaseEvent):
    """An application arrived (收件)."""

    name: ClassVar[str] = "cases.received"


@dataclass(frozen=True, kw_only=True)
class CaseAccepted(CaseEvent):
    """The office took the application on (受理), or is deemed to have done so."""

    name: ClassVar[str] = "cases.accepted"
    due_on: date
    is_deemed: bool = False


@dataclass(frozen=True, kw_only=True)
class CaseDeclined(CaseEvent):
    """The office may not take the application (不予受理)."""

    name: ClassVar[str] = "cases.declined"


@dataclass(frozen=True, kw_only=True)
class CorrectionRequested(CaseEvent):
    """Everything missing was named, once (一次性告知)."""

    name: ClassVar[str] = "cases.correction_requested"


@dataclass(frozen=True, kw_only=True)
class CorrectionSupplied(CaseEvent):
    """The applicant handed in what was missing (补正)."""

    name: ClassVar[str] = "cases.correction_supplied"


@dataclass(frozen=True, kw_only=True)
class CaseGranted(CaseEvent):
    """The licence is granted (准予许可)."""

    name: ClassVar[str] = "cases.granted"


@dataclass(frozen=True, kw_only=True)
class CaseRefused(CaseEvent):
    """The licence is refused (不予许可), with reasons and remedies."""

    name: ClassVar[str] = "cases.refused"


@dataclass(frozen=True, kw_only=True)
class CaseWithdrawn(CaseEvent):
    """The applicant took the application back (撤回申请)."""

    name: ClassVar[str] = "cases.withdrawn"
