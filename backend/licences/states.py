"""What a licence may be and become, as one table, each step with its article. Pure."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.kernel.law import Article, licensing_law


class Status(StrEnum):
    """The status of a licence. Expiry is never stored: it is the calendar's, see `status_on`."""

    SEALING = "sealing"  # 正在盖章
    VALID = "valid"  # 有效
    CHANGED = "changed"  # 已变更
    SUSPENDED = "suspended"  # 已暂扣
    ANNULLED = "annulled"  # 已撤销
    REVOKED = "revoked"  # 已吊销
    DEREGISTERED = "deregistered"  # 已注销
    EXPIRED = "expired"  # 已过有效期

    @property
    def text(self) -> str:
        return TEXTS[self]


TEXTS: dict[Status, str] = {
    Status.SEALING: "正在盖章",
    Status.VALID: "有效",
    Status.CHANGED: "已变更，以新证为准",
    Status.SUSPENDED: "已暂扣，暂停使用",
    Status.ANNULLED: "已撤销",
    Status.REVOKED: "已吊销",
    Status.DEREGISTERED: "已注销",
    Status.EXPIRED: "已过有效期",
}


class LicenceAct(StrEnum):
    SEAL = "seal"  # 盖章
    CHANGE = "change"  # 变更换证
    SUSPEND = "suspend"  # 暂扣
    RESUME = "resume"  # 恢复
    ANNUL = "annul"  # 撤销
    REVOKE = "revoke"  # 吊销
    DEREGISTER = "deregister"  # 注销


@dataclass(frozen=True)
class Step:
    """Where an act leads from, where to, and under which article."""

    sources: frozenset[Status]
    target: Status
    article: Article


_LIVE = frozenset({Status.VALID, Status.SUSPENDED})
_PENALTY = Article("中华人民共和国行政处罚法", "第九条第三项")

STEPS: dict[LicenceAct, Step] = {
    LicenceAct.SEAL: Step(frozenset({Status.SEALING}), Status.VALID, licensing_law("第三十九条第一款")),
    LicenceAct.CHANGE: Step(frozenset({Status.VALID}), Status.CHANGED, licensing_law("第四十九条")),
    LicenceAct.SUSPEND: Step(frozenset({Status.VALID}), Status.SUSPENDED, _PENALTY),
    LicenceAct.RESUME: Step(frozenset({Status.SUSPENDED}), Status.VALID, _PENALTY),
    LicenceAct.ANNUL: Step(_LIVE, Status.ANNULLED, licensing_law("第六十九条")),
    LicenceAct.REVOKE: Step(_LIVE, Status.REVOKED, _PENALTY),
    LicenceAct.DEREGISTER: Step(
        _LIVE | {Status.ANNULLED, Status.REVOKED}, Status.DEREGISTERED, licensing_law("第七十条")
    ),
}


def step_from(status: Status, act: LicenceAct) -> Step | None:
    """The step an act takes from a status, None where the table has none."""
    step = STEPS[act]
    return step if status in step.sources else None


def status_on(stored: Status, valid_until: date | None, *, today: date) -> Status:
    """The status of a licence on a day: the last day of its validity still counts.

    What ended otherwise stays what it is; a licence that merely ran out is expired.
    """
    has_run_out = valid_until is not None and valid_until < today
    return Status.EXPIRED if stored in _LIVE and has_run_out else stored
