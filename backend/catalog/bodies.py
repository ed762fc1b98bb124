"""The county's bodies and places, as other packages may know them (through `types`)."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Power(StrEnum):
    """Whose power an item is since 2018 (三种状态); it decides routing, seal and what may be said."""

    TRANSFERRED = "transferred"  # 划转: this office decides
    WINDOW = "window"  # 暂不划转进驻大厅: the department's own window in the hall decides
    ELSEWHERE = "elsewhere"  # 不划转不进驻: the citizen is told where to go


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
    #: Six digits of the county (GB/T 2260); case numbers begin with it.
    region_code: str
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
