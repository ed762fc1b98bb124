"""Tables of the messages. Private to this package."""

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class MessageRow(Model):
    """One fact told to one person. One row per fact, person and template, however often it is told."""

    id = fields.UUIDField(primary_key=True)
    fact = fields.CharField(160)
    person_id = fields.UUIDField()
    case_id = fields.UUIDField(null=True)
    template = fields.CharField(32)
    title = fields.CharField(64)
    body = fields.CharField(500)
    words: Any = fields.JSONField()
    state = fields.CharField(16)
    channel = fields.CharField(8, default="")
    is_wechat_closed = fields.BooleanField(default=False)
    queued_at = fields.DatetimeField()
    #: Not handed over earlier: the end of the night, or the next try.
    not_before = fields.DatetimeField()
    #: When the sweep is to look at it, where no worker has done so.
    look_at = fields.DatetimeField()
    lease_until = fields.DatetimeField(null=True)
    tries = fields.IntField(default=0)
    handed_over_at = fields.DatetimeField(null=True)
    opened_at = fields.DatetimeField(null=True)

    class Meta:
        table = "notifications_message"
        unique_together = (("fact", "person_id", "template"),)
        indexes = [
            Index(fields=("person_id", "queued_at"), name="notifications_message_inbox"),
            Index(fields=("state", "look_at"), name="notifications_message_due"),
            Index(fields=("case_id",), name="notifications_message_case"),
        ]


class TryRow(Model):
    """One try on one channel and what it came to. Only ever added."""

    id = fields.UUIDField(primary_key=True)
    message_id = fields.UUIDField()
    channel = fields.CharField(8)
    outcome = fields.CharField(16)
    reason = fields.CharField(100, default="")
    at = fields.DatetimeField()

    class Meta:
        table = "notifications_try"
        indexes = [Index(fields=("message_id", "at"), name="notifications_try_message")]


class QuotaRow(Model):
    """How many messages of one of WeChat's templates a person still accepts."""

    id = fields.UUIDField(primary_key=True)
    person_id = fields.UUIDField()
    template = fields.CharField(32)
    remaining = fields.IntField()

    class Meta:
        table = "notifications_quota"
        unique_together = (("person_id", "template"),)
