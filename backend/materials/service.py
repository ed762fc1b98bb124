"""Use cases of the materials. Who may touch a case's materials is decided by `cases` beforehand."""

from datetime import datetime
from uuid import UUID

from backend.journal.service import record, use_case
from backend.journal.types import Act
from backend.kernel.actors import Actor
from backend.kernel.law import licensing_law
from backend.kernel.ports import FileStore
from backend.materials import store
from backend.materials.errors import AlreadyReceived, NoSuchFile, TooManyFiles
from backend.materials.ports import Inspection
from backend.materials.types import Accepted, FileRecord, MaterialView, Refused, StoredFile

#: The applicant answers for the truth of what is handed in.
HANDING_IN = licensing_law("第三十一条第一款")
MAX_FILES = 20


async def stored_file(
    content: bytes, claimed_name: str, *, inspection: Inspection, files: FileStore
) -> StoredFile:
    """Inspect an upload and keep what may be kept; touches no table, so it runs before `attach`.

    Raises the refusal of the inspection, worded for the applicant. The same bytes give the same key.
    """
    match await inspection.examine(content, claimed_name):
        case Refused(error):
            raise error
        case Accepted() as taken:
            key = await files.put(taken.content)
            return StoredFile(key, taken.name, len(taken.content), taken.media_type)


@use_case
async def attach(
    case_id: UUID,
    material_key: str,
    *,
    file: StoredFile,
    actor: Actor,
    now: datetime,
    name: str = "",
    max_files: int = MAX_FILES,
) -> MaterialView:
    """Add a stored file to a material of a draft or case; the same bytes again change nothing.

    `name` is the material's name in the item version of the case. Raises `TooManyFiles`.
    """
    material = await store.locked_material(case_id, material_key, name=name, now=now)
    if name and material.name != name:
        await store.rename(material, name)
    present = await store.files_of_material(material)
    if file.key not in {each.sha256 for each in present}:
        if len(present) >= max_files:
            raise TooManyFiles(max_files)
        added = await store.add_file(material, file, by=actor.id, now=now)
        present = [*present, added]
        detail: dict[str, object] = {"material": material_key, "sha256": file.key}
        record(_act("materials.attach", added.id, case_id=case_id, detail=detail, actor=actor, now=now))
    return store.material_view(material, present)


@use_case
async def remove(case_id: UUID, file_id: UUID, *, actor: Actor, now: datetime) -> None:
    """Take a file out of a case's materials; its bytes stay in the store, where others may share them.

    Raises `NoSuchFile`, also for a file of another case, and `AlreadyReceived`.
    """
    row = await store.locked_file(file_id)
    if row.case_id != case_id:
        raise NoSuchFile
    if row.received_at is not None:
        raise AlreadyReceived
    await store.delete_file(row)
    detail: dict[str, object] = {"material": row.material.key, "sha256": row.sha256}
    record(_act("materials.remove", file_id, case_id=case_id, detail=detail, actor=actor, now=now))


@use_case
async def receive(case_id: UUID, *, actor: Actor, now: datetime) -> int:
    """Make all files of a case part of the case file, at filing or when a correction comes in.

    Answers how many were new; received twice changes nothing.
    """
    count = await store.mark_received(case_id, now)
    if count:
        record(
            Act(
                verb="materials.receive",
                actor=actor,
                at=now,
                subject_kind="case",
                subject_id=case_id,
                case_id=case_id,
                article=HANDING_IN,
                detail={"files": count},
            )
        )
    return count


async def of_case(case_id: UUID) -> list[MaterialView]:
    """The materials a case has files for, each with its files."""
    return await store.materials_of(case_id)


async def file_by_id(file_id: UUID) -> FileRecord:
    """A file and the case it belongs to. Raises `NoSuchFile`."""
    return await store.record(file_id)


def _act(
    verb: str, file_id: UUID, *, case_id: UUID, detail: dict[str, object], actor: Actor, now: datetime
) -> Act:
    return Act(
        verb=verb,
        actor=actor,
        at=now,
        subject_kind="file",
        subject_id=file_id,
        case_id=case_id,
        detail=detail,
    )
