"""A county with two thousand cases, and drafts to be submitted, made for one bench run."""

from copy import copy
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tortoise.backends.base.executor import EXECUTOR_CACHE

from backend import serving
from backend.adapters.assembly import Assembly, assemble
from backend.cases import service as cases
from backend.cases.models import Case
from backend.catalog import service as catalog
from backend.identity import service as identity
from backend.kernel.actors import Actor
from backend.kernel.ids import new_id
from backend.migrations import service as migrations
from backend.settings import Settings
from tests.world import sample_value

#: The item everything is about: a licence with a long guide and a form of its own.
ITEM_NAME = "食品经营许可"
#: Cases of the one person whose list is read, among all of them.
OWN_CASES = 30
ALL_CASES = 2000


@dataclass(frozen=True)
class Filled:
    """What the load generator needs to know."""

    item_code: str
    #: Of the person whose list is read, and of the one who submits.
    reader_token: str
    filer_token: str
    drafts: tuple[UUID, ...]


async def fill(settings: Settings, *, drafts: int) -> Filled:
    """Migrate, load the sample county, and write cases and drafts into it."""
    EXECUTOR_CACHE.clear()  # statements are kept by connection name, whatever its engine
    await migrations.migrate(settings)
    await serving.seed(settings)
    assembly = assemble(settings)
    now = settings.clock().now()

    async def write() -> Filled:
        items = await catalog.all_items(now=now)
        item_code = next(each.code for each in items if each.name == ITEM_NAME)
        reader = await identity.sign_in_with_wechat("openid-reader", device="bench", now=now)
        filer = await identity.sign_in_with_wechat("openid-filer", device="bench", now=now)
        draft = await _draft(item_code, assembly, actor=filer.actor, now=now)
        waiting = [_copied(draft, place=place) for place in range(drafts)]
        await Case.bulk_create(waiting, batch_size=500)
        filed = await _filed(draft.id, assembly, actor=filer.actor, now=now)
        await Case.bulk_create(_others(filed, reader.actor.id, now=now), batch_size=500)
        return Filled(item_code, reader.token, filer.token, tuple(each.id for each in waiting))

    return await serving.with_database(settings, write)


async def _draft(item_code: str, assembly: Assembly, *, actor: Actor, now: datetime) -> Case:
    """A draft with every field filled in, through the use cases."""
    item = await catalog.current(item_code, now=now)
    variant = item.variants[0]
    vault = assembly.vault
    opened, _ = await cases.open_draft(item_code, variant.code, actor=actor, vault=vault, now=now)
    values = {field.key: sample_value(asdict(field)) for field in variant.form}
    version, case_id = opened.case.version, opened.case.id
    await cases.change_draft(case_id, values, version=version, actor=actor, vault=vault, now=now)
    return await Case.get(id=case_id)


def _copied(draft: Case, *, place: int) -> Case:
    row = copy(draft)
    row.id, row.draft_key, row._saved_in_db = new_id(), f"bench-{place}", False
    return row


async def _filed(case_id: UUID, assembly: Assembly, *, actor: Actor, now: datetime) -> Case:
    await cases.submit(case_id, key="bench-first-case", actor=actor, vault=assembly.vault, now=now)
    return await Case.get(id=case_id)


def _others(filed: Case, reader: UUID, *, now: datetime) -> list[Case]:
    """Copies of a filed case: some of the reader, the others of strangers."""
    rows = []
    for place in range(ALL_CASES):
        row = copy(filed)
        row.id, row.number, row._saved_in_db = new_id(), f"bench-{place:06d}", False
        row.updated_at = now - timedelta(minutes=place)
        row.person_id = reader if place < OWN_CASES else new_id()
        rows.append(row)
    return rows
