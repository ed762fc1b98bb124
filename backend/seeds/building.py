"""Turn what the clerk wrote into the catalogue's own values. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from backend.catalog.service import pauses_by_law
from backend.catalog.types import (
    ApplicantKind,
    Department,
    Fact,
    FormField,
    Handling,
    ItemCode,
    ItemVersion,
    Kind,
    MaterialRequirement,
    Necessity,
    Power,
    Provenance,
    Sector,
    SpecialProcedure,
    Step,
    Variant,
)
from backend.kernel.units import Days, DayUnit
from backend.seeds import shapes

PROVENANCE = {
    "发布文本": Provenance.PUBLISHED,
    "法条": Provenance.STATUTE,
    "外地指南": Provenance.ELSEWHERE,
    "编目归纳": Provenance.COMPILED,
}
KIND = {"行政许可": Kind.LICENCE, "关联事项": Kind.ASSOCIATED}
POWER = {"划转": Power.TRANSFERRED, "暂不划转进驻大厅": Power.WINDOW, "不划转不进驻": Power.ELSEWHERE}
APPLICANT = {
    "个人": ApplicantKind.PERSON,
    "单位": ApplicantKind.ORGANISATION,
    "个人和单位": ApplicantKind.BOTH,
}
HANDLING = {"即办件": Handling.INSTANT, "承诺件": Handling.TIMED}
NECESSITY = {"必要": Necessity.REQUIRED, "视情形": Necessity.CONDITIONAL, "非必要": Necessity.OPTIONAL}
HISTORY = {"": "", "2018年属许可，现已调整": "2018_only", "2018年后新增": "after_2018"}
UNIT = {"工作日": DayUnit.WORKING, "日": DayUnit.CALENDAR}

READ = "法条原文已核对"
FROM_LAW = (READ, "行政许可法第42条通则（专门法未另定，推定20）")


@dataclass(frozen=True)
class Surroundings:
    """What an item refers to: departments and sectors by name, forms by item and situation."""

    departments: Mapping[str, Department]
    sectors: Mapping[str, Sector]
    common_forms: Mapping[str, tuple[FormField, ...]]
    special_forms: Mapping[str, tuple[FormField, ...]]

    def form_for(self, item: shapes.ItemWritten, variant_code: str) -> tuple[FormField, ...]:
        """The situation's own form, else the item's, else the common one of its applicants."""
        own = self.special_forms.get(f"{item.code}/{variant_code}") or self.special_forms.get(item.code)
        return own or self.common_forms[item.applicant]


def item_version(
    written: shapes.ItemWritten, *, department: Department, around: Surroundings, now: datetime
) -> ItemVersion:
    """An item's next version; the store gives it its number."""
    situations: Sequence[shapes.Situation] = written.variants or [written]
    variants = tuple(_variant(each, item=written, around=around) for each in situations)
    return ItemVersion(
        item_code=written.code,
        item_name=written.name,
        version=0,
        effective_at=now,
        kind=KIND[written.kind],
        power=POWER[written.power],
        power_basis=written.power_basis,
        is_power_confirmed=written.power_confirmed,
        sector=around.sectors[written.sector],
        former_department=department,
        supervising_department=written.supervised_by,
        applicant=APPLICANT[written.applicant],
        handling=HANDLING[written.handling],
        fee=_fee(written.fee),
        is_charged=written.fee.charged,
        legal_basis=tuple(written.legal_basis),
        is_legal_basis_checked=written.legal_basis_checked,
        variants=variants,
        **_of_first(variants[0], item=written),
        **_background(written),
    )


def _of_first(first: Variant, *, item: shapes.ItemWritten) -> dict[str, Any]:
    """What an item says where nobody asks for a situation."""
    own = tuple(_procedure(each) for each in item.special_procedures)
    return {
        "statutory_limit": _statutory(item.statutory_limit),
        "promised_limit": _promised(item.promised_limit),
        "conditions": first.conditions,
        "special_procedures": own or first.special_procedures,
        "result_name": first.result_name,
        "validity": first.validity,
    }


def _background(written: shapes.ItemWritten) -> dict[str, Any]:
    return {
        "family": written.family,
        "codes": tuple(
            ItemCode(each.system, each.value, each.standing == "正式", each.note or each.standing)
            for each in written.codes
        ),
        "colloquial_names": tuple(written.colloquial_names),
        "cautions": tuple(written.cautions),
        "history": HISTORY[written.history],
        "evidence": written.evidence,
        "confidence": written.confidence,
        "sources": tuple(written.sources),
    }


