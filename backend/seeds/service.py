"""Load the county's catalogue and organisation from its files, and look them over."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from backend.catalog import service
from backend.catalog.types import (
    Delegation,
    Department,
    Finding,
    FormField,
    ItemVersion,
    Office,
    Organisation,
    Place,
    PlaceKind,
    Power,
    Sector,
)
from backend.kernel.actors import SYSTEM
from backend.kernel.clock import SHANGHAI
from backend.seeds import building, shapes
from backend.seeds.reading import Mistake, SeedsWrong, line_holding, read

HUANTAI = Path(__file__).parent / "huantai"
#: Raised when the same files come to mean something else, so that a new release loads them again.
FORMAT = "2"

DEPARTMENT_POWER = {"划转": Power.TRANSFERRED, "驻厅窗口": Power.WINDOW}
PLACE_KIND = {"大厅": PlaceKind.HALL, "镇街": PlaceKind.TOWN}


@dataclass(frozen=True)
class Report:
    """What loading did, for the command that prints it."""

    items: int
    new_versions: int
    is_changed: bool

    def __str__(self) -> str:
        if not self.is_changed:
            return "事项编目没有变化。"
        return f"事项编目已导入：{self.items} 项，其中 {self.new_versions} 项形成新版本。"


@dataclass(frozen=True)
class County:
    """Everything the files say."""

    organisation: Organisation
    items: tuple[ItemVersion, ...]
    files: dict[str, Path]


async def load(now: datetime, *, folder: Path = HUANTAI) -> Report:
    """Publish the files' catalogue where they changed; unchanged files are not even parsed.

    Raises `SeedsWrong` with every mistake by file and line, before anything is written.
    """
    digest = digest_of(folder)
    if await service.source_digest() == digest:
        return Report(0, 0, is_changed=False)
    county = county_of(folder, now=now)
    _refuse_faults(county)
    published = await service.publish_catalogue(
        county.items, organisation=county.organisation, source_digest=digest, actor=SYSTEM, now=now
    )
    return Report(len(county.items), published.new_versions, is_changed=published.is_new)


def lint(*, folder: Path = HUANTAI) -> list[Finding]:
    """Every incomplete or wrong element of every item, with its file and line. Raises `SeedsWrong`."""
    county = county_of(folder, now=datetime.now(SHANGHAI))
    return [
        replace(each, where=_where(county, item.item_code))
        for item in county.items
        for each in service.findings(item)
    ]


def item_names(*, folder: Path = HUANTAI) -> list[str]:
    """Every official item name, in the directory's order."""
    return [each.item_name for each in county_of(folder, now=datetime.now(SHANGHAI)).items]


def digest_of(folder: Path) -> str:
    """SHA-256 over all files' names and bytes."""
    total = hashlib.sha256(FORMAT.encode())
    for path in sorted(folder.rglob("*.yml")):
        total.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()


def county_of(folder: Path, *, now: datetime) -> County:
    """Read all files. Raises `SeedsWrong`."""
    bodies = read(folder / "departments.yml", shapes.DepartmentsFile)
    departments = tuple(
        Department(each.code, each.name, each.present_name, DEPARTMENT_POWER[each.power])
        for each in bodies.departments
    )
    sectors = tuple(Sector(each.code, each.name) for each in bodies.sectors)
    around = _surroundings(folder, departments, sectors=sectors)
    written = _items_written(folder, around)
    files = {item.code: path for path, file in written for item in file.items}
    items = [
        building.item_version(item, department=around.departments[file.department], around=around, now=now)
        for _, file in written
        for item in file.items
    ]
    items.sort(key=lambda each: _directory_order(each.item_code))
    places = _places(folder)
    delegations = _delegations(folder, places=places, items=files)
    organisation = Organisation(_office(folder), departments, sectors, places, delegations)
    return County(organisation, tuple(items), files)


def _directory_order(code: str) -> tuple[int, str]:
    """Transferred licences first, then the windows', those elsewhere, the associated items."""
    return ("HZNG".find(code[0]), code)


