"""Files under a case: added once, removed until they were handed in."""

import asyncio
from datetime import timedelta
from uuid import uuid4

import pytest

from backend.adapters.files.inspection import ThreadedInspection
from backend.adapters.files.local import LocalFiles
from backend.journal.service import history_of_case
from backend.kernel.actors import Actor, ActorKind
from backend.kernel.clock import FixedClock
from backend.materials import errors, service
from backend.materials.types import StoredFile
from tests.materials import samples

pytestmark = pytest.mark.anyio
ACTOR = Actor(ActorKind.PERSON, uuid4(), "person")
CASE = uuid4()


def stored(sign: str = "a", name: str = "身份证.jpg") -> StoredFile:
    return StoredFile(sign * 64, name, 1234, "image/jpeg")


async def test_a_file_hangs_on_its_case_and_material(database: str, clock: FixedClock) -> None:
    view = await service.attach(
        CASE, "id_card", file=stored(), actor=ACTOR, now=clock.now(), name="申请人身份证"
    )

    (material,) = await service.of_case(CASE)
    record = await service.file_by_id(material.files[0].id)
    assert view == material
    assert (material.key, material.name, material.files[0].name) == ("id_card", "申请人身份证", "身份证.jpg")
    assert (record.case_id, record.material_key, record.storage_key) == (CASE, "id_card", "a" * 64)
    assert material.files[0].uploaded_at == clock.now()
    assert [entry.verb for entry in await history_of_case(CASE)] == ["materials.attach"]


async def test_the_same_bytes_again_are_one_file(database: str, clock: FixedClock) -> None:
    acts = [service.attach(CASE, "id_card", file=stored(), actor=ACTOR, now=clock.now()) for _ in range(5)]
    await asyncio.gather(*acts)

    (material,) = await service.of_case(CASE)
    assert len(material.files) == 1
    assert len(await history_of_case(CASE)) == 1


async def test_files_are_listed_oldest_first(database: str, clock: FixedClock) -> None:
    for sign in "abc":
        await service.attach(CASE, "lease", file=stored(sign), actor=ACTOR, now=clock.now())
        clock.advance(timedelta(seconds=1))

    (material,) = await service.of_case(CASE)
    assert [file.sha256[0] for file in material.files] == ["a", "b", "c"]


async def test_a_material_takes_only_so_many_files(database: str, clock: FixedClock) -> None:
    acts = [
        service.attach(CASE, "lease", file=stored(sign), actor=ACTOR, now=clock.now(), max_files=2)
        for sign in "abcd"
    ]
    outcomes = await asyncio.gather(*acts, return_exceptions=True)

    assert sum(isinstance(outcome, errors.TooManyFiles) for outcome in outcomes) == 2
    assert len((await service.of_case(CASE))[0].files) == 2


async def test_a_removed_file_is_gone_and_may_come_back(database: str, clock: FixedClock) -> None:
    view = await service.attach(CASE, "lease", file=stored(), actor=ACTOR, now=clock.now())

    await service.remove(CASE, view.files[0].id, actor=ACTOR, now=clock.now())

    with pytest.raises(errors.NoSuchFile):
        await service.file_by_id(view.files[0].id)
    again = await service.attach(CASE, "lease", file=stored(), actor=ACTOR, now=clock.now())
    assert len(again.files) == 1


async def test_a_file_of_another_case_is_not_found(database: str, clock: FixedClock) -> None:
    view = await service.attach(CASE, "lease", file=stored(), actor=ACTOR, now=clock.now())

    with pytest.raises(errors.NoSuchFile):
        await service.remove(uuid4(), view.files[0].id, actor=ACTOR, now=clock.now())


async def test_what_was_handed_in_stays(database: str, clock: FixedClock) -> None:
    view = await service.attach(CASE, "lease", file=stored(), actor=ACTOR, now=clock.now())
    assert await service.receive(CASE, actor=ACTOR, now=clock.now()) == 1
    assert await service.receive(CASE, actor=ACTOR, now=clock.now()) == 0

    with pytest.raises(errors.AlreadyReceived):
        await service.remove(CASE, view.files[0].id, actor=ACTOR, now=clock.now())
    later = await service.attach(CASE, "lease", file=stored("b"), actor=ACTOR, now=clock.now())
    assert [file.is_received for file in later.files] == [True, False]


async def test_an_upload_is_inspected_and_kept(tmp_path: object) -> None:
    from pathlib import Path

    files = LocalFiles(Path(str(tmp_path)))

    file = await service.stored_file(
        samples.heic(), "IMG_0001.HEIC", inspection=ThreadedInspection(), files=files
    )

    assert (file.name, file.media_type) == ("IMG_0001.jpg", "image/jpeg")
    assert len(await files.get(file.key)) == file.size
    with pytest.raises(errors.FileKindUnknown):
        await service.stored_file(b"#!/bin/sh", "x.sh", inspection=ThreadedInspection(), files=files)
