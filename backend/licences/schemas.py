"""Wire shapes of the licences."""

from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from backend.licences.qr import qr_svg
from backend.licences.states import Status
from backend.licences.types import LicenceView, Verification


class ListQuery(BaseModel):
    model_config = ConfigDict(extra="ignore")
    cursor: str = ""
    limit: int = Field(default=20, ge=1, le=50)


class LicenceOut(BaseModel):
    """A licence as its holder sees it."""

    id: UUID
    number: str
    title: str
    item_code: str
    item_name: str
    holder_masked: str
    authority: str
    status: Status
    status_text: str
    issued_on: date
    valid_from: date
    valid_until: date | None
    verification_code: str
    verify_url: str
    qr_svg: str
    is_sealed: bool
    sealed_at: datetime | None
    checked_count: int
    case_id: UUID

    @classmethod
    def of(cls, licence: LicenceView, *, verify_url: str, today: date) -> "LicenceOut":
        status = licence.status_on(today)
        return cls(
            id=licence.id,
            number=licence.number,
            title=licence.title,
            item_code=licence.item_code,
            item_name=licence.item_name,
            holder_masked=licence.holder_masked,
            authority=licence.authority,
            status=status,
            status_text=status.text,
            issued_on=licence.issued_on,
            valid_from=licence.valid_from,
            valid_until=licence.valid_until,
            verification_code=licence.verification_code,
            verify_url=verify_url,
            qr_svg=qr_svg(verify_url),
            is_sealed=licence.is_sealed,
            sealed_at=licence.sealed_at,
            checked_count=licence.checked_count,
            case_id=licence.case_id,
        )


class VerificationOut(BaseModel):
    """What anybody learns who checks a licence."""

    status: Status
    status_text: str
    title: str
    item_name: str
    number_masked: str
    holder_masked: str
    authority: str
    issued_on: date
    valid_until: date | None
    sealed_at: datetime | None
    replaced_by: str
    checked_at: datetime

    @classmethod
    def of(cls, found: Verification) -> "VerificationOut":
        return cls(
            status=found.status,
            status_text=found.status.text,
            title=found.title,
            item_name=found.item_name,
            number_masked=found.number_masked,
            holder_masked=found.holder_masked,
            authority=found.authority,
            issued_on=found.issued_on,
            valid_until=found.valid_until,
            sealed_at=found.sealed_at,
            replaced_by=found.replaced_by,
            checked_at=found.checked_at,
        )
