"""The shapes of the data files: what a clerk may write, word for word (see huantai/README.md)."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from backend.catalog.types import FieldType

Grounding = Literal["发布文本", "法条", "外地指南", "编目归纳"]
LimitCheck = Literal[
    "法条原文已核对", "行政许可法第42条通则（专门法未另定，推定20）", "页面或部门规章，未核对原文", ""
]
CodeStanding = Literal["正式", "页面所见", "外地页面所见", "推定", "父项", "其他层级示例"]


class Written(BaseModel):
    """Unknown fields are mistakes: a misspelt one must not be lost silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class LimitWritten(Written):
    days: int = Field(ge=0)
    unit: Literal["工作日", "日"]
    basis: str = ""
    check: LimitCheck = ""
    confirmed: bool = False


class FeeWritten(Written):
    charged: bool
    text: str
    basis: str = ""
    confirmed: bool = False


class CodeWritten(Written):
    system: str
    value: str
    standing: CodeStanding
    note: str = ""


class ProcedureWritten(Written):
    name: str
    note: str = ""
    pauses: bool | None = None
    confirmed: bool = False


class StepWritten(Written):
    name: str
    limit: str = ""
    confirmed: bool = False


class ConditionsWritten(Written):
    grounding: Grounding
    source: str = ""
    list: list[str]
    confirmed: bool = False


class MaterialWritten(Written):
    name: str
    key: str = ""
    form: str = ""
    copies: str = ""
    source: str = ""
    necessity: Literal["必要", "视情形", "非必要"] = "必要"
    condition: str = ""
    deferrable: bool = False
    by_sharing: bool = False
    confirmed: bool | None = None


class MaterialsWritten(Written):
    grounding: Grounding
    details: Literal["外地指南", "编目假定", ""] = ""
    list: list[str | MaterialWritten]
    confirmed: bool = False


class AlsoListed(Written):
    grounding: Grounding
    list: list[str]


class LeftOut(Written):
    name: str
    reason: str


class ElsewhereWritten(Written):
    """What other counties do. Kept for the editors, never shown as this county's promise."""

    promised: str = ""
    on_site_visits: str = ""
    online_depth: str = ""
    window_hours: str = ""
    limit_wording: str = ""
    steps: list[str] = []
    handling: str = ""
    fee: str = ""
    not_found: list[str] = []
    scope: str = ""
    pages: list[str] = []


class Situation(Written):
    """What an item without situations and each single situation have in common."""

    colloquial_names: list[str] = []
    statutory_limit: LimitWritten | None = None
    promised_limit: LimitWritten | None = None
    limit_note: str = ""
    special_procedures: list[str | ProcedureWritten] = []
    conditions: ConditionsWritten | None = None
    materials: MaterialsWritten | None = None
    hints: list[str] = []
    also_listed: AlsoListed | None = None
    left_out: list[LeftOut] = []
    steps: list[str | StepWritten] = []
    result_name: str = ""
    validity: str = ""
    cautions: list[str] = []
    editor_notes: list[str] = []
    elsewhere: ElsewhereWritten | None = None


class VariantWritten(Situation):
    code: str = Field(pattern=r"^[a-z][a-z-]{1,30}$")
    name: str
    official_name: str


class ItemWritten(Situation):
    code: str = Field(pattern=r"^[A-Z]\d{3}$")
    name: str
    family: str = ""
    kind: Literal["行政许可", "关联事项"]
    power: Literal["划转", "暂不划转进驻大厅", "不划转不进驻"]
    power_basis: str
    power_confirmed: bool = False
    supervised_by: str
    sector: str
    applicant: Literal["个人", "单位", "个人和单位"]
    handling: Literal["即办件", "承诺件"]
    codes: list[CodeWritten] = []
    legal_basis: list[str]
    legal_basis_of_guide: list[str] = []
    legal_basis_checked: bool
    fee: FeeWritten
    history: Literal["", "2018年属许可，现已调整", "2018年后新增"] = ""
    evidence: str
    confidence: Literal["有指南或实施规范页面", "法条条号存在", "推断"]
    sources: list[str] = []
    variants: list[VariantWritten] = []


class ItemsFile(Written):
    department: str
    items: list[ItemWritten]


class DepartmentWritten(Written):
    code: str
    name: str
    present_name: str
    power: Literal["划转", "驻厅窗口"]


class SectorWritten(Written):
    code: str
    name: str


class DepartmentsFile(Written):
    departments: list[DepartmentWritten]
    sectors: list[SectorWritten]


class PlaceWritten(Written):
    code: str
    name: str
    kind: Literal["大厅", "镇街"]
    town: str = ""
    address: str = ""
    hours: str = ""
    phone: str = ""
    confirmed: bool = False


class PlacesFile(Written):
    places: list[PlaceWritten]


class DelegationWritten(Written):
    item: str
    places: list[str]
    begins_on: date = Field(alias="from")
    until: date | None = None
    note: str = ""
    confirmed: bool = False


class TownsFile(Written):
    delegations: list[DelegationWritten]


class OfficeFile(Written):
    name: str
    region: str
    region_code: str
    phone: str = ""
    hours: str = ""
    address: str = ""
    complaint_phone: str
    confirmed: bool = False


class FieldWritten(Written):
    key: str = Field(pattern=r"^[a-z][a-z_]{0,39}$")
    label: str
    type: FieldType
    required: bool = False
    options: list[str] = []
    hint: str = ""
    max_length: int = Field(default=200, ge=1, le=5000)
    minimum: float | None = None
    maximum: float | None = None


class FormWritten(Written):
    name: str
    used_for: list[str] = Field(alias="for")
    begin: str
    fields: list[FieldWritten]


class FormsFile(Written):
    common: dict[Literal["个人", "单位", "个人和单位"], list[FieldWritten]]
    begins: dict[str, list[FieldWritten]]
    forms: list[FormWritten]
