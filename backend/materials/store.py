"""Every query on the materials."""

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from backend.kernel.clock import in_shanghai
from backend.kernel.ids import new_id
from backend.materials.errors import NoSuchFile
from backend.materials.models import Material, MaterialFile
from backend.materials.types import FileRecord, FileView, MaterialView, StoredFile


async def locked_material(case_id: UUID, key: str, *, name: str, now: datetime) -> Material:
    """The row of a material, made where missing, locked until the transaction ends."""
    fresh = Material(id=new_id(), case_id=case_id, key=key, name=name[:200], created_at=now)
    await Material.bulk_create([fresh], ignore_conflicts=True)
    return await Material.filter(case_id=case_id, key=key).select_for_update().get()


async def rename(material: Material, name: str) -> None:
    material.name = name[:200]
    await material.save(update_fields=["name"])


async def files_of_material(material: Material) -> list[MaterialFile]:
    return await MaterialFile.filter(material_id=material.id).order_by("uploaded_at", "id")


async def add_file(material: Material, file: StoredFile, *, by: UUID, now: datetime) -> MaterialFile:
    return await MaterialFile.create(
        id=new_id(),
        material=material,
        case_id=material.case_id,
        name=file.name[:80],
        size=file.size,
        media_type=file.media_type,
        sha256=file.key,
        uploaded_at=now,
        uploaded_by=by,
    )


async def locked_file(file_id: UUID) -> MaterialFile:
    """A file's row with its material, locked. Raises `NoSuchFile`."""
    row = await MaterialFile.filter(id=file_id).select_for_update().first()
    if row is None:
        raise NoSuchFile
    await row.fetch_related("material")
    return row


async def delete_file(row: MaterialFile) -> None:
    await row.delete()


async def mark_received(case_id: UUID, now: datetime) -> int:
    return await MaterialFile.filter(case_id=case_id, received_at=None).update(received_at=now)


async def record(file_id: UUID) -> FileRecord:
    """A file and where it belongs. Raises `NoSuchFile`."""
    row = await MaterialFile.get_or_none(id=file_id).select_related("material")
    if row is None:
        raise NoSuchFile
    return FileRecord(row.case_id, row.material.key, file_view(row))


async def materials_of(case_id: UUID) -> list[MaterialView]:
    """A case's materials in the order they were begun, each with its files, oldest first."""
    rows = await Material.filter(case_id=case_id).order_by("created_at", "key")
    if not rows:
        return []
    files: dict[UUID, list[MaterialFile]] = defaultdict(list)
    for file in await MaterialFile.filter(case_id=case_id).order_by("uploaded_at", "id"):
        files[file.material_id].append(file)  # type: ignore[attr-defined]  # tortoise makes the column
    return [material_view(row, files[row.id]) for row in rows]


def material_view(row: Material, files: list[MaterialFile]) -> MaterialView:
    return MaterialView(row.id, row.key, row.name, tuple(file_view(each) for each in files))


def file_view(row: MaterialFile) -> FileView:
    return FileView(
        row.id,
        row.name,
        row.size,
        row.media_type,
        row.sha256,
        in_shanghai(row.uploaded_at),
        row.received_at is not None,
    )
