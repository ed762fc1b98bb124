"""Wire shapes of the catalogue. Texts are ready to be read out; unknown ones say 待核实."""

from datetime import datetime
from typing import Literal

from pydantic import BaseModel, Field

from backend.catalog import rules, types
from backend.kernel.units import Days


class ItemQuery(BaseModel):
    """How a list of items is narrowed down."""

    q: str = Field(default="", max_length=100)
    sector: str | None = Field(default=None, max_length=32)
    department: str | None = Field(default=None, max_length=48)
    power: types.Power | None = None
    applicant: types.ApplicantKind | None = None
    kind: types.Kind | None = None
    cursor: str | None = Field(default=None, max_length=200)
    limit: int = Field(default=20, ge=1, le=100)


class SearchQuery(BaseModel):
    q: str = Field(min_length=1, max_length=100)
    limit: int = Field(default=10, ge=1, le=50)


class Coded(BaseModel):
    """A thing by its code and its name."""

    code: str
    name: str


class DepartmentRef(Coded):
    present_name: str

    @classmethod
    def of(cls, department: types.Department) -> "DepartmentRef":
        return cls(code=department.code, name=department.title, present_name=department.present_name)


class LimitDays(BaseModel):
    value: int
    unit: Literal["working", "calendar"]
    text: str
    is_pending: bool

    @classmethod
    def of(cls, fact: types.Fact[Days] | None) -> "LimitDays | None":
        if fact is None:
            return None
        days = fact.value
        return cls(value=days.count, unit=days.unit.value, text=str(days), is_pending=fact.is_pending)


class ItemSummary(BaseModel):
    code: str
    name: str
    kind: types.Kind
    power: types.Power
    sector: Coded
    department: DepartmentRef
    applicant: types.ApplicantKind
    handling: types.Handling
    limit_text: str
    statutory_days: LimitDays | None
    fee_text: str
    is_pending: bool
    can_file: bool

    @classmethod
    def of(cls, item: types.ItemSummary) -> "ItemSummary":
        return cls(
            code=item.code,
            name=item.name,
            kind=item.kind,
            power=item.power,
            sector=Coded(code=item.sector.code, name=item.sector.name),
            department=DepartmentRef.of(item.department),
            applicant=item.applicant,
            handling=item.handling,
            limit_text=rules.summary_limit_text(item),
            statutory_days=LimitDays.of(item.statutory_limit),
            fee_text=item.fee.value,
            is_pending=rules.is_limit_pending(item.promised_limit, item.statutory_limit),
            can_file=item.can_file,
        )


class FactText(BaseModel):
    """A fact in words, and how it is known."""

    text: str
    is_pending: bool
    provenance: types.Provenance
    provenance_text: str
    source: str

    @classmethod
    def of(cls, fact: types.Fact[str]) -> "FactText":
        return cls(
            text=fact.value,
            is_pending=fact.is_pending,
            provenance=fact.provenance,
            provenance_text=rules.PROVENANCE_TEXT[fact.provenance],
            source=fact.source,
        )


class LimitText(BaseModel):
    text: str
    is_pending: bool
    basis: str

    @classmethod
    def of(cls, fact: types.Fact[Days] | None) -> "LimitText | None":
        if fact is None:
            return None
        return cls(text=str(fact.value), is_pending=fact.is_pending, basis=fact.source)


class VariantRow(Coded):
    official_name: str
    statutory_limit: LimitText | None
    promised_limit: LimitText | None

    @classmethod
    def of(cls, variant: types.Variant) -> "VariantRow":
        return cls(
            code=variant.code,
            name=variant.name,
            official_name=variant.official_name,
            statutory_limit=LimitText.of(variant.statutory_limit),
            promised_limit=LimitText.of(variant.promised_limit),
        )


class OtherCode(BaseModel):
    system: str
    value: str
    is_official: bool
    note: str


class Item(ItemSummary):
    """An item with its facts, without the guide of each situation."""

    version: int
    effective_at: datetime
    family: str
    supervising_department: str
    power_text: str
    power_basis: str
    legal_basis: list[str]
    is_legal_basis_checked: bool
    fee: FactText
    variants: list[VariantRow]
    notices: list[str]
    cautions: list[str]
    other_names: list[str]
    codes: list[OtherCode]
    evidence: str
    confidence: str
    sources: list[str]

    @classmethod
    def of_version(cls, item: types.ItemVersion, *, office: str) -> "Item":
        summary = ItemSummary.of(types.ItemSummary.of(item))
        return cls(
            **dict(summary),
            version=item.version,
            effective_at=item.effective_at,
            family=item.family,
            supervising_department=item.supervising_department,
            power_text=rules.power_text(item, office=office),
            power_basis=item.power_basis,
            legal_basis=rules.legal_basis(item),
            is_legal_basis_checked=item.is_legal_basis_checked,
            fee=FactText.of(item.fee),
            variants=[VariantRow.of(each) for each in item.variants],
            notices=list(rules.notices(item)),
            cautions=[rules.mark(each, is_pending=True) for each in item.cautions],
            other_names=list(item.colloquial_names),
            codes=[
                OtherCode(system=c.system, value=c.value, is_official=c.is_official, note=c.note)
                for c in item.codes
            ],
            evidence=item.evidence,
            confidence=item.confidence,
            sources=list(item.sources),
        )


class SearchRow(Coded):
    why: str
    score: float
    department: DepartmentRef

    @classmethod
    def of(cls, hit: types.SearchHit) -> "SearchRow":
        return cls(
            code=hit.code,
            name=hit.name,
            why=hit.why,
            score=hit.score,
            department=DepartmentRef.of(hit.department),
        )


class SearchAnswer(BaseModel):
    items: list[SearchRow]


class SectorRow(Coded):
    count: int


class Sectors(BaseModel):
    items: list[SectorRow]


class DepartmentRow(DepartmentRef):
    count: int
    power: types.Power


class Departments(BaseModel):
    items: list[DepartmentRow]


class Place(Coded):
    kind: types.PlaceKind
    address: str
    hours: str
    phone: str
    is_pending: bool

    @classmethod
    def of(cls, place: types.Place) -> "Place":
        return cls(
            code=place.code,
            name=place.name,
            kind=place.kind,
            address=place.address or rules.PENDING,
            hours=place.hours or rules.PENDING,
            phone=place.phone or rules.PENDING,
            is_pending=place.is_pending,
        )


class Places(BaseModel):
    items: list[Place]


class Office(BaseModel):
    name: str
    region: str
    phone: str
    hours: str
    address: str
    complaint_phone: str
    is_pending: bool

    @classmethod
    def of(cls, office: types.Office) -> "Office":
        return cls(
            name=office.name,
            region=office.region,
            phone=office.phone or rules.PENDING,
            hours=office.hours or rules.PENDING,
            address=office.address or rules.PENDING,
            complaint_phone=office.complaint_phone,
            is_pending=office.is_pending,
        )