def _variant(written: shapes.Situation, *, item: shapes.ItemWritten, around: Surroundings) -> Variant:
    names = ("default", "办理", "")
    if isinstance(written, shapes.VariantWritten):
        names = (written.code, written.name, written.official_name)
    return Variant(
        code=names[0],
        name=names[1],
        official_name=names[2],
        colloquial_names=tuple(written.colloquial_names) if names[2] else (),
        statutory_limit=_statutory(written.statutory_limit or item.statutory_limit),
        promised_limit=_promised(written.promised_limit or item.promised_limit),
        limit_note=written.limit_note,
        conditions=_conditions(written.conditions),
        materials=_materials(written.materials) + tuple(_hint(each) for each in written.hints),
        steps=tuple(_step(each) for each in written.steps),
        special_procedures=tuple(_procedure(each) for each in written.special_procedures),
        result_name=_compiled(written.result_name),
        validity=_compiled(written.validity),
        form=around.form_for(item, names[0]),
        cautions=tuple(written.cautions) if names[2] else (),
    )


def _statutory(written: shapes.LimitWritten | None) -> Fact[Days] | None:
    """A limit in the words of an article that was read needs nobody's confirmation."""
    if written is None:
        return None
    provenance = Provenance.STATUTE if written.check in FROM_LAW else Provenance.COMPILED
    source = written.basis if written.check == READ else f"{written.basis}（{written.check or '未核对'}）"
    return Fact(_days(written), provenance, source, written.confirmed or written.check == READ)


def _promised(written: shapes.LimitWritten | None) -> Fact[Days] | None:
    if written is None:
        return None
    return Fact(_days(written), Provenance.PUBLISHED, written.basis, written.confirmed)


def _days(written: shapes.LimitWritten) -> Days:
    return Days(written.days, UNIT[written.unit])


def _fee(written: shapes.FeeWritten) -> Fact[str]:
    provenance = Provenance.STATUTE if written.basis else Provenance.COMPILED
    return Fact(written.text, provenance, written.basis, written.confirmed)


def _compiled(text: str) -> Fact[str] | None:
    return Fact(text, Provenance.COMPILED) if text else None


def _conditions(written: shapes.ConditionsWritten | None) -> tuple[Fact[str], ...]:
    if written is None:
        return ()
    provenance = PROVENANCE[written.grounding]
    return tuple(Fact(each, provenance, written.source, written.confirmed) for each in written.list)


def _step(written: str | shapes.StepWritten) -> Step:
    if isinstance(written, str):
        return Step(written)
    return Step(written.name, written.limit, confirmed=written.confirmed)


def _procedure(written: str | shapes.ProcedureWritten) -> SpecialProcedure:
    if isinstance(written, str):
        return SpecialProcedure(written, pauses_by_law(written))
    pauses = pauses_by_law(written.name) if written.pauses is None else written.pauses
    return SpecialProcedure(written.name, pauses, written.note, confirmed=written.confirmed)


def _materials(written: shapes.MaterialsWritten | None) -> tuple[MaterialRequirement, ...]:
    if written is None:
        return ()
    return tuple(
        _material(shapes.MaterialWritten(name=each) if isinstance(each, str) else each, among=written)
        for each in written.list
    )


def _material(written: shapes.MaterialWritten, *, among: shapes.MaterialsWritten) -> MaterialRequirement:
    return MaterialRequirement(
        key=written.key or key_of(written.name),
        name=written.name,
        necessity=NECESSITY[written.necessity],
        provenance=PROVENANCE[among.grounding],
        form=written.form,
        copies=written.copies,
        source=written.source,
        condition_text=written.condition,
        is_deferrable=written.deferrable,
        obtainable_by_sharing=written.by_sharing,
        has_assumed_details=among.details == "编目假定",
        confirmed=among.confirmed if written.confirmed is None else written.confirmed,
    )


def _hint(name: str) -> MaterialRequirement:
    return MaterialRequirement(
        key=key_of(name),
        name=name,
        necessity=Necessity.CONDITIONAL,
        provenance=Provenance.COMPILED,
        condition_text="未核实的线索，是否需要以窗口核定为准",
        is_hint=True,
    )


def key_of(name: str) -> str:
    """A material's key, the same in every version as long as its name is."""
    return "m" + hashlib.sha256(name.encode()).hexdigest()[:10]


def form_fields(written: Sequence[shapes.FieldWritten]) -> tuple[FormField, ...]:
    """A form as the catalogue keeps it."""
    known = {each.name for each in fields(FormField)} - {"options"}
    return tuple(
        FormField(options=tuple(each.options), **{name: getattr(each, name) for name in known})
        for each in written
    )
