"""Loading: once, again, after a change, and with mistakes."""

import shutil
import time
from datetime import timedelta
from pathlib import Path

import pytest

from backend.catalog import service as catalog
from backend.seeds.reading import SeedsWrong
from backend.seeds.service import HUANTAI, load
from tests.catalog.samples import NOW

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("database")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small copy of the county: two departments are enough."""
    copy = tmp_path / "county"
    shutil.copytree(HUANTAI, copy, ignore=shutil.ignore_patterns("items"))
    (copy / "items").mkdir()
    for name in ("market-regulation.yml", "planning.yml"):
        shutil.copy(HUANTAI / "items" / name, copy / "items" / name)
    return copy


def change(folder: Path, file: str, *, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


async def test_the_whole_county_loads_in_time() -> None:
    started = time.perf_counter()
    report = await load(NOW)
    assert time.perf_counter() - started < 3
    assert (report.items, report.new_versions) == (305, 305)


async def test_loading_twice_changes_nothing(folder: Path) -> None:
    await load(NOW, folder=folder)
    again = await load(NOW, folder=folder)
    assert not again.is_changed


async def test_a_changed_file_makes_a_new_version_of_that_item_only(folder: Path) -> None:
    await load(NOW, folder=folder)
    change(folder, "items/market-regulation.yml", old="text: 不收费", new="text: 收费10元")
    later = NOW + timedelta(days=1)
    report = await load(later, folder=folder)
    assert report.new_versions == 1
    assert (await catalog.current("H144", now=later)).version == 2
    assert (await catalog.version("H144", 1)).fee.value == "不收费"


async def test_a_comment_makes_no_version(folder: Path) -> None:
    await load(NOW, folder=folder)
    change(folder, "items/planning.yml", old="department:", new="# 备注\ndepartment:")
    report = await load(NOW + timedelta(days=1), folder=folder)
    assert (report.is_changed, report.new_versions) == (True, 0)


@pytest.mark.parametrize(
    ("file", "old", "new", "told"),
    [
        (
            "items/planning.yml",
            "kind: 行政许可",
            "kind: 许可",
            "planning.yml 第 9 行 items.0.kind：不是允许的取值",
        ),
        ("items/planning.yml", "sector: 投资建设", "sector: 投资", "没有领域“投资”"),
        ("items/planning.yml", "applicant:", "applicants:", "缺少这一项"),
        ("items/planning.yml", "code: H027", "code: H144", "已经用过"),
        ("items/planning.yml", "name: 建设", "name: [建设", "格式读不懂"),
        ("items/planning.yml", "department: 县规划局", "department: 县规划处", "没有“县规划处”"),
        ("towns.yml", "H145", "H999", "没有事项 H999"),
        ("towns.yml", "chengqu", "nowhere", "没有镇街 nowhere"),
        ("forms.yml", "begin: 单位身份", "begin: 谁", "没有这个开头"),
    ],
)
async def test_a_mistake_is_named_with_file_and_line(
    folder: Path, file: str, old: str, new: str, told: str
) -> None:
    change(folder, file, old=old, new=new)
    with pytest.raises(SeedsWrong) as refused:
        await load(NOW, folder=folder)
    assert told in str(refused.value)
    assert Path(file).name in str(refused.value)
    assert await catalog.all_items(now=NOW) == []


async def test_a_catch_all_material_is_refused(folder: Path) -> None:
    change(folder, "items/market-regulation.yml", old="- name: 申请书", new="- name: 其他材料")
    with pytest.raises(SeedsWrong, match="兜底材料"):
        await load(NOW, folder=folder)
