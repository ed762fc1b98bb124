"""Every query on the licences."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from tortoise.expressions import F, Q

from backend.kernel.clock import in_shanghai, legal_day
from backend.kernel.ids import new_id
from backend.kernel.masking import masked_holder, masked_number
from backend.licences.errors import NoSuchLicence
from backend.licences.models import Licence, LicenceSequence
from backend.licences.states import Status, status_on
from backend.licences.types import LicencePage, LicenceView, Verification


async def next_place(year: int) -> int:
    """Take the next number of the year; the series stays locked until the transaction ends."""
    await LicenceSequence.bulk_create(
        [LicenceSequence(id=new_id(), year=year, place=0)], ignore_conflicts=True
    )
    series = await LicenceSequence.filter(year=year).select_for_update().get()
    series.place += 1
    await series.save(update_fields=["place"])
    return series.place


async def add(row: Licence) -> None:
    await row.save(force_create=True)


async def row_of_case(case_id: UUID) -> Licence | None:
    return await Licence.get_or_none(case_id=case_id)


async def rows_of_cases(case_ids: Sequence[UUID]) -> list[Licence]:
    return await Licence.filter(case_id__in=list(case_ids))


async def row(licence_id: UUID) -> Licence:
    """Raises `NoSuchLicence`."""
    found = await Licence.get_or_none(id=licence_id)
    if found is None:
        raise NoSuchLicence
    return found


async def locked(licence_id: UUID) -> Licence:
    """Raises `NoSuchLicence`."""
    found = await Licence.filter(id=licence_id).select_for_update().first()
    if found is None:
        raise NoSuchLicence
    return found


async def rows_of_person(
    person_id: UUID, *, before: tuple[datetime, UUID] | None, limit: int
) -> list[Licence]:
    """A person's licences, newest first, from after a place in the list on."""
    found = Licence.filter(person_id=person_id)
    if before:
        at, licence_id = before
        found = found.filter(Q(created_at__lt=at) | Q(created_at=at, id__lt=licence_id))
    return await found.order_by("-created_at", "-id").limit(limit)


async def count_check(code: str) -> Licence | None:
    """Count one verification of the licence with this code; None when there is none."""
    await Licence.filter(verification_code=code).update(checked_count=F("checked_count") + 1)
    return await Licence.get_or_none(verification_code=code)


def view(row: Licence) -> LicenceView:
    return LicenceView(
        id=row.id,
        case_id=row.case_id,
        person_id=row.person_id,
        number=row.number,
        verification_code=row.verification_code,
        title=row.title,
        item_code=row.item_code,
        item_name=row.item_name,
        holder_masked=masked_holder(row.holder),
        authority=row.authority,
        status=Status(row.status),
        issued_on=row.issued_on,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        file_key=row.file_key,
        sealed_at=in_shanghai(row.sealed_at) if row.sealed_at else None,
        checked_count=row.checked_count,
        problem=row.problem,
    )


def page(row: Licence) -> LicencePage:
    return LicencePage(
        title=row.title,
        number=row.number,
        holder=row.holder,
        rows=tuple((label, text) for label, text in row.rows),
        authority=row.authority,
        issued_on=row.issued_on,
        valid_from=row.valid_from,
        valid_until=row.valid_until,
        verification_code=row.verification_code,
    )


def verification(row: Licence, now: datetime) -> Verification:
    return Verification(
        status=status_on(Status(row.status), row.valid_until, today=legal_day(now)),
        title=row.title,
        item_name=row.item_name,
        number_masked=masked_number(row.number),
        holder_masked=masked_holder(row.holder),
        authority=row.authority,
        issued_on=row.issued_on,
        valid_until=row.valid_until,
        sealed_at=in_shanghai(row.sealed_at) if row.sealed_at else None,
        replaced_by=masked_number(row.replaced_by),
        checked_at=in_shanghai(now),
    )


async def change_person(from_id: UUID, into_id: UUID) -> None:
    """Give one account's licences to another."""
    await Licence.filter(person_id=from_id).update(person_id=into_id)
