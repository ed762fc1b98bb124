"""Wire shape of a guide (办事指南): one situation of an item, ready to be read out."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pydantic import BaseModel, Field

from backend.catalog import rules, types
from backend.catalog.schemas import Coded, FactText, LimitText, Place
from backend.catalog.snapshot import Snapshot


class GuideQuery(BaseModel):
    variant: str = Field(default="", max_length=40)


class Answers(BaseModel):
    """The four things everybody asks."""

    days: str
    fee: str
    where: str
    bring: str


class Material(BaseModel):
    key: str
    name: str
    form: str
    copies: str
    source: str
    necessity: types.Necessity
    condition_text: str
    deferrable: bool
    by_sharing: bool
    is_hint: bool
    is_demanded: bool
    is_pending: bool
    provenance: types.Provenance
    provenance_text: str

    @classmethod
    def of(cls, material: types.MaterialRequirement) -> "Material":
        assumed = material.has_assumed_details
        return cls(
            key=material.key,
            name=material.name,
            form=rules.PENDING if assumed else material.form or rules.PENDING,
            copies=rules.PENDING if assumed else material.copies or rules.PENDING,
            source=material.source or rules.PENDING,
            necessity=material.necessity,
            condition_text=material.condition_text,
            deferrable=material.is_deferrable,
            by_sharing=material.obtainable_by_sharing,
            is_hint=material.is_hint,
            is_demanded=material.is_demanded,
            is_pending=material.is_pending,
            provenance=material.provenance,
            provenance_text=rules.material_origin(material),
        )


class StepRow(BaseModel):
    name: str
    limit_text: str
    is_pending: bool

    @classmethod
    def of(cls, step: types.Step) -> "StepRow":
        return cls(name=step.name, limit_text=rules.step_limit(step), is_pending=not step.confirmed)


class Limits(BaseModel):
    statutory: LimitText | None
    promised: LimitText | None
    note: str

    @classmethod
    def of(cls, variant: types.Variant) -> "Limits":
        return cls(
            statutory=LimitText.of(variant.statutory_limit),
            promised=LimitText.of(variant.promised_limit),
            note=rules.limit_note(variant),
        )


class Procedure(BaseModel):
    name: str
    note: str
    pauses: bool
    effect_text: str
    is_pending: bool

    @classmethod
    def of(cls, procedure: types.SpecialProcedure) -> "Procedure":
        return cls(
            name=procedure.name,
            note=procedure.note,
            pauses=procedure.pauses,
            effect_text=rules.effect_text(procedure),
            is_pending=not procedure.confirmed,
        )


class Result(BaseModel):
    name: str
    validity_text: str
    is_pending: bool

    @classmethod
    def of(cls, variant: types.Variant) -> "Result":
        name, validity = variant.result_name, variant.validity
        return cls(
            name=name.value if name else rules.PENDING,
            validity_text=validity.value if validity else rules.PENDING,
            is_pending=name is None or validity is None or name.is_pending or validity.is_pending,
        )


class PowerState(BaseModel):
    state: types.Power
    text: str
    is_pending: bool

    @classmethod
    def of(cls, item: types.ItemVersion, *, office: str) -> "PowerState":
        text = rules.power_text(item, office=office)
        return cls(state=item.power, text=text, is_pending=not item.is_power_confirmed)


class FormField(BaseModel):
    """One question of a form; also what drafts are drawn from."""

    key: str
    label: str
    type: types.FieldType
    required: bool
    options: list[str]
    hint: str
    max_length: int
    minimum: float | None
    maximum: float | None

    @classmethod
    def of(cls, field: types.FormField) -> "FormField":
        return cls(
            key=field.key,
            label=field.label,
            type=field.type,
            required=field.required,
            options=list(field.options),
            hint=field.hint,
            max_length=field.max_length,
            minimum=field.minimum,
            maximum=field.maximum,
        )


class Guide(BaseModel):
    """The guide (办事指南) of one situation of an item."""

    item: Coded
    variant: Coded
    variants: list[Coded]
    version: int
    effective_at: datetime
    answer: Answers
    conditions: list[FactText]
    materials: list[Material]
    steps: list[StepRow]
    limits: Limits
    fee: LimitText
    legal_basis: list[str]
    special_procedures: list[Procedure]
    result: Result
    places: list[Place]
    power: PowerState
    can_file: bool
    form: list[FormField]
    notices: list[str]
    cautions: list[str]

    @classmethod
    def of(
        cls, item: types.ItemVersion, variant: types.Variant, *, catalogue: Snapshot, day: date
    ) -> "Guide":
        towns = catalogue.towns_for(item.item_code, on=day) if item.can_file else ()
        hall = catalogue.hall
        office = catalogue.organisation.office.name
        return cls(
            item=Coded(code=item.item_code, name=item.item_name),
            variant=Coded(code=variant.code, name=variant.name),
            variants=[Coded(code=each.code, name=each.name) for each in item.variants],
            version=item.version,
            effective_at=item.effective_at,
            answer=_answers(item, variant, hall=hall.name if hall else "政务服务大厅", towns=towns),
            limits=Limits.of(variant),
            fee=LimitText(text=item.fee.value, is_pending=item.fee.is_pending, basis=item.fee.source),
            legal_basis=rules.legal_basis(item),
            result=Result.of(variant),
            places=_places(item, hall=hall, towns=towns),
            power=PowerState.of(item, office=office),
            can_file=item.can_file,
            form=[FormField.of(each) for each in variant.form] if item.can_file else [],
            notices=list(rules.notices(item)),
            **_lists(item, variant),
        )


def _lists(item: types.ItemVersion, variant: types.Variant) -> dict[str, Any]:
    cautions = (*item.cautions, *variant.cautions)
    return {
        "conditions": [FactText.of(each) for each in variant.conditions],
        "materials": [Material.of(each) for each in variant.materials],
        "steps": [StepRow.of(each) for each in rules.steps_of(item, variant)],
        "special_procedures": [Procedure.of(each) for each in variant.special_procedures],
        "cautions": [rules.mark(each, is_pending=True) for each in cautions],
    }


def _places(
    item: types.ItemVersion, *, hall: types.Place | None, towns: Sequence[types.Place]
) -> list[Place]:
    if hall is None or item.power is types.Power.ELSEWHERE:
        return []
    return [Place.of(each) for each in (hall, *towns)]


def _answers(
    item: types.ItemVersion, variant: types.Variant, *, hall: str, towns: Sequence[types.Place]
) -> Answers:
    return Answers(
        days=rules.days_answer(item, variant),
        fee=rules.fee_answer(item),
        where=rules.where_answer(item, hall=hall, towns=towns),
        bring=rules.bring_answer(variant),
    )
