"""Tables of the documents. Private to this package."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class DocumentSequence(Model):
    """The last number given in a series. Locked until the act that takes the next one commits."""

    id = fields.UUIDField(primary_key=True)
    kind = fields.CharField(16)
    year = fields.SmallIntField()
    place = fields.IntField()

    class Meta:
        table = "documents_sequence"
        unique_together = (("kind", "year"),)


class Document(Model):
    """One issued document: what it says as data, and where its sealed PDF lies once it is pressed."""

    id = fields.UUIDField(primary_key=True)
    case_id = fields.UUIDField()
    kind = fields.CharField(16)
    title = fields.CharField(64)
    number = fields.CharField(64, unique=True)
    issued_on = fields.DateField()
    issued_at = fields.DatetimeField()
    article = fields.CharField(128)
    #: The content and the issuer as they were when it was issued, never searched.
    content: fields.JSONField[dict[str, str | list[str]]] = fields.JSONField()
    issuer: fields.JSONField[dict[str, str | bool]] = fields.JSONField()
    status = fields.CharField(10)
    file_key = fields.CharField(64, null=True)
    ready_at = fields.DatetimeField(null=True)

    class Meta:
        table = "documents_document"
        indexes = [Index(fields=("case_id", "issued_at"), name="documents_document_case")]


class Delivery(Model):
    """Proof that a document reached its recipient in one way, the first of each way counts."""

    id = fields.UUIDField(primary_key=True)
    document: fields.ForeignKeyRelation[Document] = fields.ForeignKeyField(
        "backend.Document", related_name="deliveries", on_delete=fields.RESTRICT
    )
    way = fields.CharField(8)
    served_at = fields.DatetimeField()
    proof = fields.CharField(200, default="")
    recorded_by = fields.UUIDField()

    class Meta:
        table = "documents_delivery"
        unique_together = (("document", "way"),)
