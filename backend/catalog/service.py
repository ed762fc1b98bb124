"""What other packages ask of the catalogue, and the one way to publish it."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID
from weakref import WeakKeyDictionary

from tortoise.connection import ConnectionHandler
from tortoise.context import require_context

from backend.catalog import lint, rules, store
from backend.catalog.errors import NoSuchVariant, VersionNotFit
from backend.catalog.snapshot import EMPTY, Filters, Snapshot
from backend.catalog.types import (
    Department,
    ItemSummary,
    ItemVersion,
    Office,
    Organisation,
    Place,
    PlaceKind,
    SearchHit,
    Sector,
    Variant,
)
from backend.journal.service import record, use_case
from backend.journal.types import Act
from backend.kernel.actors import Actor

__all__ = [
    "Filters",
    "Published",
    "Snapshot",
    "all_items",
    "all_versions",
    "current",
    "departments",
    "faults",
    "findings",
    "items_delegated_to",
    "office",
    "pauses_by_law",
    "pending_facts",
    "publish_catalogue",
    "search",
    "sectors",
    "service_points",
    "snapshot",
    "source_digest",
    "towns",
    "variant_of",
    "version",
    "warm",
]

#: How old a process's copy may get before it asks the database whether there is a newer one.
LOOK_AGAIN_SECONDS = 1.0

pending_facts = rules.pending_facts
pauses_by_law = rules.pauses_by_law
findings = lint.findings
faults = lint.errors


@dataclass
class _Shelf:
    """A process's copy of the catalogue of one database."""

    snapshot: Snapshot = EMPTY
    looked_at: float = float("-inf")
    versions: dict[tuple[str, int], ItemVersion] = field(default_factory=dict)


#: By open database: a process that closes one and opens another must not mix them up.
_shelves: WeakKeyDictionary[ConnectionHandler, _Shelf] = WeakKeyDictionary()


def _shelf() -> _Shelf:
    return _shelves.setdefault(require_context().connections, _Shelf())


@dataclass(frozen=True)
class Published:
    """What a publication changed."""

    revision: int
    new_versions: int
    unchanged: int
    is_new: bool


async def snapshot(*, now: datetime) -> Snapshot:
    """The catalogue in force, at most a second old; without a query while it is fresh."""
    shelf = _shelf()
    is_in_force = shelf.snapshot.valid_until is None or now < shelf.snapshot.valid_until
    if is_in_force and time.monotonic() - shelf.looked_at < LOOK_AGAIN_SECONDS:
        return shelf.snapshot
    token = await store.latest_token()
    if token != shelf.snapshot.token or not is_in_force:
        shelf.snapshot = await _read(now)
    shelf.looked_at = time.monotonic()
    return shelf.snapshot


async def _read(now: datetime) -> Snapshot:
    revision = await store.latest_revision()
    if revision is None:
        return EMPTY
    in_force: dict[str, store.Header] = {}
    upcoming: list[datetime] = []
    for each in await store.headers():
        if each.effective_at <= now:
            in_force[each.item_code] = each
        else:
            upcoming.append(each.effective_at)
    found = await store.documents(in_force.values())
    ordered = {code: found[code] for code in await store.listed_codes() if code in found}
    organisation = await store.organisation_of(revision)
    return Snapshot(revision.token, organisation, ordered, min(upcoming, default=None))


async def warm(*, now: datetime) -> None:
    """Read the catalogue and build the search index before the first request asks for them."""
    (await snapshot(now=now)).index.find("营业执照", limit=1)


async def current(item_code: str, *, now: datetime) -> ItemVersion:
    """The version of an item in force. Raises `NoSuchItem`."""
    return (await snapshot(now=now)).item(item_code)


async def version(item_code: str, number: int) -> ItemVersion:
    """One version, as cases filed under it need it. Raises `NoSuchItem`."""
    shelf = _shelf()
    item = shelf.snapshot.items.get(item_code)
    if item is not None and item.version == number:
        return item
    key = (item_code, number)
    if key not in shelf.versions:
        shelf.versions[key] = await store.version(item_code, number)
    return shelf.versions[key]


def variant_of(item: ItemVersion, code: str) -> Variant:
    """A situation of an item, the first for an empty code. Raises `NoSuchVariant`."""
    found = item.variant(code)
    if found is None:
        raise NoSuchVariant(item.item_code, code)
    return found


