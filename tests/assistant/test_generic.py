"""The index over any list of candidates, as other programs use it."""

import io
import json
from pathlib import Path

import pytest

from backend.assistant import batch, generic

CANDIDATES = [
    "怎么更换还款的银行卡",
    "借款多久能到账",
    "如何取消借款申请",
    "为什么看不到入口",
    "借款多久能到账",
]


def answered(index: Path, *texts: str) -> list[dict[str, object]]:
    out = io.StringIO()
    asked = [json.dumps({"id": at, "text": text}) for at, text in enumerate(texts)]
    batch.run(asked, out, index=index)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_the_nearest_candidate_comes_first(tmp_path: Path) -> None:
    index = tmp_path / "index"
    assert generic.write(CANDIDATES, index) == 4
    first, second, nothing = answered(index, "我想取消刚申请的借款", "钱多长时间到账", "")
    assert first["ranked"][0] == "如何取消借款申请"  # type: ignore[index]
    assert second["ranked"][0] == "借款多久能到账"  # type: ignore[index]
    assert (nothing["ranked"], nothing["action"], nothing["id"]) == ([], "refuse", 2)
    assert first["index_version"] == second["index_version"]


def test_a_candidate_finds_itself(tmp_path: Path) -> None:
    matcher = generic.matcher(CANDIDATES[:4])
    for text in CANDIDATES[:4]:
        assert matcher.match(text)["ranked"][0] == text
        assert matcher.match(text)["score"] >= 0.99


def test_another_file_is_no_index(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong"
    wrong.write_text("[]", encoding="utf-8")
    with pytest.raises(ValueError, match="索引"):
        generic.read(wrong)


def test_an_empty_list_matches_nothing(tmp_path: Path) -> None:
    generic.write(["", "  "], tmp_path / "index")
    assert answered(tmp_path / "index", "什么")[0]["ranked"] == []
