"""Drafts on the wire: the form as it stands, what is there and what is not."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.cases.rules import MissingMaterial
from backend.cases.types import CaseView
from backend.catalog.types import FormField, MaterialRequirement, Necessity, Variant
from backend.kernel.errors import FieldProblem
from backend.materials.types import FileView, MaterialView


class Named(BaseModel):
    code: str
    name: str


class DraftBody(BaseModel):
    model_config = ConfigDict(extra="forbid")
    item_code: str = Field(min_length=1, max_length=32)
    variant_code: str = Field(default="", max_length=32)


class DraftChange(BaseModel):
    model_config = ConfigDict(extra="forbid")
    version: int
    form: dict[str, str] = Field(max_length=200)


class FileOut(BaseModel):
    id: UUID
    name: str
    size: int
    media_type: str
    uploaded_at: datetime

    @classmethod
    def of(cls, file: FileView) -> "FileOut":
        return cls(
            id=file.id,
            name=file.name,
            size=file.size,
            media_type=file.media_type,
            uploaded_at=file.uploaded_at,
        )


class FieldOut(BaseModel):
    key: str
    label: str
    type: str
    required: bool
    options: list[str]
    hint: str
    max_length: int
    minimum: float | None
    maximum: float | None

    @classmethod
    def of(cls, field: FormField) -> "FieldOut":
        return cls(
            key=field.key,
            label=field.label,
            type=field.type.value,
            required=field.required,
            options=list(field.options),
            hint=field.hint,
            max_length=field.max_length,
            minimum=field.minimum,
            maximum=field.maximum,
        )


#: For what another department holds (LAW §7): nobody is sent to fetch it.
SHARED = "可由部门共享获取，不用专门去开；手头有的也可以上传。"


def _copies(told: str) -> str:
    """`1` becomes 1份; nothing is said of none, nor of what is not a number."""
    return f"{told}份" if told.isdigit() and told != "0" else ""


class DraftMaterialOut(BaseModel):
    key: str
    name: str
    necessity: str
    condition_text: str
    hint: str
    is_pending: bool
    files: list[FileOut]

    @classmethod
    def of(cls, wanted: MaterialRequirement, files: tuple[FileView, ...]) -> "DraftMaterialOut":
        hint = "、".join(part for part in (wanted.form, _copies(wanted.copies), wanted.source) if part)
        return cls(
            key=wanted.key,
            name=wanted.name,
            necessity=(Necessity.OPTIONAL if wanted.obtainable_by_sharing else wanted.necessity).value,
            condition_text=SHARED if wanted.obtainable_by_sharing else wanted.condition_text,
            hint=hint,
            is_pending=wanted.is_pending,
            files=[FileOut.of(file) for file in files],
        )


class MissingOut(BaseModel):
    key: str
    kind: str
    label: str
    #: Whether submitting is refused until it is there; missing materials never are.
    blocks: bool


class DraftOut(BaseModel):
    id: UUID
    item: Named
    variant: Named
    item_version: int
    version: int
    saved_at: datetime
    form: dict[str, str]
    fields: list[FieldOut]
    materials: list[DraftMaterialOut]
    missing: list[MissingOut]
    can_submit: bool
    notice: str = "尚未提交"

    @classmethod
    def of(
        cls,
        case: CaseView,
        values: dict[str, str],
        *,
        variant: Variant,
        handed_in: list[MaterialView],
        problems: tuple[FieldProblem, ...],
        missing: tuple[MissingMaterial, ...],
    ) -> "DraftOut":
        files = {each.key: each.files for each in handed_in}
        labels = {field.key: field.label for field in variant.form}
        absent = [
            MissingOut(key=p.field, kind="field", label=labels.get(p.field, p.field), blocks=True)
            for p in problems
        ]
        absent += [MissingOut(key=m.key, kind="material", label=m.name, blocks=False) for m in missing]
        return cls(
            id=case.id,
            item=Named(code=case.item_code, name=case.item_name),
            variant=Named(code=case.variant_code, name=case.variant_name),
            item_version=case.item_version,
            version=case.version,
            saved_at=case.updated_at,
            form=values,
            fields=[FieldOut.of(field) for field in variant.form],
            materials=[DraftMaterialOut.of(each, files.get(each.key, ())) for each in variant.materials],
            missing=absent,
            can_submit=not problems,
        )


class DraftRow(BaseModel):
    id: UUID
    item: Named
    variant: Named
    saved_at: datetime
    notice: str = "尚未提交"

    @classmethod
    def of(cls, case: CaseView) -> "DraftRow":
        return cls(
            id=case.id,
            item=Named(code=case.item_code, name=case.item_name),
            variant=Named(code=case.variant_code, name=case.variant_name),
            saved_at=case.updated_at,
        )
