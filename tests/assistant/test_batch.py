"""The interfaces other programs rely on (PRODUCT §4)."""

import io
import json

from backend.assistant import batch, terminal


def answered(*lines: str) -> list[dict[str, object]]:
    out = io.StringIO()
    batch.run(lines, out)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_lines_come_back_in_order_with_every_field() -> None:
    asked = [
        json.dumps({"id": str(n), "text": text}) for n, text in enumerate(["想开个小饭馆要办啥证", "你好"])
    ]
    first, second = answered(*asked)
    assert set(first) == {"id", "ranked", "codes", "score", "action", "aspect", "index_version"}
    assert "食品经营许可" in first["ranked"][:3]  # type: ignore[index]
    assert (first["id"], second["id"], second["action"]) == ("0", "1", "refuse")


def test_a_context_is_followed() -> None:
    line = {"id": 7, "text": "那兽药店呢", "context": "上一轮：农药经营许可需要哪些材料？"}
    (told,) = answered(json.dumps(line))
    assert told["id"] == 7
    assert told["ranked"][0] == "兽药经营许可"  # type: ignore[index]
    assert told["aspect"] == "materials"


def test_a_line_that_is_no_question_keeps_its_place() -> None:
    told = answered("no json", "[1]", '{"id": "3"}', '{"id": "4", "text": null, "context": 5}')
    assert [each["id"] for each in told] == [None, None, "3", "4"]
    assert {each["action"] for each in told} == {"refuse"}


def test_the_terminal_answers_in_words() -> None:
    assert "药品零售企业经营许可" in terminal.ask("开药店要啥")
    assert "12333" in terminal.ask("社保卡丢了")
    assert "1. " in terminal.ask("开民宿")
    assert "登录" in terminal.ask("我的食品证办到哪一步了")
