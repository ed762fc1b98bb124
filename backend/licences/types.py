"""What licences are to other packages."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from backend.licences.states import Status, status_on


@dataclass(frozen=True)
class LicenceView:
    """One licence as stored. `file_key` and `sealed_at` are there once it is sealed.

    `status` knows no calendar: ask `status_on` where an expired licence must not look valid.
    """

    id: UUID
    case_id: UUID
    person_id: UUID
    number: str
    verification_code: str
    title: str
    item_code: str
    item_name: str
    holder_masked: str
    authority: str
    status: Status
    issued_on: date
    valid_from: date
    valid_until: date | None
    file_key: str | None
    sealed_at: datetime | None
    checked_count: int
    #: Why it could not be sealed and waits for a person; empty when nothing is wrong.
    problem: str

    def status_on(self, today: date) -> Status:
        """The status on a day, expiry included."""
        return status_on(self.status, self.valid_until, today=today)

    @property
    def is_sealed(self) -> bool:
        return self.file_key is not None


@dataclass(frozen=True)
class LicencePage:
    """What stands on a licence, for the press."""

    title: str
    number: str
    holder: str
    rows: tuple[tuple[str, str], ...]
    authority: str
    issued_on: date
    valid_from: date
    valid_until: date | None
    verification_code: str


@dataclass(frozen=True)
class Verification:
    """What anybody learns who checks a licence: its status now, and no more of the holder than needed."""

    status: Status
    title: str
    item_name: str
    number_masked: str
    holder_masked: str
    authority: str
    issued_on: date
    valid_until: date | None
    sealed_at: datetime | None
    #: Number of the licence that took its place, where it was changed.
    replaced_by: str
    checked_at: datetime
