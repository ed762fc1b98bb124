"""Drafts (草稿): opened once, saved often, never overwritten silently."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from backend.cases import store
from backend.cases.errors import AlreadySubmitted, DraftChangedElsewhere, NoSuchCase, NotFiledHere
from backend.cases.form import applicant_of, problems_in, problems_in_draft
from backend.cases.models import Case
from backend.cases.rules import MissingMaterial, missing_from
from backend.cases.states import State
from backend.cases.types import DraftView
from backend.catalog import service as catalog
from backend.catalog.types import ItemVersion, Variant
from backend.journal.service import record, use_case
from backend.journal.types import Act
from backend.kernel.actors import Actor
from backend.kernel.errors import FieldProblem, FieldsInvalid
from backend.kernel.ids import new_id
from backend.kernel.masking import masked_holder
from backend.kernel.ports import Vault
from backend.materials import service as materials

FORM = "cases.form"


@dataclass(frozen=True)
class DraftCheck:
    """How far a draft is: the variant's newest shape, wrong fields, absent materials."""

    variant: Variant
    problems: tuple[FieldProblem, ...]
    missing: tuple[MissingMaterial, ...]


@use_case
async def open_draft(
    item_code: str, variant_code: str, *, actor: Actor, vault: Vault, now: datetime
) -> tuple[DraftView, bool]:
    """Start an application, or return the one already begun; True when it is new.

    Raises `NotFiledHere` for items this office was not given, `NoSuchItem`, `NoSuchVariant`.
    """
    item = await catalog.current(item_code, now=now)
    if not item.can_file:
        raise NotFiledHere(item.item_name, f"请到{item.supervising_department}办理。")
    variant = catalog.variant_of(item, variant_code)
    key = f"{actor.id}:{item.item_code}:{variant.code}"
    found = await store.open_draft(key)
    if found is None:
        if made := await _new(item, variant, key=key, actor=actor, vault=vault, now=now):
            return DraftView(store.view(made), {}), True
        found = await store.open_draft(key)
        if found is None:  # made by the other tap, and already thrown away again
            raise NoSuchCase
    return DraftView(store.view(found), read_form(found, vault)), False


async def _new(
    item: ItemVersion, variant: Variant, *, key: str, actor: Actor, vault: Vault, now: datetime
) -> Case | None:
    """A fresh draft; None where the other of two taps has just made it."""
    draft = Case(
        id=new_id(),
        person_id=actor.id,
        draft_key=key,
        item_code=item.item_code,
        item_name=item.item_name,
        item_kind=item.kind,
        item_version=item.version,
        variant_code=variant.code,
        variant_name=variant.name,
        department_code=item.former_department.code,
        state=State.DRAFT,
        form=vault.seal("{}", purpose=FORM),
        created_at=now,
        updated_at=now,
    )
    try:
        async with in_transaction("default"):  # a savepoint: the second of two taps meets the first one's row
            await draft.save(force_create=True)
    except IntegrityError:
        return None
    return draft


@use_case
async def change_draft(
    case_id: UUID, values: Mapping[str, str], *, version: int, actor: Actor, vault: Vault, now: datetime
) -> DraftView:
    """Save a draft's form as a whole, under the newest version of the item.

    Raises `DraftChangedElsewhere` when somebody saved since `version` was read, `FieldsInvalid` for
    unknown fields and texts that are far too long.
    """
    case = await locked_draft(case_id, actor)
    if case.version != version:
        raise DraftChangedElsewhere(case.version)
    item = await catalog.current(case.item_code, now=now)
    variant = catalog.variant_of(item, case.variant_code)
    if problems := problems_in_draft(variant.form, values):
        raise FieldsInvalid(problems)
    case.form = vault.seal(json.dumps(dict(values), ensure_ascii=False), purpose=FORM)
    case.applicant_masked = masked_holder(applicant_of(values))
    case.item_version, case.version, case.updated_at = item.version, case.version + 1, now
    await case.save(update_fields=["form", "applicant_masked", "item_version", "version", "updated_at"])
    return DraftView(store.view(case), dict(values))


@use_case
async def discard_draft(case_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Throw a draft away with its form and its entries of files.

    The bytes lie in the file store under their digest, where other cases may share them.
    """
    case = await locked_draft(case_id, actor)
    for material in await materials.of_case(case.id):
        for file in material.files:
            await materials.remove(case.id, file.id, actor=actor, now=now)
    await case.delete()
    record(Act(verb="cases.discard_draft", actor=actor, at=now, subject_kind="case", subject_id=case_id))


async def draft_of(case_id: UUID, *, actor: Actor, vault: Vault) -> DraftView:
    """One's own draft. Raises `NoSuchCase`, or `AlreadySubmitted` with the number it now has."""
    case = await store.row(case_id)
    _own_draft_or_refuse(case, actor)
    return DraftView(store.view(case), read_form(case, vault))


async def check_draft(draft: DraftView, *, now: datetime) -> DraftCheck:
    """What still keeps a draft from being submitted (fields), and what the office may ask for (materials)."""
    item = await catalog.current(draft.case.item_code, now=now)
    variant = catalog.variant_of(item, draft.case.variant_code)
    handed_in = {each.key for each in await materials.of_case(draft.case.id) if each.files}
    return DraftCheck(
        variant, problems_in(variant.form, draft.values), missing_from(variant.materials, handed_in)
    )


async def drafts(*, actor: Actor) -> list[DraftView]:
    """One's own open drafts, newest first, without their forms."""
    return [DraftView(store.view(each), {}) for each in await store.drafts_of(actor.id)]


async def locked_draft(case_id: UUID, actor: Actor) -> Case:
    case = await store.locked(case_id)
    _own_draft_or_refuse(case, actor)
    return case


def _own_draft_or_refuse(case: Case, actor: Actor) -> None:
    if case.person_id != actor.id:
        raise NoSuchCase
    if case.state != State.DRAFT:
        raise AlreadySubmitted(case.number or "")


def read_form(case: Case, vault: Vault) -> dict[str, str]:
    """Open a sealed form."""
    values: dict[str, str] = json.loads(vault.open(bytes(case.form), purpose=FORM))
    return values
