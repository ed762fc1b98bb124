"""Tables of identity. Private to this package."""

from tortoise import fields
from tortoise.indexes import Index
from tortoise.models import Model


class Person(Model):
    """A resident's account. What identifies a human is sealed, digests find it again."""

    id = fields.UUIDField(primary_key=True)
    openid = fields.CharField(64, null=True, unique=True)
    unionid = fields.CharField(64, null=True)
    phone_sealed = fields.BinaryField(null=True)
    phone_digest = fields.CharField(64, null=True, unique=True)
    name_sealed = fields.BinaryField(null=True)
    id_number_sealed = fields.BinaryField(null=True)
    #: Not unique: one human may hold two accounts, and nobody may block another's name by using it first.
    id_number_digest = fields.CharField(64, null=True)
    proven_at = fields.DatetimeField(null=True)
    #: The account this one became part of.
    joined_into = fields.UUIDField(null=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "identity_person"
        indexes = [Index(fields=("id_number_digest",), name="identity_person_id_number")]


class PhoneCode(Model):
    """A code that proves a phone. The clear code lives sealed until the message is handed over."""

    id = fields.UUIDField(primary_key=True)
    phone_digest = fields.CharField(64)
    phone_sealed = fields.BinaryField(null=True)
    code_digest = fields.CharField(64)
    code_sealed = fields.BinaryField(null=True)
    created_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    tries = fields.SmallIntField(default=0)
    used_at = fields.DatetimeField(null=True)

    class Meta:
        table = "identity_phone_code"
        indexes = [
            Index(fields=("phone_digest", "created_at"), name="identity_phone_code_phone"),
            Index(fields=("created_at",), name="identity_phone_code_age"),
        ]


class Session(Model):
    """One signed-in device of a resident or an officer."""

    id = fields.UUIDField(primary_key=True)
    token_digest = fields.CharField(64, unique=True)
    kind = fields.CharField(16)  # person | officer
    subject_id = fields.UUIDField()
    device = fields.CharField(64, default="")
    csrf_token = fields.CharField(64)
    created_at = fields.DatetimeField()
    seen_at = fields.DatetimeField()
    expires_at = fields.DatetimeField()
    revoked_at = fields.DatetimeField(null=True)

    class Meta:
        table = "identity_session"
        indexes = [
            Index(fields=("subject_id", "created_at"), name="identity_session_subject"),
            Index(fields=("expires_at",), name="identity_session_end"),
        ]


class Officer(Model):
    """A member of staff, with two factors and a count of failures."""

    id = fields.UUIDField(primary_key=True)
    staff_number = fields.CharField(32, unique=True)
    name = fields.CharField(64)
    office = fields.CharField(64)
    password_hash = fields.CharField(255)
    totp_sealed = fields.BinaryField()
    #: A code works once: steps up to this one are spent.
    totp_last_step = fields.BigIntField(default=0)
    failures = fields.SmallIntField(default=0)
    locked_until = fields.DatetimeField(null=True)
    is_active = fields.BooleanField(default=True)
    created_at = fields.DatetimeField()

    class Meta:
        table = "identity_officer"


class OfficerRole(Model):
    """One role an officer holds."""

    id = fields.UUIDField(primary_key=True)
    officer: fields.ForeignKeyRelation[Officer] = fields.ForeignKeyField(
        "backend.Officer", related_name="held_roles", on_delete=fields.CASCADE
    )
    role = fields.CharField(32)

    class Meta:
        table = "identity_officer_role"
        unique_together = (("officer", "role"),)
        indexes = [Index(fields=("role",), name="identity_officer_role_role")]
