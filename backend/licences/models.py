"""Tables of the licences. Private to this package."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class LicenceSequence(Model):
    """The last number given in a year. Locked until the act that takes the next one commits."""

    id = fields.UUIDField(primary_key=True)
    year = fields.SmallIntField(unique=True)
    place = fields.IntField()

    class Meta:
        table = "licences_sequence"


class Licence(Model):
    """One licence. Its case has at most one."""

    id = fields.UUIDField(primary_key=True)
    case_id = fields.UUIDField(unique=True)
    person_id = fields.UUIDField()
    number = fields.CharField(64, unique=True)
    verification_code = fields.CharField(16, unique=True)
    title = fields.CharField(120)
    item_code = fields.CharField(64)
    item_name = fields.CharField(200)
    holder = fields.CharField(200)
    authority = fields.CharField(120)
    #: Label and text of each further line of the page, never searched.
    rows: fields.JSONField[list[list[str]]] = fields.JSONField()
    status = fields.CharField(12)
    issued_on = fields.DateField()
    valid_from = fields.DateField()
    valid_until = fields.DateField(null=True)
    file_key = fields.CharField(64, null=True)
    sealed_at = fields.DatetimeField(null=True)
    replaced_by = fields.CharField(64, default="")
    problem = fields.CharField(200, default="")
    checked_count = fields.IntField(default=0)
    created_at = fields.DatetimeField()

    class Meta:
        table = "licences_licence"
        indexes = [Index(fields=("person_id", "created_at", "id"), name="licences_licence_person")]
