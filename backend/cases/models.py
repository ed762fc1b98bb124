"""Tables of the case. Private to this package (`console.queries` reads across)."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Case(Model):
    id = fields.UUIDField(primary_key=True)
    #: Given at submission from a locked sequence, drafts have none.
    number = fields.CharField(32, null=True, unique=True)
    person_id = fields.UUIDField()
    #: Set only while the case is an open draft: two taps on 开始办理 meet the same row.
    draft_key = fields.CharField(120, null=True, unique=True)
    submit_key = fields.CharField(64, default="")
    item_code = fields.CharField(32)
    item_name = fields.CharField(200)
    #: licence | associated: only the former's letters speak of 行政许可.
    item_kind = fields.CharField(16)
    item_version = fields.IntField()
    variant_code = fields.CharField(32)
    variant_name = fields.CharField(120)
    department_code = fields.CharField(32, default="")
    state = fields.CharField(16)
    #: Counts every change, the draft's editors compare it.
    version = fields.IntField(default=1)
    #: The form as JSON, sealed: it holds names, ID numbers and telephones.
    form = fields.BinaryField()
    applicant_masked = fields.CharField(64, default="")
    officer_id = fields.UUIDField(null=True)
    officer_label = fields.CharField(64, default="")
    created_at = fields.DatetimeField()
    updated_at = fields.DatetimeField()
    received_at = fields.DatetimeField(null=True)
    accepted_at = fields.DatetimeField(null=True)
    decided_at = fields.DatetimeField(null=True)
    closed_at = fields.DatetimeField(null=True)
    #: The nearest date the office must act by, for sorting lists.
    due_on = fields.DateField(null=True)
    #: Counted by weekday, because the year's holidays are not published yet.
    is_due_provisional = fields.BooleanField(default=False)

    class Meta:
        table = "cases_case"
        indexes = [
            Index(fields=("person_id", "updated_at"), name="cases_case_person"),
            Index(fields=("state", "due_on"), name="cases_case_work"),
            Index(fields=("officer_id", "state"), name="cases_case_officer"),
            Index(fields=("item_code", "state"), name="cases_case_item"),
        ]


class Correction(Model):
    """The one notice of everything missing (补正告知), at most one a case."""

    id = fields.UUIDField(primary_key=True)
    case_id = fields.UUIDField(unique=True)
    requested_at = fields.DatetimeField()
    officer_label = fields.CharField(64)
    supplied_at = fields.DatetimeField(null=True)

    class Meta:
        table = "cases_correction"


class MissingPart(Model):
    """One thing a correction asks for: a material of the guide or a field of the form."""

    id = fields.UUIDField(primary_key=True)
    case_id = fields.UUIDField()
    key = fields.CharField(64)
    name = fields.CharField(200)
    reason = fields.CharField(500)
    position = fields.IntField()

    class Meta:
        table = "cases_missing_part"
        unique_together = (("case_id", "key"),)


class Decision(Model):
    """What was decided, with what must be said of it (行政许可法 第三十八条)."""

    id = fields.UUIDField(primary_key=True)
    case_id = fields.UUIDField(unique=True)
    kind = fields.CharField(16)  # decline | grant | refuse | withdraw
    facts = fields.TextField(default="")
    clauses = fields.TextField(default="")
    reasons = fields.TextField(default="")
    decided_at = fields.DatetimeField()
    officer_label = fields.CharField(64, default="")

    class Meta:
        table = "cases_decision"


class NumberSeries(Model):
    """The last number given of one series, locked while the next is taken."""

    name = fields.CharField(32, primary_key=True)
    value = fields.BigIntField()

    class Meta:
        table = "cases_sequence"


class Request(Model):
    """An idempotency key that was answered: the same key again gives the same case, once."""

    id = fields.UUIDField(primary_key=True)
    person_id = fields.UUIDField()
    key = fields.CharField(64)
    act = fields.CharField(32)
    case_id = fields.UUIDField()

    class Meta:
        table = "cases_request"
        unique_together = (("person_id", "key"),)
