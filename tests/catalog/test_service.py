"""Publishing, versions, and what a process remembers."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backend.catalog import service
from backend.catalog.errors import NoSuchItem, NoSuchVariant, VersionNotFit
from backend.catalog.types import Fact, ItemVersion, Provenance
from backend.journal import service as journal
from backend.kernel.actors import SYSTEM
from tests.catalog.samples import NOW, ORGANISATION, item, material, variant

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]

LATER = NOW + timedelta(hours=1)


async def publish(*items: ItemVersion, digest: str = "", now: object = NOW) -> service.Published:
    assert isinstance(now, type(NOW))
    return await service.publish_catalogue(
        items, organisation=ORGANISATION, source_digest=digest, actor=SYSTEM, now=now
    )


async def test_before_the_first_publication_there_is_nothing() -> None:
    assert await service.all_items(now=NOW) == []
    with pytest.raises(NoSuchItem):
        await service.current("T001", now=NOW)


async def test_a_published_item_is_read_back_whole() -> None:
    await publish(item())
    assert await service.current("T001", now=NOW) == item()
    assert [each.code for each in await service.all_items(now=NOW)] == ["T001"]
    assert (await service.office()).name == "样板县行政审批服务局"
    assert [each.code for each in await service.towns(now=NOW)] == ["suozhen"]


async def test_publishing_the_same_again_makes_no_version() -> None:
    await publish(item())
    again = await publish(item(), now=LATER)
    assert (again.new_versions, again.unchanged) == (0, 1)
    assert (await service.current("T001", now=LATER)).version == 1


async def test_the_same_files_are_not_published_twice() -> None:
    await publish(item(), digest="abc")
    again = await publish(item(), digest="abc", now=LATER)
    assert not again.is_new
    assert await service.source_digest() == "abc"


async def test_a_change_makes_a_version_and_the_old_one_stays() -> None:
    await publish(item(), item("T002", "另一许可"))
    fee = Fact("10元", Provenance.PUBLISHED, "某文件", confirmed=True)
    done = await publish(item(fee=fee), item("T002", "另一许可"), now=LATER)
    assert done.new_versions == 1
    assert (await service.current("T001", now=LATER)).fee == fee
    assert (await service.version("T001", 1)).fee.value == "不收费"
    assert (await service.current("T002", now=LATER)).version == 1
    with pytest.raises(NoSuchItem):
        await service.version("T001", 9)


async def test_an_item_the_county_no_longer_has_is_unlisted_but_readable() -> None:
    await publish(item(), item("T002", "另一许可"))
    await publish(item(), now=LATER)
    with pytest.raises(NoSuchItem):
        await service.current("T002", now=LATER)
    assert (await service.version("T002", 1)).item_name == "另一许可"


async def test_a_version_takes_effect_at_its_moment() -> None:
    await publish(item())
    await publish(item(name="改了名的许可"), now=LATER)
    assert (await service.current("T001", now=NOW)).item_name == "样品经营许可"
    assert (await service.current("T001", now=LATER)).item_name == "改了名的许可"


async def test_a_version_with_faults_is_refused_and_nothing_is_written() -> None:
    faulty = item("T002", variants=(variant(materials=(material("其他材料"),)),))
    with pytest.raises(VersionNotFit) as refused:
        await publish(item(), faulty)
    assert "兜底材料" in refused.value.message
    assert await service.all_items(now=NOW) == []


async def test_publishing_is_recorded() -> None:
    await publish(item())
    token = (await service.snapshot(now=NOW)).token
    assert token is not None
    assert [each.verb for each in await journal.history_of_subject(token)] == ["catalog.publish_catalogue"]


@pytest.mark.parametrize(
    ("day", "codes"),
    [
        (date(2025, 12, 31), []),
        (date(2026, 1, 1), ["T001"]),
        (date(2026, 11, 23), ["T001"]),
        (date(2026, 11, 24), []),
    ],
)
async def test_a_delegation_is_gone_the_day_it_ends(day: date, codes: list[str]) -> None:
    await publish(item(), item("T002", "另一许可"))
    assert [each.code for each in await service.items_delegated_to("suozhen", on=day, now=NOW)] == codes


async def test_situations_by_code() -> None:
    two = item(variants=(variant(code="new", name="新办"), variant(code="change", name="变更")))
    assert service.variant_of(two, "").code == "new"
    assert service.variant_of(two, "change").name == "变更"
    with pytest.raises(NoSuchVariant):
        service.variant_of(two, "renew")


async def test_search_finds_what_was_published() -> None:
    await publish(item(), replace(item("T002", "另一许可"), colloquial_names=("摆摊",)))
    assert [each.code for each in await service.search("摆摊", now=NOW)] == ["T002"]
