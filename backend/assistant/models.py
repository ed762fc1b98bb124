"""Tables of the assistant. Private to this package, nobody's number or name stands here in clear."""

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class QuestionRow(Model):
    """One question as it was asked, its numbers blotted out, and what the engine made of it."""

    id = fields.UUIDField(primary_key=True)
    session_digest = fields.CharField(64)
    asked_at = fields.DatetimeField()
    text = fields.CharField(300)
    #: The text brought to one form, to count what is asked alike.
    key = fields.CharField(120)
    index_version = fields.CharField(40)
    action = fields.CharField(16)
    aspect = fields.CharField(16)
    score = fields.FloatField()
    #: The best items: code, name, score.
    candidates: Any = fields.JSONField()
    #: The item that answered our question of the turn before.
    chosen = fields.CharField(200, default="")
    #: "" | not_meant | helpful
    feedback = fields.CharField(16, default="")
    #: Whether a clerk has dealt with it: a phrase approved, or laid aside.
    is_settled = fields.BooleanField(default=False)

    class Meta:
        table = "assistant_question"
        indexes = [
            Index(fields=("asked_at",), name="assistant_question_age"),
            Index(fields=("is_settled", "asked_at"), name="assistant_question_open"),
            Index(fields=("key",), name="assistant_question_key"),
        ]


class AliasRow(Model):
    """A short phrase the office approved as a name of an item."""

    id = fields.UUIDField(primary_key=True)
    text = fields.CharField(32)
    item_code = fields.CharField(16)
    item_name = fields.CharField(200)
    approved_by = fields.UUIDField()
    approved_label = fields.CharField(64)
    approved_at = fields.DatetimeField()
    withdrawn_at = fields.DatetimeField(null=True)
    #: Of the whole list, grows with every approval and every withdrawal.
    revision = fields.IntField(unique=True)

    class Meta:
        table = "assistant_alias"


class ConversationRow(Model):
    """A conversation handed over to a person (人工坐席)."""

    id = fields.UUIDField(primary_key=True)
    session_digest = fields.CharField(64)
    #: Digest of the signed-in person's id, who alone may read on, empty for a visitor.
    owner_digest = fields.CharField(64, default="")
    #: app | wechat
    channel = fields.CharField(8)
    openid_sealed = fields.BinaryField(null=True)
    topic = fields.CharField(200, default="")
    #: waiting | taken | ended
    state = fields.CharField(8)
    asked_at = fields.DatetimeField()
    officer_id = fields.UUIDField(null=True)
    officer_label = fields.CharField(64, default="")
    ended_at = fields.DatetimeField(null=True)
    last_at = fields.DatetimeField()
    lines = fields.IntField(default=0)

    class Meta:
        table = "assistant_conversation"
        indexes = [
            Index(fields=("session_digest", "state"), name="assistant_conversation_of"),
            Index(fields=("state", "asked_at"), name="assistant_conversation_open"),
        ]


class LineRow(Model):
    """One line of a conversation, numbers blotted out in what was said before the hand-over."""

    id = fields.UUIDField(primary_key=True)
    conversation_id = fields.UUIDField()
    number = fields.IntField()
    #: resident | assistant | officer | office (a line of the service itself)
    speaker = fields.CharField(16)
    text = fields.CharField(1000)
    at = fields.DatetimeField()

    class Meta:
        table = "assistant_line"
        unique_together = (("conversation_id", "number"),)


class CustomerMessageRow(Model):
    """A message somebody wrote to the office in WeChat, content and sender are sealed."""

    id = fields.UUIDField(primary_key=True)
    #: Digest of WeChat's own number of the message: a second delivery changes nothing.
    key = fields.CharField(64, unique=True)
    sealed = fields.BinaryField()
    received_at = fields.DatetimeField()
    is_answered = fields.BooleanField(default=False)

    class Meta:
        table = "assistant_customer_message"
        indexes = [Index(fields=("received_at",), name="assistant_customer_message_age")]


class CustomerReplyRow(Model):
    """What is owed to somebody in WeChat, content and receiver are sealed."""

    id = fields.UUIDField(primary_key=True)
    sealed = fields.BinaryField()
    #: owed | sending | sent | refused
    state = fields.CharField(8)
    owed_at = fields.DatetimeField()

    class Meta:
        table = "assistant_customer_reply"
        indexes = [Index(fields=("owed_at",), name="assistant_customer_reply_age")]
