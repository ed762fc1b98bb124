"""The page of a case: what is shown to whom, and that every look is known."""

from datetime import timedelta

import pytest

from backend.journal.loop import Worker
from backend.journal.service import history_of_case
from backend.journal.types import Entry
from backend.kernel.actors import Role
from tests.console.conftest import Filed, Seat
from tests.world import World

pytestmark = pytest.mark.anyio


async def looks(filed: Filed) -> list[Entry]:
    from uuid import UUID

    return [each for each in await history_of_case(UUID(filed.id)) if each.verb == "console.read_case"]


async def test_before_claiming_nothing_personal_is_shown(seat: Seat, filed: Filed) -> None:
    desk = await seat(Role.WINDOW_CLERK)
    page = await desk.page(filed.path)
    assert filed.number in page
    assert "申请表和材料尚未打开" in page
    assert "王秀兰" not in page
    assert "19900001234" not in page
    assert filed.file_id not in page
    for path in (f"/console/files/{filed.file_id}", f"/console/documents/{filed.document_id}"):
        assert (await desk.get(path)).status_code == 403
    assert (await desk.get(f"/console/files/{filed.file_id}/preview")).status_code == 403
    assert (await desk.get(f"{filed.path}/letters")).status_code == 403
    assert await looks(filed) == []


async def test_the_holder_sees_everything_and_is_written_down_once_an_hour(
    seat: Seat, filed: Filed, world: World
) -> None:
    desk = await seat(Role.WINDOW_CLERK)
    page = await desk.done(f"{filed.path}/claim")
    assert "王秀兰" in page
    assert "申请书.jpg" in page
    await desk.page(filed.path)
    await desk.get(f"/console/files/{filed.file_id}")
    (look,) = await looks(filed)
    assert look.detail == {"role": "窗口收件", "purpose": "经办", "note": "", "is_stated": False}
    world.clock.advance(timedelta(minutes=29))
    await desk.page(filed.path)
    world.clock.advance(timedelta(minutes=29))
    await desk.page(filed.path)
    assert len(await looks(filed)) == 1
    world.clock.advance(timedelta(minutes=29))
    await desk.page(filed.path)
    assert len(await looks(filed)) == 2


async def test_files_are_shown_harmlessly(seat: Seat, filed: Filed) -> None:
    desk = await seat(Role.WINDOW_CLERK)
    await desk.done(f"{filed.path}/claim")
    shown = await desk.get(f"/console/files/{filed.file_id}")
    assert shown.headers["content-type"] == "image/jpeg"
    assert shown.headers["content-disposition"].startswith("inline")
    assert shown.headers["x-content-type-options"] == "nosniff"
    assert "frame-ancestors 'self'" in shown.headers["content-security-policy"]
    assert shown.content[:2] == b"\xff\xd8"
    saved = await desk.get(f"/console/files/{filed.file_id}?download")
    assert saved.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
    part = await desk.get(f"/console/files/{filed.file_id}/preview", headers={"HX-Request": "true"})
    assert f'src="/console/files/{filed.file_id}"' in part.text
    assert f'data-showing="{filed.file_id}"' in await desk.page(f"{filed.path}?file={filed.file_id}")


async def test_a_colleague_does_not_see_what_another_holds(seat: Seat, filed: Filed) -> None:
    holder, colleague = await seat(Role.WINDOW_CLERK), await seat(Role.REVIEWER)
    await holder.done(f"{filed.path}/claim")
    page = await colleague.page(filed.path)
    assert f"这件由 工作人员{holder.number}（{holder.number}） 经办" in page
    assert "王秀兰" not in page
    assert (await colleague.get(f"/console/files/{filed.file_id}")).status_code == 403


@pytest.mark.parametrize("role", [Role.HEAD, Role.AUDITOR])
async def test_an_overseer_says_why_and_sees_for_an_hour(
    role: Role, seat: Seat, filed: Filed, world: World
) -> None:
    holder, overseer = await seat(Role.WINDOW_CLERK), await seat(role)
    await holder.done(f"{filed.path}/claim")
    assert "登记并查看" in await overseer.page(filed.path)
    for form in ({}, {"purpose": "好奇"}, {"purpose": "其他"}, {"purpose": "其他", "note": " "}):
        assert (await overseer.post(f"{filed.path}/reason", form)).status_code == 422
    page = await overseer.done(f"{filed.path}/reason", {"purpose": "案卷抽查", "note": "十一月抽样"})
    assert "王秀兰" in page
    assert (await overseer.get(f"/console/files/{filed.file_id}")).status_code == 200
    look = (await looks(filed))[-1]
    assert (look.actor_label, look.detail["purpose"], look.detail["note"]) == (
        overseer.number,
        "案卷抽查",
        "十一月抽样",
    )
    assert "案卷抽查" in await holder.page(filed.path)
    world.clock.advance(timedelta(minutes=29))
    await overseer.page(filed.path)
    world.clock.advance(timedelta(minutes=29))
    assert "王秀兰" in await overseer.page(filed.path)
    world.clock.advance(timedelta(minutes=3))
    assert "王秀兰" not in await overseer.page(filed.path)


async def test_a_reason_of_a_case_that_is_not_there(seat: Seat) -> None:
    auditor = await seat(Role.AUDITOR)
    nothing = "/console/cases/00000000-0000-0000-0000-000000000001"
    assert (await auditor.post(f"{nothing}/reason", {"purpose": "案卷抽查"})).status_code == 404
    for path in (nothing, f"{nothing}/due", "/console/cases/none", "/console/files/none", "/console/nowhere"):
        answer = await auditor.get(path)
        assert answer.status_code == 404
        assert "没有这个页面" in answer.text


async def test_a_draft_is_nobodys_business(seat: Seat, resident: object, filed: Filed) -> None:
    from tests.world import Resident

    assert isinstance(resident, Resident)
    draft = await resident.draft("H148")
    auditor = await seat(Role.AUDITOR)
    assert (await auditor.get(f"/console/cases/{draft['id']}")).status_code == 404


async def test_why_this_date_is_told_day_by_day(seat: Seat, filed: Filed) -> None:
    desk = await seat(Role.WINDOW_CLERK)
    page = await desk.page(f"{filed.path}/due")
    assert "受理期限 5个工作日，到 2026年11月30日" in page
    assert "第 5 日" in page
    assert "周六休息" in page
    part = await desk.get(f"{filed.path}/due", headers={"HX-Request": "true"})
    assert "<html" not in part.text


async def test_letters_are_asked_for_again_until_they_are_sealed(
    seat: Seat, filed: Filed, worker: Worker
) -> None:
    desk = await seat(Role.WINDOW_CLERK)
    page = await desk.done(f"{filed.path}/claim")
    assert "正在生成" in page
    assert 'hx-trigger="every 2s"' in page
    early = await desk.get(f"/console/documents/{filed.document_id}")
    assert early.status_code == 409
    assert "正在生成和盖章" in early.text
    await worker.drain()
    part = await desk.get(f"{filed.path}/letters", headers={"HX-Request": "true"})
    assert "every 2s" not in part.text
    pdf = await desk.get(f"/console/documents/{filed.document_id}")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF")
