"""Faults of a lexicon are named with file and text."""

from pathlib import Path

import pytest

from backend.assistant.errors import LexiconFaulty
from backend.assistant.library import build
from backend.assistant.reading import read
from backend.assistant.validating import unknown_items

ITEMS = """
version: "3.1"
nlu:
- intent: faq/药品零售许可
  metadata: {code: A1}
  examples: |
    - 药店
- intent: faq/兽药经营许可
  metadata: {code: A2}
  examples: |
    - 兽药店
"""
WORDS = """
version: "3.1"
nlu:
- lookup: generic_words
  examples: |
    - 许可证
    - 登记
"""
PAIR = """
clarifications:
- question: 给人用还是给动物用？
  choices:
  - {label: 给人, item: 药品零售许可}
  - {label: 给动物, item: 兽药经营许可}
"""


def folder(at: Path, **added: str) -> Path:
    for name, content in {"items": ITEMS, "words": WORDS, **added}.items():
        (at / f"{name}.yml").write_text(content, encoding="utf-8")
    (at / "calibration").mkdir(exist_ok=True)
    (at / "calibration/in_scope.jsonl").write_text('{"text": "开药店"}\n', encoding="utf-8")
    (at / "calibration/out_of_scope.jsonl").write_text('{"text": "你好"}\n', encoding="utf-8")
    return at


def more(target: str, *names: str) -> str:
    listed = "".join(f"    - {name}\n" for name in names)
    return f"nlu:\n- intent: faq/{target}\n  examples: |\n{listed}"


@pytest.mark.parametrize(
    ("added", "said"),
    [
        (more("药品零售许可", "店"), "太短"),
        (more("药品零售许可", "许可证登记"), "到处都有的词"),
        (more("药品零售许可", "兽药店"), "怎么区分"),
        (more("没有的事项", "开铺子"), "没有这个事项，请核对"),
        ("scenes:\n- {name: 开店, main: 没有, said: [开店], items: [没有]}\n", "没有这个事项，请核对"),
    ],
)
def test_a_faulty_lexicon_is_not_used(tmp_path: Path, added: str, said: str) -> None:
    with pytest.raises(LexiconFaulty) as refused:
        build(folder(tmp_path, more=added))
    assert said in refused.value.message


def test_a_name_under_two_items_is_fine_with_a_question(tmp_path: Path) -> None:
    engine = build(folder(tmp_path, more=more("药品零售许可", "兽药店"), pair=PAIR))
    assert len(engine.lexicon.clarifications) == 1


def test_items_are_compared_with_the_catalogue(tmp_path: Path) -> None:
    lexicon = read(folder(tmp_path))
    faults = unknown_items(lexicon, ["药品零售许可", "烟草专卖零售许可"])
    assert [fault.text for fault in faults] == ["兽药经营许可", "烟草专卖零售许可"]
