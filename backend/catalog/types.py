"""What other packages may know about an item. All values are frozen; texts are Chinese."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Generic, TypeVar

from backend.kernel.units import Days

T = TypeVar("T")


class Kind(StrEnum):
    LICENCE = "licence"  # 行政许可
    ASSOCIATED = "associated"  # 关联事项


class Power(StrEnum):
    """Whose power an item is since 2018 (三种状态); it decides routing, seal and what may be said."""

    TRANSFERRED = "transferred"  # 划转: this office decides
    WINDOW = "window"  # 暂不划转进驻大厅: the department's own window in the hall decides
    ELSEWHERE = "elsewhere"  # 不划转不进驻: the citizen is told where to go


class Handling(StrEnum):
    INSTANT = "instant"  # 即办件
    TIMED = "timed"  # 承诺件


class ApplicantKind(StrEnum):
    PERSON = "person"  # 自然人
    ORGANISATION = "organisation"  # 企业、单位
    BOTH = "both"


class Necessity(StrEnum):
    REQUIRED = "required"  # 必要
    CONDITIONAL = "conditional"  # 视情形
    OPTIONAL = "optional"  # 免提交或非必要


class Provenance(StrEnum):
    """How a fact is known."""

    PUBLISHED = "published"  # 发布文本
    STATUTE = "statute"  # 法条
    ELSEWHERE = "elsewhere"  # 外地指南
    COMPILED = "compiled"  # 编目归纳


class FieldType(StrEnum):
    TEXT = "text"
    TEXTAREA = "textarea"
    CHOICE = "choice"
    MULTI = "multi"
    DATE = "date"
    NUMBER = "number"
    PHONE = "phone"
    ID_NUMBER = "id_number"
    CREDIT_CODE = "credit_code"
    ADDRESS = "address"


@dataclass(frozen=True)
class Fact(Generic[T]):
    """A value with how it is known.

    `confirmed` means it may be relied on: the office confirmed it, or it is a limit in the words of an
    article that was read. Everything else is shown as 待核实 and never used to refuse anyone.
    """

    value: T
    provenance: Provenance
    source: str = ""
    confirmed: bool = False

    @property
    def is_pending(self) -> bool:
        return not self.confirmed


@dataclass(frozen=True)
class Department:
    """A body (部门): the one an item came from in 2018, and what it is called today.

    `power` is the state of its licences: all transferred, or kept (window) as one of the eleven lines.
    """

    code: str
    name: str
    present_name: str
    power: Power

    @property
    def title(self) -> str:
        """Today's name first, as residents know it; the name of 2018 behind it where it differs."""
        return self.name if self.name == self.present_name else f"{self.present_name}（原{self.name}）"


@dataclass(frozen=True)
class Sector:
    """A field of life (领域) that the directory is arranged by."""

    code: str
    name: str


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


@dataclass(frozen=True)
class Step:
    """A step of the ordinary course; its limit is only what a statute or another county's guide says."""

    name: str
    limit_text: str = ""


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


class PlaceKind(StrEnum):
    HALL = "hall"  # 政务服务大厅
    TOWN = "town"  # 镇街便民服务中心


@dataclass(frozen=True)
class Place:
    """A service point (办事点). Empty texts are not known and shown as 待核实."""

    code: str
    name: str
    kind: PlaceKind
    town: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    is_pending: bool = True


@dataclass(frozen=True)
class Delegation:
    """An item a town may handle (委托镇街), between two days; gone the day after `until`."""

    town: str
    item_code: str
    begins_on: date
    until: date | None
    is_pending: bool
    note: str = ""

    def holds_on(self, day: date) -> bool:
        return self.begins_on <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Office:
    """The approval office itself (行政审批服务局)."""

    name: str
    region: str
    phone: str
    hours: str
    address: str
    complaint_phone: str
    is_pending: bool


@dataclass(frozen=True)
class Organisation:
    """The county's bodies and places, published as one."""

    office: Office
    departments: tuple[Department, ...]
    sectors: tuple[Sector, ...]
    places: tuple[Place, ...]
    delegations: tuple[Delegation, ...]


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
