"""Wire shapes of the assistant."""

from datetime import date, datetime
from typing import Literal
from uuid import UUID

from pydantic import BaseModel, Field

from backend.assistant import answers
from backend.assistant.conversations import Conversation, HandedOver, Line
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
    kind: Literal["guide", "file", "call", "cases", "place", "search", "handover"]
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
    answer_id: UUID
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
            answer_id=answer.id,
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


class Feedback(BaseModel):
    """What somebody says of an answer."""

    session: str = Field(max_length=64)
    answer_id: UUID
    kind: Literal["not_meant", "helpful"]


class FeedbackAnswer(BaseModel):
    text: str
    #: Whether it is time to offer a person.
    offers_handover: bool


class HandoverWish(BaseModel):
    session: str = Field(max_length=64)


class Handover(BaseModel):
    """What came of asking for a person; `opens_at` where nobody is there now."""

    is_open: bool
    text: str
    opens_at: datetime | None

    @classmethod
    def of(cls, handed: HandedOver) -> "Handover":
        return cls(is_open=handed.is_open, text=handed.text, opens_at=handed.opens_at)


class ConversationQuery(BaseModel):
    session: str = Field(max_length=64)
    after: int = Field(default=0, ge=0, le=1_000_000)


class SaidLine(BaseModel):
    """The resident's next line to the officer."""

    session: str = Field(max_length=64)
    text: str = Field(min_length=1, max_length=1000)


class ConversationLine(BaseModel):
    number: int
    speaker: Literal["resident", "assistant", "officer", "office"]
    text: str
    at: datetime


class ConversationAnswer(BaseModel):
    """The state of a conversation with a person and the lines after the number asked for."""

    state: Literal["waiting", "taken", "ended"]
    officer: str
    lines: list[ConversationLine]

    @classmethod
    def of(cls, told: Conversation, lines: list[Line]) -> "ConversationAnswer":
        rows = [
            ConversationLine(number=e.number, speaker=e.speaker.value, text=e.text, at=e.at) for e in lines
        ]
        return cls(state=told.state.value, officer=told.officer_label, lines=rows)
