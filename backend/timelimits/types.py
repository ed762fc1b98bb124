"""Values of the time limits that other packages may use."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID

from backend.kernel.law import Article
from backend.kernel.units import Days


class LimitKind(StrEnum):
    """Which clock of a case; two or more may run side by side."""

    STATUTORY = "statutory"  # 法定时限
    PROMISED = "promised"  # 承诺时限
    CORRECTION = "correction"  # 受理期限
    DELIVERY = "delivery"  # 送达时限

    @property
    def text(self) -> str:
        return _KIND_TEXTS[self]


_KIND_TEXTS = {
    LimitKind.STATUTORY: "法定时限",
    LimitKind.PROMISED: "承诺时限",
    LimitKind.CORRECTION: "受理期限",
    LimitKind.DELIVERY: "送达时限",
}


class PauseKind(StrEnum):
    """Why a clock stands still. The first eight are the closed list of 行政许可法 第四十五条."""

    HEARING = "hearing"  # 听证
    TENDER = "tender"  # 招标
    AUCTION = "auction"  # 拍卖
    EXAMINATION = "examination"  # 检验
    TESTING = "testing"  # 检测
    QUARANTINE = "quarantine"  # 检疫
    APPRAISAL = "appraisal"  # 鉴定
    EXPERT_REVIEW = "expert_review"  # 专家评审
    SITE_INSPECTION = "site_inspection"  # 踏勘
    TECHNICAL_REVIEW = "technical_review"  # 技术审查

    @property
    def text(self) -> str:
        return _PAUSE_TEXTS[self]


_PAUSE_TEXTS = {
    PauseKind.HEARING: "听证",
    PauseKind.TENDER: "招标",
    PauseKind.AUCTION: "拍卖",
    PauseKind.EXAMINATION: "检验",
    PauseKind.TESTING: "检测",
    PauseKind.QUARANTINE: "检疫",
    PauseKind.APPRAISAL: "鉴定",
    PauseKind.EXPERT_REVIEW: "专家评审",
    PauseKind.SITE_INSPECTION: "踏勘",
    PauseKind.TECHNICAL_REVIEW: "技术审查",
}


class Light(StrEnum):
    """How pressing a limit is."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


@dataclass(frozen=True)
class CalendarDay:
    """A day that is not what its weekday says: a holiday (放假) or a make-up workday (调休上班)."""

    on: date
    is_working: bool
    #: The festival it belongs to, "春节".
    name: str


@dataclass(frozen=True)
class Pause:
    """A time a limit stands still (中止); `ends` is None while it lasts."""

    begins: date
    ends: date | None
    reason: str = ""
    #: The ledger entry that opened it.
    ledger_id: UUID | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends < self.begins:
            raise ValueError("a pause does not end before it begins")


@dataclass(frozen=True)
class DueDate:
    """The last day of a limit, which ends at 24:00 Asia/Shanghai of that day."""

    on: date
    #: Counted by weekday for a year whose holidays are not published yet.
    is_provisional: bool


@dataclass(frozen=True)
class DayCount:
    """One calendar day of a limit: whether it counts, as which, and why."""

    date: date
    counted: bool
    #: 1 for the first counted day; None for a day that does not count.
    number: int | None
    reason: str
    #: The pause that took the day, if one did.
    ledger_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class TimeLimitView:
    """One clock of a case as it stands."""

    id: UUID
    case_id: UUID
    kind: LimitKind
    #: With the extension, if there was one.
    limit: Days
    article: Article
    started_on: date
    #: While paused: the earliest possible date.
    due_on: date
    #: From this day the light is amber.
    amber_on: date
    is_provisional: bool
    paused: bool
    extended_by: Days | None
    stopped_on: date | None

    @property
    def is_running(self) -> bool:
        return self.stopped_on is None

    def light(self, today: date) -> Light:
        """Red once the last day has passed, amber shortly before; a stopped clock keeps its last light."""
        if self.paused:
            return Light.GREEN
        day = self.stopped_on or today
        if day > self.due_on:
            return Light.RED
        return Light.AMBER if self.is_running and day >= self.amber_on else Light.GREEN


@dataclass(frozen=True)
class LimitExplanation:
    """Why a limit ends when it does, day by day."""

    kind: LimitKind
    limit: Days
    due_on: date
    is_provisional: bool
    days: tuple[DayCount, ...]


@dataclass(frozen=True)
class CalendarChange:
    """What loading a calendar changed."""

    changed_days: int
    moved_limits: int
