"""What other packages may know about an item. All values are frozen; texts are Chinese."""

from dataclasses import dataclass
from datetime import datetime

from backend.catalog.bodies import (
    Delegation,
    Department,
    Office,
    Organisation,
    Place,
    PlaceKind,
    Power,
    Sector,
)
from backend.catalog.facts import (
    ApplicantKind,
    Fact,
    FieldType,
    Handling,
    Kind,
    Necessity,
    Provenance,
)
from backend.kernel.units import Days

__all__ = [
    "ApplicantKind",
    "Delegation",
    "Department",
    "Fact",
    "FieldType",
    "Finding",
    "FormField",
    "Handling",
    "ItemCode",
    "ItemSummary",
    "ItemVersion",
    "Kind",
    "MaterialRequirement",
    "Necessity",
    "Office",
    "Organisation",
    "Place",
    "PlaceKind",
    "Power",
    "Provenance",
    "SearchHit",
    "Sector",
    "SpecialProcedure",
    "Step",
    "Variant",
]


@dataclass(frozen=True)
class ItemCode:
    """A code somebody else gave the item. Only an official one may stand on a form or in an exchange."""

    system: str
    value: str
    is_official: bool
    note: str = ""


@dataclass(frozen=True)
class SpecialProcedure:
    """A step outside the ordinary course (特殊环节). Only 行政许可法 第四十五条's closed list pauses."""

    name: str
    pauses: bool
    note: str = ""
    provenance: Provenance = Provenance.COMPILED
    confirmed: bool = False


@dataclass(frozen=True)
class Step:
    """A step of the ordinary course; its limit is only what a statute or another county's guide says."""

    name: str
    limit_text: str = ""
    provenance: Provenance = Provenance.COMPILED
    confirmed: bool = False


@dataclass(frozen=True, kw_only=True)
class MaterialRequirement:
    """One thing to hand in (材料), as the version lists it."""

    key: str
    name: str
    necessity: Necessity
    provenance: Provenance
    form: str = ""
    copies: str = ""
    source: str = ""
    condition_text: str = ""
    is_deferrable: bool = False
    obtainable_by_sharing: bool = False
    #: Form, copies and source were only assumed by the compilers.
    has_assumed_details: bool = False
    #: A lead without any grounding (未核实线索).
    is_hint: bool = False
    confirmed: bool = False

    @property
    def is_pending(self) -> bool:
        return not self.confirmed

    @property
    def is_to_bring(self) -> bool:
        """Whether applicants are asked for it: required, not a mere lead, and no department has it anyway."""
        return self.necessity is Necessity.REQUIRED and not self.obtainable_by_sharing and not self.is_hint

    @property
    def is_demanded(self) -> bool:
        """Whether its absence makes an application incomplete: only what the office confirmed."""
        return self.confirmed and self.necessity is Necessity.REQUIRED and not self.obtainable_by_sharing


@dataclass(frozen=True, kw_only=True)
class FormField:
    """One question of the application form (申请表)."""

    key: str
    label: str
    type: FieldType
    required: bool = False
    options: tuple[str, ...] = ()
    hint: str = ""
    max_length: int = 200
    minimum: float | None = None
    maximum: float | None = None


@dataclass(frozen=True, kw_only=True)
class Variant:
    """A situation of an item (情形: 新办、变更、延续、注销……). An item without any has one, `default`."""

    code: str
    name: str
    #: As the official directory writes it; empty where the item has no sub-items.
    official_name: str = ""
    colloquial_names: tuple[str, ...] = ()
    #: Already resolved: the variant's own, else the item's.
    statutory_limit: Fact[Days] | None = None
    promised_limit: Fact[Days] | None = None
    #: The statute's words where they say more than a number of days.
    limit_note: str = ""
    conditions: tuple[Fact[str], ...] = ()
    materials: tuple[MaterialRequirement, ...] = ()
    steps: tuple[Step, ...] = ()
    special_procedures: tuple[SpecialProcedure, ...] = ()
    result_name: Fact[str] | None = None
    validity: Fact[str] | None = None
    form: tuple[FormField, ...] = ()
    #: What a citizen should know beforehand.
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ItemVersion:
    """One published state of an item; what guide, form, clock and assistant read."""

    item_code: str
    item_name: str
    version: int
    effective_at: datetime
    kind: Kind
    power: Power
    power_basis: str
    sector: Sector
    former_department: Department
    #: Today's body that supervises afterwards, and decides where the power was not transferred.
    supervising_department: str
    applicant: ApplicantKind
    handling: Handling
    fee: Fact[str]
    is_charged: bool
    legal_basis: tuple[str, ...]
    is_legal_basis_checked: bool
    statutory_limit: Fact[Days] | None
    promised_limit: Fact[Days] | None
    #: Of the first variant, which is the one meant when nobody says which.
    conditions: tuple[Fact[str], ...]
    special_procedures: tuple[SpecialProcedure, ...]
    result_name: Fact[str] | None
    validity: Fact[str] | None
    variants: tuple[Variant, ...]
    #: Whether the county's own list says so, rather than the compilers.
    is_power_confirmed: bool = False
    family: str = ""
    codes: tuple[ItemCode, ...] = ()
    colloquial_names: tuple[str, ...] = ()
    cautions: tuple[str, ...] = ()
    #: "" | "2018_only" (no longer a licence) | "after_2018" (could not be on the list of 2018)
    history: str = ""
    evidence: str = ""
    confidence: str = ""
    sources: tuple[str, ...] = ()

    @property
    def can_file(self) -> bool:
        """Whether an application may be filed here: only where the power was transferred."""
        return self.power is Power.TRANSFERRED

    def variant(self, code: str) -> Variant | None:
        """The variant of a code; the first one for an empty code."""
        if not code:
            return self.variants[0]
        return next((each for each in self.variants if each.code == code), None)


@dataclass(frozen=True)
class ItemSummary:
    """An item in a list."""

    code: str
    name: str
    kind: Kind
    power: Power
    sector: Sector
    department: Department
    applicant: ApplicantKind
    handling: Handling
    statutory_limit: Fact[Days] | None
    promised_limit: Fact[Days] | None
    fee: Fact[str]
    version: int

    @property
    def can_file(self) -> bool:
        return self.power is Power.TRANSFERRED

    @classmethod
    def of(cls, item: ItemVersion) -> "ItemSummary":
        return cls(
            item.item_code,
            item.item_name,
            item.kind,
            item.power,
            item.sector,
            item.former_department,
            item.applicant,
            item.handling,
            item.statutory_limit,
            item.promised_limit,
            item.fee,
            item.version,
        )


@dataclass(frozen=True)
class SearchHit:
    """An item found, how well (0 to 1), and by what."""

    code: str
    name: str
    score: float
    why: str
    department: Department


@dataclass(frozen=True)
class Finding:
    """Something the lint found in an item version. Errors keep a version from being published."""

    item_code: str
    item_name: str
    element: str
    message: str
    is_error: bool = False
    #: File and line, where the version comes from a file.
    where: str = ""