def _surroundings(
    folder: Path, departments: Sequence[Department], *, sectors: Sequence[Sector]
) -> building.Surroundings:
    forms = read(folder / "forms.yml", shapes.FormsFile)
    special: dict[str, tuple[FormField, ...]] = {}
    for number, form in enumerate(forms.forms):
        if form.begin not in forms.begins:
            raise _one(folder / "forms.yml", f"forms.{number}.begin", "没有这个开头", holding=form.name)
        fields = building.form_fields([*forms.begins[form.begin], *form.fields])
        special |= dict.fromkeys(form.used_for, fields)
    return building.Surroundings(
        {each.name: each for each in departments},
        {each.name: each for each in sectors},
        {kind: building.form_fields(each) for kind, each in forms.common.items()},
        special,
    )


def _items_written(folder: Path, around: building.Surroundings) -> list[tuple[Path, shapes.ItemsFile]]:
    read_files = []
    mistakes: list[Mistake] = []
    for path in sorted((folder / "items").glob("*.yml")):
        try:
            read_files.append((path, read(path, shapes.ItemsFile)))
        except SeedsWrong as wrong:
            mistakes += wrong.mistakes
    mistakes += _unknown_names(read_files, around)
    if mistakes:
        raise SeedsWrong(tuple(mistakes))
    return read_files


def _unknown_names(
    files: Iterable[tuple[Path, shapes.ItemsFile]], around: building.Surroundings
) -> Iterable[Mistake]:
    """References to departments and sectors that are not there, and codes given twice."""
    seen: dict[str, str] = {}
    for path, file in files:
        if file.department not in around.departments:
            yield Mistake(path.name, 1, "department", f"departments.yml 里没有“{file.department}”")
        for item in file.items:
            line = line_holding(path, f"code: {item.code}")
            if item.sector not in around.sectors:
                yield Mistake(path.name, line, f"{item.code}.sector", f"没有领域“{item.sector}”")
            if item.code in seen:
                yield Mistake(path.name, line, "code", f"编码 {item.code} 在 {seen[item.code]} 里已经用过")
            seen[item.code] = path.name


def _places(folder: Path) -> tuple[Place, ...]:
    return tuple(
        Place(
            each.code,
            each.name,
            PLACE_KIND[each.kind],
            each.town,
            each.address,
            each.hours,
            each.phone,
            not each.confirmed,
        )
        for each in read(folder / "places.yml", shapes.PlacesFile).places
    )


def _delegations(folder: Path, *, places: Sequence[Place], items: dict[str, Path]) -> tuple[Delegation, ...]:
    path = folder / "towns.yml"
    towns = {each.code for each in places if each.kind is PlaceKind.TOWN}
    found = []
    for each in read(path, shapes.TownsFile).delegations:
        if each.item not in items:
            raise _one(path, "item", f"没有事项 {each.item}", holding=each.item)
        for town in each.places:
            if town not in towns:
                raise _one(path, "places", f"places.yml 里没有镇街 {town}", holding=town)
            found.append(
                Delegation(town, each.item, each.begins_on, each.until, not each.confirmed, each.note)
            )
    return tuple(found)


def _office(folder: Path) -> Office:
    it = read(folder / "office.yml", shapes.OfficeFile)
    return Office(
        it.name,
        it.region,
        it.region_code,
        it.phone,
        it.hours,
        it.address,
        it.complaint_phone,
        not it.confirmed,
    )


def _refuse_faults(county: County) -> None:
    mistakes = tuple(
        Mistake(
            county.files[item.item_code].name,
            line_holding(county.files[item.item_code], f"code: {item.item_code}"),
            f"{item.item_code}.{each.element}",
            each.message,
        )
        for item in county.items
        for each in service.faults(item)
    )
    if mistakes:
        raise SeedsWrong(mistakes)


def _where(county: County, item_code: str) -> str:
    path = county.files[item_code]
    return f"items/{path.name}:{line_holding(path, f'code: {item_code}')}"


def _one(path: Path, element: str, message: str, *, holding: str) -> SeedsWrong:
    return SeedsWrong((Mistake(path.name, line_holding(path, holding), element, message),))
