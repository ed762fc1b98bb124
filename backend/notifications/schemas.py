"""Wire shapes of the messages."""

from datetime import datetime
from typing import Self
from uuid import UUID

from pydantic import BaseModel, Field

from backend.notifications.types import MessageView


class InboxQuery(BaseModel):
    cursor: str = Field(default="", max_length=200)
    limit: int = Field(default=20, ge=1, le=50)


class Message(BaseModel):
    """A message in the inbox."""

    id: UUID
    title: str
    body: str
    case_id: UUID | None
    at: datetime
    is_opened: bool

    @classmethod
    def of(cls, view: MessageView) -> Self:
        return cls(
            id=view.id,
            title=view.title,
            body=view.body,
            case_id=view.case_id,
            at=view.at,
            is_opened=view.is_opened,
        )


class Accepted(BaseModel):
    """The message kinds a person has just allowed in WeChat (订阅消息)."""

    accepted: list[str] = Field(max_length=3)


class Quotas(BaseModel):
    """How many messages of each kind WeChat will still take for a person."""

    quotas: dict[str, int]
