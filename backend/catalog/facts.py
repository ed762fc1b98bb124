"""Facts with how they are known, and the words items are sorted by (reach them through `types`)."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Kind(StrEnum):
    LICENCE = "licence"  # 行政许可
    ASSOCIATED = "associated"  # 关联事项


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
