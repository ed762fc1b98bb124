"""What the licensing law says about receiving and deciding, as functions of values."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backend.catalog.types import MaterialRequirement
from backend.kernel.law import Article, licensing_law
from backend.kernel.units import Days, WorkingDays

#: 第三十二条第一款第四项: to name everything missing, or be deemed to have accepted.
RECEIVING_PERIOD = WorkingDays(5)
RECEIVING_ARTICLE = licensing_law("第三十二条第一款第四项")
#: 第四十二条第一款: where no special statute says otherwise.
GENERAL_LIMIT = WorkingDays(20)
DECIDING_ARTICLE = licensing_law("第四十二条第一款")
#: 第四十四条: to issue and serve what was granted.
SERVING_PERIOD = WorkingDays(10)
SERVING_ARTICLE = licensing_law("第四十四条")
#: The two grounds for not taking an application on.
NO_LICENCE_NEEDED = licensing_law("第三十二条第一款第一项")
NOT_THIS_OFFICE = licensing_law("第三十二条第一款第二项")


class DeclineGround(StrEnum):
    """The grounds for 不予受理 in 第三十二条第一款第一、二项."""

    NO_LICENCE_NEEDED = "no_licence_needed"  # 依法不需要取得行政许可
    NOT_THIS_OFFICE = "not_this_office"  # 依法不属于本机关职权范围

    @property
    def text(self) -> str:
        if self is DeclineGround.NO_LICENCE_NEEDED:
            return "申请事项依法不需要取得行政许可"
        return "申请事项依法不属于本机关职权范围"

    @property
    def article(self) -> Article:
        """The one item of 第三十二条第一款 that is the ground."""
        return NO_LICENCE_NEEDED if self is DeclineGround.NO_LICENCE_NEEDED else NOT_THIS_OFFICE


@dataclass(frozen=True)
class MissingMaterial:
    """A required material nobody handed in; `is_pending` ones are hints and refuse nobody."""

    key: str
    name: str
    is_pending: bool


def missing_from(
    required: Sequence[MaterialRequirement], handed_in: Collection[str]
) -> tuple[MissingMaterial, ...]:
    """Every required material that is not there (行政许可法 第三十二条第一款第四项: 全部内容)."""
    return tuple(
        MissingMaterial(each.key, each.name, not each.is_demanded)
        for each in required
        if each.is_to_bring and each.key not in handed_in
    )


def statutory_limit(of_version: Days | None) -> Days:
    """The limit a case gets: the item version's own, else the law's general twenty working days (第四十二条)."""
    return GENERAL_LIMIT if of_version is None else of_version


def is_deemed_accepted(last_day: date, today: date) -> bool:
    """Whether the receiving period has passed in silence (逾期不告知的，自收到之日起即为受理)."""
    return today > last_day
