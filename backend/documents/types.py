"""What documents are to other packages."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID


class DocumentKind(StrEnum):
    """The letters there are now; each has its own title, number series and required content."""

    RECEIPT = "receipt"  # 收件凭证
    ACCEPTANCE = "acceptance"  # 受理通知书
    CORRECTION = "correction"  # 补正告知书
    DECLINE = "decline"  # 不予受理决定书
    GRANT = "grant"  # 准予许可决定书
    REFUSAL = "refusal"  # 不予许可决定书
    WITHDRAWAL = "withdrawal"  # 终止办理通知书


class DocumentStatus(StrEnum):
    PRESSING = "pressing"  # 正在生成
    READY = "ready"


class Way(StrEnum):
    """How a document reached its recipient."""

    ONLINE = "online"  # 网上送达
    COUNTER = "counter"  # 窗口领取
    COURIER = "courier"  # 邮寄送达
    KIOSK = "kiosk"  # 自助打印

    @property
    def text(self) -> str:
        return {"online": "网上送达", "counter": "窗口领取", "courier": "邮寄送达", "kiosk": "自助打印"}[self]


#: The parts of a letter by name; see `wording` for the names each kind knows.
Content = Mapping[str, str | Sequence[str]]


@dataclass(frozen=True)
class Issuer:
    """The authority as it signs, with the bodies that remedies are sought from.

    `is_pending` marks bodies no one has confirmed for this county; the letter then says 待核实.
    """

    name: str
    #: 发文机关代字, the start of every number.
    prefix: str
    review_body: str
    court: str
    phone: str = ""
    is_pending: bool = True


class Style(StrEnum):
    """How a paragraph of a letter is set."""

    PLAIN = "plain"
    HEADING = "heading"
    ENTRY = "entry"


@dataclass(frozen=True)
class Paragraph:
    text: str
    style: Style = Style.PLAIN


@dataclass(frozen=True)
class Letter:
    """A composed letter, ready for the press."""

    title: str
    number: str
    issuer: str
    recipient: str
    body: tuple[Paragraph, ...]
    issued_on: date
    contact: str


@dataclass(frozen=True)
class DocumentView:
    """One issued document. `file_key` is there once it is ready, `served_on` once it was served."""

    id: UUID
    case_id: UUID
    kind: DocumentKind
    title: str
    number: str
    issued_on: date
    issued_at: datetime
    status: DocumentStatus
    file_key: str | None
    served_on: date | None

    @property
    def is_ready(self) -> bool:
        return self.status is DocumentStatus.READY


@dataclass(frozen=True)
class DeliveryView:
    """A proof of service (送达回证). The period for remedies counts from `served_at`."""

    document_id: UUID
    way: Way
    served_at: datetime
    proof: str
