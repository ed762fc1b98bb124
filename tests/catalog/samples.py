"""An invented item, to be changed by each test."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from backend.catalog.types import (
    ApplicantKind,
    Delegation,
    Department,
    Fact,
    FieldType,
    FormField,
    Handling,
    ItemVersion,
    Kind,
    MaterialRequirement,
    Necessity,
    Office,
    Organisation,
    Place,
    PlaceKind,
    Power,
    Provenance,
    Sector,
    Variant,
)
from backend.kernel.clock import SHANGHAI
from backend.kernel.units import Days, WorkingDays

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)
DEPARTMENT = Department("market", "县市场监督管理局", "县市场监督管理局", Power.TRANSFERRED)
SECTOR = Sector("market", "市场准入")
HALL = Place("hall", "县政务服务大厅", PlaceKind.HALL)
TOWN = Place("suozhen", "索镇便民服务中心", PlaceKind.TOWN, town="索镇")
ORGANISATION = Organisation(
    Office("样板县行政审批服务局", "样板县", "370399", "", "", "", "12345", True),
    (DEPARTMENT,),
    (SECTOR,),
    (HALL, TOWN),
    (Delegation("suozhen", "T001", date(2026, 1, 1), date(2026, 11, 23), is_pending=True),),
)


def limit(days: Days | None, *, confirmed: bool = True) -> Fact[Days] | None:
    return Fact(days, Provenance.STATUTE, "某条例第1条", confirmed) if days else None


def material(name: str = "申请书", **changes: Any) -> MaterialRequirement:
    told: dict[str, Any] = {
        "key": f"m-{name}",
        "name": name,
        "necessity": Necessity.REQUIRED,
        "provenance": Provenance.STATUTE,
        "form": "原件",
        "copies": "1",
        "source": "申请人自备",
    }
    return MaterialRequirement(**(told | changes))


def variant(**changes: Any) -> Variant:
    plain = Variant(
        code="default",
        name="办理",
        statutory_limit=limit(WorkingDays(20)),
        materials=(material(),),
        form=(FormField(key="applicant_name", label="姓名", type=FieldType.TEXT, required=True),),
    )
    return replace(plain, **changes)


def item(code: str = "T001", name: str = "样品经营许可", **changes: Any) -> ItemVersion:
    plain = ItemVersion(
        item_code=code,
        item_name=name,
        version=1,
        effective_at=NOW,
        kind=Kind.LICENCE,
        power=Power.TRANSFERRED,
        power_basis="",
        sector=SECTOR,
        former_department=DEPARTMENT,
        supervising_department="县市场监督管理局",
        applicant=ApplicantKind.BOTH,
        handling=Handling.TIMED,
        fee=Fact("不收费", Provenance.STATUTE, "行政许可法第58条"),
        is_charged=False,
        legal_basis=("某条例第1条",),
        is_legal_basis_checked=True,
        statutory_limit=limit(WorkingDays(20)),
        promised_limit=None,
        conditions=(),
        special_procedures=(),
        result_name=None,
        validity=None,
        variants=(variant(),),
    )
    return replace(plain, **changes)
