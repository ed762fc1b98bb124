"""What may not be asked of the catalogue."""

from dataclasses import dataclass
from typing import ClassVar

from backend.kernel.errors import DomainError, ErrorKind


@dataclass(eq=False)
class NoSuchItem(DomainError):
    code: ClassVar[str] = "catalog.no_such_item"
    kind: ClassVar[ErrorKind] = ErrorKind.NOT_FOUND
    item_code: str

    @property
    def message(self) -> str:
        return "没有找到这个事项，请用“搜索”换个说法再找，或拨打大厅电话询问。"


@dataclass(eq=False)
class NoSuchVariant(DomainError):
    code: ClassVar[str] = "catalog.no_such_variant"
    kind: ClassVar[ErrorKind] = ErrorKind.NOT_FOUND
    item_code: str
    variant_code: str

    @property
    def message(self) -> str:
        return "这个事项没有您选的办理情形，请回到办事指南重新选择。"


@dataclass(eq=False)
class VersionNotFit(DomainError):
    """A version with faults of the kind that the lint refuses."""

    code: ClassVar[str] = "catalog.version_not_fit"
    kind: ClassVar[ErrorKind] = ErrorKind.INVALID
    item_code: str
    faults: tuple[str, ...]

    @property
    def message(self) -> str:
        return f"事项 {self.item_code} 还不能发布：{'；'.join(self.faults)}。请改好后再发布。"
