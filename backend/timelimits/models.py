"""Tables of the time limits and the calendar. Private to this package."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class CalendarDayRow(Model):
    """A day that is not what its weekday says, and from which revision until before which it held."""

    id = fields.UUIDField(primary_key=True)
    on = fields.DateField()
    is_working = fields.BooleanField()
    name = fields.CharField(32)
    since = fields.IntField()
    until = fields.IntField(null=True)

    class Meta:
        table = "timelimits_calendar_day"
        unique_together = (("on", "since"),)


class CalendarYearRow(Model):
    """A year whose holiday notice is loaded, and which notice that is, dated like the days."""

    id = fields.UUIDField(primary_key=True)
    year = fields.SmallIntField()
    source = fields.CharField(128)
    since = fields.IntField()
    until = fields.IntField(null=True)

    class Meta:
        table = "timelimits_calendar_year"
        unique_together = (("year", "since"),)


class CalendarRevisionRow(Model):
    """One change of the calendar. Revisions stay readable, so that a closed case keeps its dates."""

    id = fields.UUIDField(primary_key=True)
    number = fields.IntField(unique=True)
    source = fields.CharField(128)
    at = fields.DatetimeField()

    class Meta:
        table = "timelimits_calendar_revision"


class TimeLimitRow(Model):
    """One clock of a case. What is derived from the ledger stands here to be filtered and sorted by."""

    id = fields.UUIDField(primary_key=True)
    case_id = fields.UUIDField()
    kind = fields.CharField(16)
    count = fields.IntField()
    unit = fields.CharField(8)
    extended_by = fields.IntField(default=0)
    article_law = fields.CharField(64)
    article_place = fields.CharField(64)
    started_on = fields.DateField()
    due_on = fields.DateField()
    amber_on = fields.DateField()
    is_provisional = fields.BooleanField()
    is_paused = fields.BooleanField(default=False)
    stopped_on = fields.DateField(null=True)
    #: The calendar's revision the dates above were reckoned with, none before the first.
    revision_id = fields.UUIDField(null=True)

    class Meta:
        table = "timelimits_limit"
        indexes = [
            Index(fields=("case_id",), name="timelimits_limit_case"),
            Index(fields=("stopped_on", "kind", "due_on"), name="timelimits_limit_due"),
        ]


class LedgerRow(Model):
    """One thing that happened to a limit. Only ever added."""

    id = fields.UUIDField(primary_key=True)
    limit_id = fields.UUIDField()
    number = fields.IntField()
    kind = fields.CharField(16)
    on = fields.DateField()
    at = fields.DatetimeField(null=True)
    count = fields.IntField(null=True)
    unit = fields.CharField(8, default="")
    pause_id = fields.UUIDField(null=True)
    reason = fields.CharField(200, default="")
    article = fields.CharField(128, default="")
    notice_id = fields.UUIDField(null=True)

    class Meta:
        table = "timelimits_ledger"
        unique_together = (("limit_id", "number"),)
