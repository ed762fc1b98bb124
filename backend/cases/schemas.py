"""Filed cases on the wire."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.cases.draft_schemas import FileOut, Named
from backend.cases.states import CLOSED, State
from backend.cases.types import CaseFile, CaseView, CorrectionView, DecisionView, Line, Step
from backend.documents.types import DocumentView
from backend.licences.types import LicenceView
from backend.materials.types import MaterialView
from backend.timelimits.types import LimitExplanation, TimeLimitView


class WithdrawBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    reason: str = Field(default="", max_length=500)


class ListQuery(BaseModel):
    state: str = Field(default="all", pattern="^(open|closed|all)$")
    cursor: str = ""
    limit: int = Field(default=20, ge=1, le=100)


class LineOut(BaseModel):
    next: str
    by: str
    who: str
    you_can: str

    @classmethod
    def of(cls, line: Line) -> "LineOut":
        return cls(next=line.next, by=line.by, who=line.who, you_can=line.you_can)


class CaseRow(BaseModel):
    id: UUID
    number: str
    item: Named
    state: str
    state_text: str
    line: LineOut
    needs_me: bool
    is_closed: bool
    due_on: date | None
    received_at: datetime
    updated_at: datetime

    @classmethod
    def of(cls, case: CaseView, line: Line) -> "CaseRow":
        return cls.model_validate(row_values(case, line))


def row_values(case: CaseView, line: Line) -> dict[str, object]:
    return {
        "id": case.id,
        "number": case.number,
        "item": {"code": case.item_code, "name": case.item_name},
        "state": case.state.value,
        "state_text": case.state.text,
        "line": LineOut.of(line),
        "needs_me": case.state is State.CORRECTION,
        "is_closed": case.state in CLOSED,
        "due_on": case.due_on,
        "received_at": case.received_at,
        "updated_at": case.updated_at,
    }


class FormLineOut(BaseModel):
    label: str
    value: str


class MaterialOut(BaseModel):
    key: str
    name: str
    files: list[FileOut]

    @classmethod
    def of(cls, material: MaterialView) -> "MaterialOut":
        return cls(key=material.key, name=material.name, files=[FileOut.of(file) for file in material.files])


class LimitOut(BaseModel):
    kind: str
    kind_text: str
    limit_text: str
    started_on: date
    due_on: date
    is_provisional: bool
    paused: bool
    is_running: bool
    light: str

    @classmethod
    def of(cls, limit: TimeLimitView, today: date) -> "LimitOut":
        return cls(
            kind=limit.kind.value,
            kind_text=limit.kind.text,
            limit_text=str(limit.limit),
            started_on=limit.started_on,
            due_on=limit.due_on,
            is_provisional=limit.is_provisional,
            paused=limit.paused,
            is_running=limit.is_running,
            light=limit.light(today).value,
        )


class StepOut(BaseModel):
    at: datetime
    title: str
    article: str

    @classmethod
    def of(cls, step: Step) -> "StepOut":
        return cls(at=step.at, title=step.title, article=step.article)


class LetterOut(BaseModel):
    id: UUID
    kind: str
    title: str
    number: str
    issued_on: date
    status: str

    @classmethod
    def of(cls, letter: DocumentView) -> "LetterOut":
        return cls(
            id=letter.id,
            kind=letter.kind.value,
            title=letter.title,
            number=letter.number,
            issued_on=letter.issued_on,
            status=letter.status,
        )


class MissingPartOut(BaseModel):
    key: str
    name: str
    reason: str
    files: list[FileOut]
    is_supplied: bool


class CorrectionOut(BaseModel):
    requested_at: datetime
    #: The law sets the applicant no day; it sets the office one once the parts are there.
    due_text: str = "没有固定期限，请尽快补交；补齐后五个工作日内告知是否受理。"
    supplied_at: datetime | None
    missing: list[MissingPartOut]

    @classmethod
    def of(cls, correction: CorrectionView, handed_in: tuple[MaterialView, ...]) -> "CorrectionOut":
        fresh = {
            each.key: [file for file in each.files if file.uploaded_at >= correction.requested_at]
            for each in handed_in
        }
        return cls(
            requested_at=correction.requested_at,
            supplied_at=correction.supplied_at,
            missing=[
                MissingPartOut(
                    key=part.key,
                    name=part.name,
                    reason=part.reason,
                    files=[FileOut.of(file) for file in fresh.get(part.key, [])],
                    is_supplied=bool(fresh.get(part.key)),
                )
                for part in correction.missing
            ],
        )


class LicenceRef(BaseModel):
    id: UUID
    number: str
    verification_code: str
    status: str
    status_text: str

    @classmethod
    def of(cls, licence: LicenceView, today: date) -> "LicenceRef":
        status = licence.status_on(today)
        return cls(
            id=licence.id,
            number=licence.number,
            verification_code=licence.verification_code,
            status=status.value,
            status_text=status.text,
        )


class DecisionOut(BaseModel):
    kind: str
    facts: str
    clauses: str
    reasons: str
    #: Where and until when to object; empty where nothing was refused.
    remedies: str
    decided_at: datetime

    @classmethod
    def of(cls, decision: DecisionView, remedies: str) -> "DecisionOut":
        return cls(
            kind=decision.kind,
            facts=decision.facts,
            clauses=decision.clauses,
            reasons=decision.reasons,
            remedies=remedies if decision.kind in ("refuse", "decline") else "",
            decided_at=decision.decided_at,
        )


class CaseOut(CaseRow):
    variant: Named
    item_version: int
    form: list[FormLineOut]
    materials: list[MaterialOut]
    limits: list[LimitOut]
    timeline: list[StepOut]
    documents: list[LetterOut]
    correction: CorrectionOut | None
    actions: list[str]
    licence: LicenceRef | None
    decision: DecisionOut | None

    @classmethod
    def of_file(cls, file: CaseFile, *, today: date) -> "CaseOut":
        return cls.model_validate(
            {
                **row_values(file.case, file.line),
                "variant": {"code": file.case.variant_code, "name": file.case.variant_name},
                "item_version": file.case.item_version,
                "form": [{"label": line.label, "value": line.value} for line in file.form],
                "materials": [MaterialOut.of(each) for each in file.materials],
                "limits": [LimitOut.of(each, today) for each in file.limits],
                "timeline": [StepOut.of(each) for each in file.history],
                "documents": [LetterOut.of(each) for each in file.documents],
                "correction": file.correction and CorrectionOut.of(file.correction, file.materials),
                "actions": [act.value for act in file.acts],
                "licence": file.licence and LicenceRef.of(file.licence, today),
                "decision": file.decision and DecisionOut.of(file.decision, file.remedies),
            }
        )


class DayOut(BaseModel):
    date: date
    counted: bool
    number: int | None
    reason: str


class ExplainedLimit(BaseModel):
    kind: str
    kind_text: str
    limit_text: str
    due_on: date
    is_provisional: bool
    days: list[DayOut]

    @classmethod
    def of(cls, limit: LimitExplanation) -> "ExplainedLimit":
        days = [DayOut(date=d.date, counted=d.counted, number=d.number, reason=d.reason) for d in limit.days]
        return cls(
            kind=limit.kind.value,
            kind_text=limit.kind.text,
            limit_text=str(limit.limit),
            due_on=limit.due_on,
            is_provisional=limit.is_provisional,
            days=days,
        )


class ExplainedLimits(BaseModel):
    limits: list[ExplainedLimit]
