"""The letters (文书) a case's acts produce: which kind, and what stands in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from backend.cases.form import applicant_of
from backend.cases.models import Case
from backend.cases.types import DecisionView
from backend.documents import service as documents
from backend.documents.types import DocumentKind
from backend.kernel.actors import Actor
from backend.kernel.clock import legal_day
from backend.kernel.law import Article
from backend.materials.types import MaterialView
from backend.timelimits.types import DueDate

Content = dict[str, str | list[str]]


@dataclass(frozen=True)
class Letters:
    """Writes the letters of one act: its case and form, the article it rests on, who acts and when."""

    case: Case
    values: Mapping[str, str] = field(repr=False)
    article: Article
    actor: Actor
    now: datetime

    async def receipt(self, handed_in: Sequence[MaterialView]) -> None:
        """The dated receipt naming what came; from its day the office has five working days."""
        materials = [f"{each.name}（{len(each.files)} 个文件）" for each in handed_in if each.files]
        await self._issue(DocumentKind.RECEIPT, {"materials": materials})

    async def acceptance(self, *, received_on: date, due: DueDate, is_deemed: bool) -> None:
        """The notice of acceptance, with the last day by which the office must decide.

        `received_on` is the day the receiving period began: that of the correction, where one came.
        """
        told: Content = {
            "received_on": received_on.isoformat(),
            "due_on": due.on.isoformat(),
            "is_provisional": "是" if due.is_provisional else "否",
            "is_deemed": "是" if is_deemed else "否",
        }
        await self._issue(DocumentKind.ACCEPTANCE, told)

    async def correction(self, missing: Sequence[tuple[str, str]]) -> None:
        """The one notice naming everything missing, each with its reason."""
        await self._issue(
            DocumentKind.CORRECTION, {"missing": [f"{name}：{reason}" for name, reason in missing]}
        )

    async def decision(self, decision: DecisionView) -> None:
        """The decision: decline, grant or refusal; what must be said of it stands in its words."""
        kind = {
            "decline": DocumentKind.DECLINE,
            "grant": DocumentKind.GRANT,
            "refuse": DocumentKind.REFUSAL,
        }[decision.kind]
        told: Content = {
            "facts": decision.facts,
            "clauses": decision.clauses,
            "reasons": decision.reasons,
        }
        await self._issue(kind, told)

    async def withdrawal(self) -> None:
        """The notice that the case ended at the applicant's own wish."""
        await self._issue(DocumentKind.WITHDRAWAL, {})

    async def _issue(self, kind: DocumentKind, told: Content) -> None:
        await documents.issue(
            self.case.id,
            kind=kind,
            content=self._about() | told,
            article=self.article,
            actor=self.actor,
            now=self.now,
        )

    def _about(self) -> Content:
        case = self.case
        variant = "" if case.variant_code == "default" else f"（{case.variant_name}）"
        return {
            "addressee": applicant_of(self.values) or "申请人",
            "case_number": case.number or "",
            "matter": "行政许可" if case.item_kind == "licence" else "办理",
            "item_name": f"{case.item_name}{variant}",
            "received_on": legal_day(case.received_at).isoformat() if case.received_at else "",
        }
