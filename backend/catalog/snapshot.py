"""A published catalogue in memory (编目快照): read-only, shared by all requests of a process."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from uuid import UUID

from backend.catalog.errors import NoSuchItem
from backend.catalog.search import SearchIndex
from backend.catalog.types import (
    ApplicantKind,
    ItemSummary,
    ItemVersion,
    Kind,
    Office,
    Organisation,
    Place,
    PlaceKind,
    Power,
)

#: How many rendered answers a process keeps; about 8 kB each.
MOST_PAGES = 2000


@dataclass(frozen=True)
class Filters:
    """What a list is narrowed to; None leaves a field open."""

    sector: str | None = None
    department: str | None = None
    power: Power | None = None
    applicant: ApplicantKind | None = None
    kind: Kind | None = None

    def fit(self, item: ItemSummary) -> bool:
        """Whether an item belongs to the list; an item for both kinds of applicants fits either."""
        return (
            self.sector in (None, item.sector.code)
            and self.department in (None, item.department.code)
            and self.power in (None, item.power)
            and self.kind in (None, item.kind)
            and (self.applicant in (None, item.applicant) or item.applicant is ApplicantKind.BOTH)
        )


@dataclass(frozen=True)
class Snapshot:
    """One revision as it is in force at a moment."""

    token: UUID | None
    organisation: Organisation
    items: Mapping[str, ItemVersion]
    #: When the next version takes effect; the snapshot is old from then on.
    valid_until: datetime | None = None
    _pages: dict[Hashable, bytes] = field(default_factory=dict)

    @cached_property
    def summaries(self) -> tuple[ItemSummary, ...]:
        return tuple(ItemSummary.of(each) for each in self.items.values())

    @cached_property
    def summary_of(self) -> Mapping[str, ItemSummary]:
        return {each.code: each for each in self.summaries}

    @cached_property
    def index(self) -> SearchIndex:
        return SearchIndex(self.items.values())

    @cached_property
    def hall(self) -> Place | None:
        """The county's hall, None where the data names none."""
        places = self.organisation.places
        return next((each for each in places if each.kind is PlaceKind.HALL), None)

    def item(self, code: str) -> ItemVersion:
        """Raises `NoSuchItem`."""
        if code not in self.items:
            raise NoSuchItem(code)
        return self.items[code]

    def listed(self, text: str, *, filters: Filters) -> tuple[ItemSummary, ...]:
        """All items that fit, in the directory's order, or by likeness where a text is given."""
        if text.strip():
            hits = self.index.find(text, limit=len(self.items))
            found = tuple(self.summary_of[each.code] for each in hits)
        else:
            found = self.summaries
        return tuple(each for each in found if filters.fit(each))

    def delegated_to(self, town: str, *, on: date) -> tuple[ItemSummary, ...]:
        """The items a town's centre may handle on a day."""
        codes = {
            each.item_code
            for each in self.organisation.delegations
            if each.town == town and each.holds_on(on)
        }
        return tuple(each for each in self.summaries if each.code in codes)

    def towns_for(self, item_code: str, *, on: date) -> tuple[Place, ...]:
        """The town centres that may handle an item on a day."""
        towns = {
            each.town
            for each in self.organisation.delegations
            if each.item_code == item_code and each.holds_on(on)
        }
        return tuple(each for each in self.organisation.places if each.code in towns)

    def counts(self, of: Callable[[ItemSummary], str]) -> Mapping[str, int]:
        """How many items each department or sector has."""
        found: dict[str, int] = {}
        for each in self.summaries:
            found[of(each)] = found.get(of(each), 0) + 1
        return found

    def page(self, key: Hashable, make: Callable[[], bytes]) -> bytes:
        """An answer already written, made once. Keys carry whatever the bytes depend on."""
        page = self._pages.get(key)
        if page is None:
            if len(self._pages) >= MOST_PAGES:
                self._pages.clear()
            page = self._pages[key] = make()
        return page


NOWHERE = Organisation(Office("行政审批服务局", "", "", "", "", "", "", True), (), (), (), ())
EMPTY = Snapshot(None, NOWHERE, {})
