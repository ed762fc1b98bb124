"""Tables of the journal and the outbox. Private to this package."""

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class JournalHead(Model):
    """One row: the last link. Locked for the few milliseconds before a commit."""

    id = fields.SmallIntField(primary_key=True, generated=False)
    seq = fields.BigIntField()
    hash = fields.CharField(64)

    class Meta:
        table = "journal_head"


class JournalEntry(Model):
    """One link of the chain. Append-only by trigger."""

    seq = fields.BigIntField(primary_key=True, generated=False)
    prev_hash = fields.CharField(64)
    hash = fields.CharField(64)
    at = fields.DatetimeField()
    verb = fields.CharField(64)
    actor_kind = fields.CharField(16)
    actor_id = fields.UUIDField()
    actor_label = fields.CharField(64)
    on_behalf_of = fields.UUIDField(null=True)
    subject_kind = fields.CharField(32)
    subject_id = fields.UUIDField()
    case_id = fields.UUIDField(null=True)
    article = fields.CharField(128, default="")
    #: Canonical JSON as text: the hash covers these very characters.
    detail = fields.TextField()

    class Meta:
        table = "journal_entry"
        indexes = [
            Index(fields=("case_id", "seq"), name="journal_entry_case"),
            Index(fields=("subject_id", "seq"), name="journal_entry_subject"),
        ]


class OutboxEvent(Model):
    """A published event, waiting for the worker to hand it to each handler."""

    id = fields.BigIntField(primary_key=True)
    name = fields.CharField(64)
    ordering_key = fields.CharField(64, default="")
    payload: fields.Field[dict[str, Any]] = fields.JSONField()
    at = fields.DatetimeField()
    is_dispatched = fields.BooleanField(default=False)

    class Meta:
        table = "journal_outbox_event"
        indexes = [Index(fields=("is_dispatched", "id"), name="journal_outbox_event_open")]


class Job(Model):
    """One handler's work on one event. Unix seconds are floats so that one claim serves both engines."""

    id = fields.UUIDField(primary_key=True)
    handler = fields.CharField(64)
    event_id = fields.BigIntField()
    ordering_key = fields.CharField(128, default="")
    target = fields.CharField(32, default="")
    state = fields.CharField(8, default="waiting")  # waiting | done | dead
    due_at = fields.FloatField()
    lease_until = fields.FloatField(default=0)
    attempts = fields.IntField(default=0)
    last_error = fields.CharField(200, default="")

    class Meta:
        table = "journal_job"
        unique_together = (("event_id", "handler"),)
        indexes = [
            Index(fields=("state", "due_at"), name="journal_job_due"),
            Index(fields=("ordering_key", "state", "event_id"), name="journal_job_order"),
        ]


class PeriodicSlot(Model):
    """Which worker took which slot of timed work, the unique pair lets only one have it."""

    id = fields.UUIDField(primary_key=True)
    name = fields.CharField(64)
    slot = fields.BigIntField()

    class Meta:
        table = "journal_periodic_slot"
        unique_together = (("name", "slot"),)
