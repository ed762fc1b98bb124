"""Tables of the catalogue. Private to this package."""

from typing import Any

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class CatalogRevision(Model):
    """One row per publication. `token` tells processes that their copy is old."""

    number = fields.IntField(primary_key=True, generated=False)
    token = fields.UUIDField()
    published_at = fields.DatetimeField()
    #: Digest of the files it came from, empty where it came from the desk.
    source_digest = fields.CharField(64, default="")
    office: fields.Field[dict[str, Any]] = fields.JSONField()
    sectors: fields.Field[list[dict[str, str]]] = fields.JSONField()

    class Meta:
        table = "catalog_revision"


class CatalogItem(Model):
    """An item (事项): what stays the same over its versions, and what lists filter by."""

    id = fields.UUIDField(primary_key=True)
    code = fields.CharField(16, unique=True)
    name = fields.CharField(200)
    kind = fields.CharField(16)
    power = fields.CharField(16)
    sector_code = fields.CharField(32)
    department_code = fields.CharField(48)
    applicant = fields.CharField(16)
    latest_version = fields.IntField()
    #: False once the county no longer has the item, its versions stay for the cases filed under them.
    is_listed = fields.BooleanField(default=True)
    position = fields.IntField()

    class Meta:
        table = "catalog_item"
        indexes = [Index(fields=("is_listed", "position"), name="catalog_item_listed")]


class CatalogItemVersion(Model):
    """One version of an item. Never changed after it is written."""

    id = fields.UUIDField(primary_key=True)
    item_code = fields.CharField(16)
    version = fields.IntField()
    effective_at = fields.DatetimeField()
    digest = fields.CharField(64)
    #: JSON as text: the digest covers these very characters.
    document = fields.TextField()

    class Meta:
        table = "catalog_item_version"
        unique_together = (("item_code", "version"),)


class CatalogDepartment(Model):
    """A body of 2018 and its present name."""

    id = fields.UUIDField(primary_key=True)
    code = fields.CharField(48, unique=True)
    name = fields.CharField(100)
    present_name = fields.CharField(100)
    power = fields.CharField(16)
    position = fields.IntField()

    class Meta:
        table = "catalog_department"


class CatalogPlace(Model):
    """A service point (办事点)."""

    id = fields.UUIDField(primary_key=True)
    code = fields.CharField(32, unique=True)
    name = fields.CharField(100)
    kind = fields.CharField(8)
    town = fields.CharField(50, default="")
    address = fields.CharField(200, default="")
    hours = fields.CharField(200, default="")
    phone = fields.CharField(50, default="")
    is_pending = fields.BooleanField(default=True)
    position = fields.IntField()

    class Meta:
        table = "catalog_place"


class CatalogDelegation(Model):
    """An item handed to a town's centre, with its days."""

    id = fields.UUIDField(primary_key=True)
    town = fields.CharField(32)
    item_code = fields.CharField(16)
    begins_on = fields.DateField()
    until = fields.DateField(null=True)
    is_pending = fields.BooleanField(default=True)
    note = fields.CharField(200, default="")
    position = fields.IntField()

    class Meta:
        table = "catalog_delegation"
        unique_together = (("town", "item_code", "begins_on"),)
