"""The acts as forms: from the pool to the licence, and what a refused act leaves on the page."""

from uuid import uuid4

import pytest

from backend.journal.loop import Worker
from backend.kernel.actors import Role
from tests.console.conftest import Desk, Filed, Seat
from tests.world import Resident

pytestmark = pytest.mark.anyio

GRANT = {
    "clauses": "《食品安全法》第三十五条",
    "opinion": "申请材料齐全，符合法定条件。",
    "valid_until": "2031-11-22",
    "line_label": ["经营场所", "主体业态"],
    "line_text": ["桓台县索镇示例路 18 号", ""],
}


@pytest.fixture
async def reviewer(seat: Seat, filed: Filed) -> Desk:
    """An officer who may receive and decide, and holds the case."""
    desk = await seat(Role.WINDOW_CLERK, Role.REVIEWER)
    await desk.done(f"{filed.path}/claim")
    return desk


async def test_from_the_pool_to_a_sealed_licence(
    seat: Seat, filed: Filed, resident: Resident, worker: Worker
) -> None:
    clerk, head = await seat(Role.WINDOW_CLERK), await seat(Role.HEAD)
    await clerk.done(f"{filed.path}/claim")
    page = await clerk.done(f"{filed.path}/accept")
    assert "已受理，时限开始计算" in page
    assert "法定时限" in page
    assert "请交出，由审查人员或负责人领取" in page
    await clerk.done(f"{filed.path}/release")
    await head.done(f"{filed.path}/claim")
    page = await head.page(filed.path)
    assert "第35条" in page  # the clauses come from the item's legal basis
    assert "经营场所" in page
    page = await head.done(f"{filed.path}/grant", GRANT)
    assert "准予许可" in page
    await worker.drain()
    page = await head.page(filed.path)
    assert "有效" in page
    assert "/verify/" in page
    seen = await resident.ok("GET", f"/cases/{filed.id}")
    assert (seen["state"], seen["licence"]["status"]) == ("granted", "valid")
    pdf = await head.get(f"/console/licences/{seen['licence']['id']}")
    assert pdf.content.startswith(b"%PDF")
    assert (await clerk.get(f"/console/licences/{seen['licence']['id']}")).status_code == 403


async def test_everything_missing_is_named_once(
    reviewer: Desk, filed: Filed, resident: Resident, worker: Worker
) -> None:
    first, second = filed.keys[:2]
    path = f"{filed.path}/request_correction"
    page = await reviewer.page(filed.path)
    assert "只能告知一次" in page
    form = {"missing": [first, second], f"reason:{first}": "第 2 页缺签字"}
    refused = await reviewer.post(path, form)
    assert refused.status_code == 422
    assert "请写明每一项需要补正的原因" in refused.text
    assert "第 2 页缺签字" in refused.text  # what was typed stays
    assert (await reviewer.post(path, {})).status_code == 422
    page = await reviewer.done(path, form | {f"reason:{second}": "没有上传"})
    assert "已一次性告知补正" in page
    assert "等申请人补正" in page
    for key in (first, second):
        await resident.file(filed.id, key, content=b"")
    await _supply(resident, filed)
    page = await reviewer.page(filed.path)
    assert "已补：" in page
    assert "依法不能再次告知" in page
    again = await reviewer.post(path, form | {f"reason:{second}": "没有上传"})
    assert again.status_code == 409
    assert "依法不能再次告知" in again.text


async def _supply(resident: Resident, filed: Filed) -> None:
    from tests.world import picture

    for key in filed.keys[:2]:
        await resident.file(filed.id, key, name="补.jpg", content=picture("补正" + key))
    headers = {"Idempotency-Key": uuid4().hex}
    await resident.ok("POST", f"/cases/{filed.id}/correction/submit", headers=headers)


async def test_declining_names_the_body_that_has_the_power(reviewer: Desk, filed: Filed) -> None:
    path = f"{filed.path}/decline"
    assert "请选择不予受理的法定情形" in (await reviewer.post(path)).text
    refused = await reviewer.post(path, {"ground": "not_this_office"})
    assert refused.status_code == 422
    assert "应当向哪个机关申请" in refused.text
    assert 'value="not_this_office" required checked' in refused.text
    page = await reviewer.done(path, {"ground": "not_this_office", "where_to": "桓台县市场监督管理局"})
    assert "请向桓台县市场监督管理局申请" in page


async def test_a_refusal_states_facts_clauses_and_reasons(
    reviewer: Desk, filed: Filed, worker: Worker
) -> None:
    await reviewer.done(f"{filed.path}/accept")
    page = await reviewer.page(filed.path)
    assert "行政复议" in page  # the remedies are shown before deciding
    form = {"facts": "加工场所与生活区没有分开。", "clauses": "《食品安全法》第三十三条", "reasons": ""}
    refused = await reviewer.post(f"{filed.path}/refuse", form)
    assert refused.status_code == 422
    assert "请写明理由" in refused.text
    assert "加工场所与生活区没有分开。" in refused.text
    page = await reviewer.done(f"{filed.path}/refuse", form | {"reasons": "不符合卫生条件。"})
    assert "不予许可" in page
    assert "不符合卫生条件。" in page


async def test_a_last_day_that_is_none_is_said_and_the_form_stays(reviewer: Desk, filed: Filed) -> None:
    await reviewer.done(f"{filed.path}/accept")
    refused = await reviewer.post(f"{filed.path}/grant", GRANT | {"valid_until": "明年"})
    assert refused.status_code == 422
    assert "有效期请写成" in refused.text
    assert "桓台县索镇示例路 18 号" in refused.text


async def test_acts_out_of_turn_change_nothing(reviewer: Desk, filed: Filed) -> None:
    early = await reviewer.post(f"{filed.path}/grant", GRANT)
    assert early.status_code == 409
    assert "办件现在是“已收件”" in early.text
    await reviewer.done(f"{filed.path}/accept")
    twice = await reviewer.post(f"{filed.path}/accept")
    assert twice.status_code == 409
    by_hand = await reviewer.get(f"{filed.path}/accept")
    assert by_hand.headers["location"] == filed.path
    assert "审查中" in await reviewer.page(filed.path)


async def test_only_the_holder_acts(seat: Seat, reviewer: Desk, filed: Filed) -> None:
    other = await seat(Role.REVIEWER)
    answer = await other.post(f"{filed.path}/accept")
    assert answer.status_code == 409
    assert reviewer.number in answer.text
    assert "王秀兰" not in answer.text
    await reviewer.done(f"{filed.path}/release")
    assert "请先领取这件" in (await other.post(f"{filed.path}/accept")).text


async def test_an_act_on_nothing_is_not_found(reviewer: Desk) -> None:
    nothing = "/console/cases/00000000-0000-0000-0000-000000000001"
    assert (await reviewer.post(f"{nothing}/accept")).status_code == 404
