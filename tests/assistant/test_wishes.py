"""A person is asked for, or something else is."""

import pytest

from backend.assistant.wishes import wants_person


@pytest.mark.parametrize(
    "text",
    [
        "转人工",
        "找人工",
        "人工",
        "我要转人工",
        "人工客服",
        "请帮我接人工服务",
        "找个真人",
        "转人工吧！",
        "能不能找工作人员",
    ],
)
def test_a_wish_for_a_person(text: str) -> None:
    assert wants_person(text)


@pytest.mark.parametrize(
    "text", ["人工繁育许可", "人工影响天气作业", "工作人员健康证", "", "客服中心要办什么证"]
)
def test_no_wish_for_a_person(text: str) -> None:
    assert not wants_person(text)
