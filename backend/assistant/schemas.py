"""Wire shapes of the assistant."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, Field

from backend.assistant import answers
from backend.assistant.types import Action, Aspect


class Question(BaseModel):
    """What somebody asks. `session` continues a conversation; `plain` asks for plain words."""

    text: str = Field(max_length=5000)
    session: str | None = Field(default=None, max_length=64)
    plain: bool = False


class AnswerItem(BaseModel):
    code: str
    name: str
    score: float


class AnswerChoice(BaseModel):
    label: str
    text: str


class AnswerAction(BaseModel):
    kind: Literal["guide", "file", "call", "cases", "place", "search"]
    label: str
    target: str


class AnswerFact(BaseModel):
    label: str
    text: str
    is_pending: bool


class AnswerSource(BaseModel):
    item_code: str
    item_name: str
    version: int
    effective_on: date


class AnswerReferral(BaseModel):
    who: str
    contact: str | None


class AssistantAnswer(BaseModel):
    session: str
    action: Action
    text: str
    speech: str | None
    aspect: Aspect | None
    items: list[AnswerItem]
    choices: list[AnswerChoice]
    actions: list[AnswerAction]
    facts: list[AnswerFact]
    source: AnswerSource | None
    referral: AnswerReferral | None
    index_version: str

    @classmethod
    def of(cls, answer: answers.Answer) -> "AssistantAnswer":
        return cls(
            session=answer.session,
            action=answer.action,
            text=answer.text,
            speech=answer.speech,
            aspect=answer.aspect,
            items=[AnswerItem(code=c.code, name=c.name, score=c.score) for c in answer.items],
            choices=[AnswerChoice(label=c.label, text=c.text) for c in answer.choices],
            actions=[AnswerAction(kind=a.kind.value, label=a.label, target=a.target) for a in answer.actions],
            facts=[AnswerFact(label=f.label, text=f.text, is_pending=f.is_pending) for f in answer.facts],
            source=_source(answer.source),
            referral=_referral(answer),
            index_version=answer.index_version,
        )


def _source(source: answers.Source | None) -> AnswerSource | None:
    if source is None:
        return None
    return AnswerSource(
        item_code=source.item_code,
        item_name=source.item_name,
        version=source.version,
        effective_on=source.effective_on,
    )


def _referral(answer: answers.Answer) -> AnswerReferral | None:
    if answer.referral is None:
        return None
    return AnswerReferral(who=answer.referral.who, contact=answer.referral.contact or None)
