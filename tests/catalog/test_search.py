"""Search over the county's real names: everyday words, typing mistakes, pinyin, initials."""

import time

import pytest

from backend.catalog.search import SearchIndex, normalise
from backend.seeds.service import HUANTAI, county_of
from tests.catalog.samples import NOW


@pytest.fixture(scope="module")
def index() -> SearchIndex:
    return SearchIndex(county_of(HUANTAI, now=NOW).items)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("食品经营许可", "食品经营许可"),
        ("食品经营许可证", "食品经营许可"),
        ("开饭店", "食品经营许可"),
        ("ＳＰＪＹＸＫ", "食品经营许可"),
        ("spjy", "食品经营许可"),
        ("shipinjingying", "食品经营许可"),
        ("xiaocanyin", "小餐饮登记"),
        ("小餐饮登计", "小餐饮登记"),
        ("公共厂所卫生", "公共场所卫生许可"),
        ("gonggong changsuo weisheng", "公共场所卫生许可"),
        ("药店", "药品零售企业经营许可"),
        ("我想办烟草证", "烟草专卖零售许可"),
        ("佑儿园设立", "民办幼儿园设立审批"),
        ("砍树怎么办理", "林木采伐许可"),
        ("户外广告", "设置大型户外广告及在城市建筑物、设施上悬挂、张贴宣传品审批"),
        ("劳务派遣", "劳务派遣经营许可"),
    ],
)
def test_the_right_item_comes_first(index: SearchIndex, query: str, name: str) -> None:
    assert index.find(query, limit=3)[0].name == name


@pytest.mark.parametrize("query", ["", "！！", "今天天气怎么样", "zzzzzz", "😀"])
def test_nothing_is_found_by_chance(index: SearchIndex, query: str) -> None:
    assert index.find(query, limit=5) == []


def test_each_item_is_found_by_its_own_name(index: SearchIndex) -> None:
    missed = [
        item.item_name
        for item in county_of(HUANTAI, now=NOW).items
        if index.find(item.item_name, limit=1)[0].name != item.item_name
    ]
    assert missed == []


def test_hits_say_why_they_were_found(index: SearchIndex) -> None:
    assert index.find("开饭店", limit=1)[0].why == "也叫：开饭店"
    assert index.find("食品经营", limit=1)[0].why == "名称：食品经营许可"


def test_a_search_is_quick(index: SearchIndex) -> None:
    queries = ["想开个小饭馆要办啥证", "spjy", "公共厂所卫生许可证到期了怎么办", "食" * 60]
    slowest = 0.0
    for query in queries:
        started = time.perf_counter()
        index.find(query, limit=10)
        slowest = max(slowest, time.perf_counter() - started)
    assert slowest < 0.03


def test_what_is_said_around_the_matter_falls_away() -> None:
    assert normalise("请问，我想办 营业执照 要什么材料？") == "营业执照"
    assert normalise("怎么办") == "怎么办"
    assert normalise("网吧") == "网吧"