async def all_items(*, now: datetime) -> list[ItemSummary]:
    """Every item in the directory's order."""
    return list((await snapshot(now=now)).summaries)


async def all_versions(*, now: datetime) -> list[ItemVersion]:
    """Every item's version in force, whole; the assistant and the lint read them."""
    return list((await snapshot(now=now)).items.values())


async def search(text: str, *, now: datetime, limit: int = 10) -> list[SearchHit]:
    """Items a text may mean: name, everyday words, pinyin or initials, typing mistakes included."""
    return (await snapshot(now=now)).index.find(text, limit=limit)


async def departments(*, now: datetime) -> tuple[Department, ...]:
    """The bodies the items came from."""
    return (await snapshot(now=now)).organisation.departments


async def sectors(*, now: datetime) -> tuple[Sector, ...]:
    """The fields of life of the directory."""
    return (await snapshot(now=now)).organisation.sectors


async def service_points(*, now: datetime) -> tuple[Place, ...]:
    """The hall and the town centres."""
    return (await snapshot(now=now)).organisation.places


async def towns(*, now: datetime) -> tuple[Place, ...]:
    """The town centres only."""
    return tuple(each for each in await service_points(now=now) if each.kind is PlaceKind.TOWN)


async def items_delegated_to(town: str, *, on: date, now: datetime) -> tuple[ItemSummary, ...]:
    """What a town's centre may handle on a day; nothing from the day after the delegation ends."""
    return (await snapshot(now=now)).delegated_to(town, on=on)


async def office() -> Office:
    """The approval office as last published."""
    shelf = _shelf()
    if time.monotonic() - shelf.looked_at < LOOK_AGAIN_SECONDS:
        return shelf.snapshot.organisation.office
    revision = await store.latest_revision()
    return revision.office if revision else EMPTY.organisation.office


async def source_digest() -> str:
    """Digest of the files the latest revision came from; empty where there is none."""
    revision = await store.latest_revision()
    return revision.source_digest if revision else ""


async def publish_catalogue(
    items: Sequence[ItemVersion],
    *,
    organisation: Organisation,
    source_digest: str,
    actor: Actor,
    now: datetime,
) -> Published:
    """Publish a whole catalogue: changed items get a new version, effective now; the rest stay.

    Publishing the same again changes nothing. Raises `VersionNotFit` for the first item with faults.
    """
    for each in items:
        if wrong := lint.errors(each):
            raise VersionNotFit(each.item_code, tuple(fault.message for fault in wrong))
    published = await _publish(items, organisation, source_digest=source_digest, actor=actor, now=now)
    _shelf().looked_at = float("-inf")
    return published


@use_case
async def _publish(
    items: Sequence[ItemVersion],
    organisation: Organisation,
    *,
    source_digest: str,
    actor: Actor,
    now: datetime,
) -> Published:
    before = await store.latest_revision()
    if before and before.source_digest == source_digest != "":
        return Published(before.number, 0, len(items), is_new=False)
    latest = {each.item_code: each for each in await store.headers()}
    numbered = [_numbered(each, latest.get(each.item_code), now=now) for each in items]
    changed = [each for each in numbered if _is_new(each, latest.get(each.item_code))]
    await store.add_versions(changed)
    await store.replace_items(numbered)
    await store.replace_organisation(organisation)
    number = before.number + 1 if before else 1
    token = await store.add_revision(number, organisation=organisation, source_digest=source_digest, now=now)
    record(_published(token, number, changed=len(changed), actor=actor, now=now))
    return Published(number, len(changed), len(items) - len(changed), is_new=True)


def _numbered(item: ItemVersion, latest: store.Header | None, *, now: datetime) -> ItemVersion:
    """The item under the next number, or under the latest where nothing changed."""
    if latest and latest.digest == store.digest_of(store.document_of(item)):
        return replace(item, version=latest.version, effective_at=latest.effective_at)
    return replace(item, version=latest.version + 1 if latest else 1, effective_at=now)


def _is_new(item: ItemVersion, latest: store.Header | None) -> bool:
    return latest is None or item.version > latest.version


def _published(token: UUID, number: int, *, changed: int, actor: Actor, now: datetime) -> Act:
    return Act(
        verb="catalog.publish_catalogue",
        actor=actor,
        at=now,
        subject_kind="catalogue",
        subject_id=token,
        detail={"revision": number, "new_versions": changed},
    )
