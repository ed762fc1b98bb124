"""What materials are to other packages."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from backend.kernel.errors import DomainError


@dataclass(frozen=True)
class Accepted:
    """A file that passed inspection; `content` is what may be kept, drawn anew where it is a picture."""

    media_type: str
    content: bytes
    extension: str
    #: The applicant's own name for it, without path or odd signs, ending as its content does.
    name: str


@dataclass(frozen=True)
class Refused:
    """A file that did not pass, with the sentence the applicant reads."""

    error: DomainError


@dataclass(frozen=True)
class StoredFile:
    """Inspected bytes that lie in the file store under `key`, the SHA-256 of the content."""

    key: str
    name: str
    size: int
    media_type: str


@dataclass(frozen=True)
class FileView:
    """One uploaded file of a material."""

    id: UUID
    name: str
    size: int
    media_type: str
    sha256: str
    uploaded_at: datetime
    #: Handed in with a filing; from then on it belongs to the case file and cannot be removed.
    is_received: bool


@dataclass(frozen=True)
class FileRecord:
    """A file together with where it belongs, for whoever decides who may read it."""

    case_id: UUID
    material_key: str
    file: FileView

    @property
    def storage_key(self) -> str:
        return self.file.sha256


@dataclass(frozen=True)
class MaterialView:
    """One entry of the material list with the files uploaded for it, oldest first."""

    id: UUID
    key: str
    name: str
    files: tuple[FileView, ...]
