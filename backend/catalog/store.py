"""Every query on the catalogue's tables."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import TypeAdapter
from pydantic_core import from_json

from backend.catalog.errors import NoSuchItem
from backend.catalog.models import (
    CatalogDelegation,
    CatalogDepartment,
    CatalogItem,
    CatalogItemVersion,
    CatalogPlace,
    CatalogRevision,
)
from backend.catalog.types import (
    Delegation,
    Department,
    ItemVersion,
    Office,
    Organisation,
    Place,
    PlaceKind,
    Power,
    Sector,
)
from backend.kernel.clock import in_shanghai
from backend.kernel.ids import new_id

_ITEM = TypeAdapter(ItemVersion)


@dataclass(frozen=True)
class Revision:
    """The latest publication."""

    number: int
    token: UUID
    source_digest: str
    office: Office
    sectors: tuple[Sector, ...]


@dataclass(frozen=True)
class Header:
    """A version without its document."""

    item_code: str
    version: int
    effective_at: datetime
    digest: str


def document_of(item: ItemVersion) -> str:
    """An item version as it is stored: all facts, without number and moment."""
    return _ITEM.dump_json(item, exclude={"version", "effective_at"}).decode()


def digest_of(document: str) -> str:
    return hashlib.sha256(document.encode()).hexdigest()


def item_of(document: str, *, version: int, effective_at: datetime) -> ItemVersion:
    """Read a stored version."""
    told: dict[str, Any] = from_json(document)
    return _ITEM.validate_python(told | {"version": version, "effective_at": in_shanghai(effective_at)})


async def latest_revision() -> Revision | None:
    row = await CatalogRevision.all().order_by("-number").first()
    if row is None:
        return None
    sectors = tuple(Sector(**each) for each in row.sectors)
    return Revision(row.number, row.token, row.source_digest, Office(**row.office), sectors)


async def latest_token() -> UUID | None:
    tokens = await CatalogRevision.all().order_by("-number").limit(1).values_list("token", flat=True)
    return UUID(str(tokens[0])) if tokens else None


async def add_revision(number: int, *, organisation: Organisation, source_digest: str, now: datetime) -> UUID:
    """Note a publication; returns its token."""
    token = new_id()
    await CatalogRevision.create(
        number=number,
        token=token,
        published_at=now,
        source_digest=source_digest,
        office=asdict(organisation.office),
        sectors=[asdict(each) for each in organisation.sectors],
    )
    return token


async def headers() -> list[Header]:
    """All versions of all items, oldest first."""
    rows = (
        await CatalogItemVersion.all()
        .order_by("item_code", "version")
        .values_list("item_code", "version", "effective_at", "digest")
    )
    return [Header(code, version, in_shanghai(at), digest) for code, version, at, digest in rows]


async def version(item_code: str, number: int) -> ItemVersion:
    """One version. Raises `NoSuchItem`."""
    row = await CatalogItemVersion.get_or_none(item_code=item_code, version=number)
    if row is None:
        raise NoSuchItem(item_code)
    return item_of(row.document, version=row.version, effective_at=row.effective_at)


async def documents(wanted: Iterable[Header]) -> dict[str, ItemVersion]:
    """The versions of some headers, one per item."""
    numbers = {each.item_code: each.version for each in wanted}
    rows = await CatalogItemVersion.filter(version__in=set(numbers.values())).values_list(
        "item_code", "version", "effective_at", "document"
    )
    return {
        code: item_of(document, version=number, effective_at=at)
        for code, number, at, document in rows
        if numbers.get(code) == number
    }


async def listed_codes() -> list[str]:
    """Codes of the items the county has, in the directory's order."""
    rows = await CatalogItem.filter(is_listed=True).order_by("position").values_list("code", flat=True)
    return [str(each) for each in rows]


async def add_versions(items: Sequence[ItemVersion]) -> None:
    """Write new versions; their numbers are already given."""
    rows = []
    for each in items:
        document = document_of(each)
        rows.append(
            CatalogItemVersion(
                id=new_id(),
                item_code=each.item_code,
                version=each.version,
                effective_at=each.effective_at,
                digest=digest_of(document),
                document=document,
            )
        )
    if rows:
        await CatalogItemVersion.bulk_create(rows)


async def replace_items(items: Sequence[ItemVersion]) -> None:
    """Write the searchable columns anew, in the order given; items no longer named are unlisted."""
    await CatalogItem.all().update(is_listed=False)
    columns = [_columns(each, position=position) for position, each in enumerate(items)]
    if columns:
        await CatalogItem.bulk_create(
            [CatalogItem(id=new_id(), **each) for each in columns],
            on_conflict=["code"],
            update_fields=[name for name in columns[0] if name != "code"],
        )


def _columns(item: ItemVersion, *, position: int) -> dict[str, Any]:
    return {
        "code": item.item_code,
        "name": item.item_name,
        "kind": item.kind.value,
        "power": item.power.value,
        "sector_code": item.sector.code,
        "department_code": item.former_department.code,
        "applicant": item.applicant.value,
        "latest_version": item.version,
        "is_listed": True,
        "position": position,
    }


async def replace_organisation(organisation: Organisation) -> None:
    """Write departments, places and delegations anew."""
    await CatalogDelegation.all().delete()
    await CatalogPlace.all().delete()
    await CatalogDepartment.all().delete()
    models: tuple[tuple[Any, Sequence[Any]], ...] = (
        (CatalogDepartment, organisation.departments),
        (CatalogPlace, organisation.places),
        (CatalogDelegation, organisation.delegations),
    )
    for model, values in models:
        rows = [model(id=new_id(), position=n, **asdict(each)) for n, each in enumerate(values)]
        if rows:
            await model.bulk_create(rows)


async def organisation_of(revision: Revision) -> Organisation:
    """The bodies and places as last published."""
    departments = await CatalogDepartment.all().order_by("position")
    places = await CatalogPlace.all().order_by("position")
    delegations = await CatalogDelegation.all().order_by("position")
    return Organisation(
        revision.office,
        tuple(Department(d.code, d.name, d.present_name, Power(d.power)) for d in departments),
        revision.sectors,
        tuple(
            Place(p.code, p.name, PlaceKind(p.kind), p.town, p.address, p.hours, p.phone, p.is_pending)
            for p in places
        ),
        tuple(
            Delegation(d.town, d.item_code, d.begins_on, d.until, d.is_pending, d.note) for d in delegations
        ),
    )
