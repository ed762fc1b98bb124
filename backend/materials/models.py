"""Tables of the materials. Private to this package."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Material(Model):
    """One material of one case. Created with its first file, its row is the lock for changes to its files."""

    id = fields.UUIDField(primary_key=True)
    case_id = fields.UUIDField()
    key = fields.CharField(64)
    name = fields.CharField(200, default="")
    created_at = fields.DatetimeField()

    class Meta:
        table = "materials_material"
        unique_together = (("case_id", "key"),)


class MaterialFile(Model):
    """One file of a material. The bytes lie in the file store under `sha256`."""

    id = fields.UUIDField(primary_key=True)
    material: fields.ForeignKeyRelation[Material] = fields.ForeignKeyField(
        "backend.Material", related_name="files", on_delete=fields.RESTRICT
    )
    case_id = fields.UUIDField()
    name = fields.CharField(80)
    size = fields.IntField()
    media_type = fields.CharField(40)
    sha256 = fields.CharField(64)
    uploaded_at = fields.DatetimeField()
    uploaded_by = fields.UUIDField()
    received_at = fields.DatetimeField(null=True)

    class Meta:
        table = "materials_file"
        unique_together = (("material", "sha256"),)
        indexes = [Index(fields=("case_id", "uploaded_at"), name="materials_file_case")]
