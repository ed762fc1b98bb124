"""The letters (文书) a case's acts produce: which kind, and what stands in them."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from backend.cases.form import applicant_of
from backend.cases.models import Case
from backend.cases.rules import RECEIVING_ARTICLE
from backend.cases.types import DecisionView
from backend.documents import service as documents
from backend.documents.types import DocumentKind
from backend.kernel.actors import Actor
from backend.kernel.law import Article

Values = Mapping[str, str]


async def issue_receipt(case: Case, values: Values, *, actor: Actor, now: datetime) -> None:
    """The dated voucher of having received an application (第三十二条第二款)."""
    await _issue(case, DocumentKind.RECEIPT, _about(case, values), RECEIVING_ARTICLE, actor, now)


async def issue_acceptance(
    case: Case,
    values: Values,
    *,
    due_on: date,
    article: Article,
    is_deemed: bool,
    actor: Actor,
    now: datetime,
) -> None:
    """The notice of acceptance, with the last day by which the office must decide."""
    content = _about(case, values) | {"due_on": due_on.isoformat(), "is_deemed": "是" if is_deemed else "否"}
    await _issue(case, DocumentKind.ACCEPTANCE, content, article, actor, now)


async def issue_correction(
    case: Case,
    values: Values,
    *,
    missing: Sequence[tuple[str, str]],
    article: Article,
    actor: Actor,
    now: datetime,
) -> None:
    """The one notice naming everything missing."""
    content = _about(case, values) | {"missing": [f"{name}：{reason}" for name, reason in missing]}
    await _issue(case, DocumentKind.CORRECTION, content, article, actor, now)


async def issue_decline(
    case: Case, values: Values, *, decision: DecisionView, article: Article, actor: Actor, now: datetime
) -> None:
    """The decision not to take an application on, naming where to go and the remedies."""
    await _issue(case, DocumentKind.DECLINE, _about(case, values) | _decided(decision), article, actor, now)


async def issue_decision(
    case: Case, values: Values, *, decision: DecisionView, article: Article, actor: Actor, now: datetime
) -> None:
    """The decision itself: grant or refusal, the latter with facts, clauses, reasons and remedies."""
    kind = DocumentKind.GRANT if decision.kind == "grant" else DocumentKind.REFUSAL
    await _issue(case, kind, _about(case, values) | _decided(decision), article, actor, now)


async def issue_withdrawal(
    case: Case, values: Values, *, article: Article, actor: Actor, now: datetime
) -> None:
    """The notice that the case ended at the applicant's own wish."""
    await _issue(case, DocumentKind.WITHDRAWAL, _about(case, values), article, actor, now)


async def _issue(
    case: Case,
    kind: DocumentKind,
    content: Mapping[str, str | list[str]],
    article: Article,
    actor: Actor,
    now: datetime,
) -> None:
    await documents.issue(case.id, kind=kind, content=content, article=article, actor=actor, now=now)


def _about(case: Case, values: Values) -> dict[str, str | list[str]]:
    variant = "" if case.variant_code == "default" else f"（{case.variant_name}）"
    return {
        "addressee": applicant_of(values) or "申请人",
        "case_number": case.number or "",
        "item_name": f"{case.item_name}{variant}",
        "received_on": case.received_at.date().isoformat() if case.received_at else "",
    }


def _decided(decision: DecisionView) -> dict[str, str | list[str]]:
    return {"facts": decision.facts, "clauses": decision.clauses, "reasons": decision.reasons}
