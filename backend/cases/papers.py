"""Handing in materials: to a draft, or for what a correction asks (行政许可法 第三十一条: nothing else)."""

from datetime import datetime
from uuid import UUID

from backend.cases import store
from backend.cases.errors import MaterialNotAsked, MaterialsClosed, NoSuchCase
from backend.cases.models import Case
from backend.cases.states import State
from backend.catalog import service as catalog
from backend.journal.service import use_case
from backend.kernel.actors import Actor
from backend.materials import service as materials
from backend.materials.types import MaterialView, StoredFile


@use_case
async def add_file(
    case_id: UUID, material_key: str, *, file: StoredFile, actor: Actor, now: datetime
) -> MaterialView:
    """Put an inspected and stored file to a material. The same bytes twice are one file.

    Raises `NoSuchCase`, `MaterialsClosed` after filing, `MaterialNotAsked` outside the list.
    """
    case = await store.locked(case_id)
    name = await _open_for(case, material_key, actor)
    return await materials.attach(case_id, material_key, file=file, actor=actor, now=now, name=name)


@use_case
async def remove_file(
    case_id: UUID, material_key: str, file_id: UUID, *, actor: Actor, now: datetime
) -> None:
    """Take a file off again while the material is still open."""
    case = await store.locked(case_id)
    await _open_for(case, material_key, actor)
    await materials.remove(case_id, file_id, actor=actor, now=now)


async def may_hand_in(case_id: UUID, material_key: str, *, actor: Actor) -> None:
    """Refuse an upload before its bytes are looked at. Raises like `add_file`."""
    await _open_for(await store.row(case_id), material_key, actor)


async def _open_for(case: Case, material_key: str, actor: Actor) -> str:
    """The material's name, where it may be handed in now."""
    if case.person_id != actor.id:
        raise NoSuchCase
    asked = await _asked(case)
    if material_key not in asked:
        raise MaterialNotAsked
    return asked[material_key]


async def _asked(case: Case) -> dict[str, str]:
    """Keys and names of the materials open now: all of a draft's, only the missing ones in a correction."""
    if case.state == State.CORRECTION:
        correction = await store.correction_of(case.id)
        return {part.key: part.name for part in correction.missing} if correction else {}
    if case.state != State.DRAFT:
        raise MaterialsClosed
    item = await catalog.version(case.item_code, case.item_version)
    return {each.key: each.name for each in catalog.variant_of(item, case.variant_code).materials}
