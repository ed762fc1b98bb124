"""A lexicon goes into use only when it still understands what it must."""

import json
from pathlib import Path

import pytest

from backend.assistant import smoking
from backend.assistant.engine import Engine
from backend.assistant.errors import LexiconFaulty
from backend.assistant.library import FOLDER, Library
from tests.assistant.test_validating import folder, more


def smoke(at: Path, *lines: dict[str, object]) -> None:
    text = "\n".join(json.dumps(line, ensure_ascii=False) for line in lines)
    (at / "calibration/smoke.jsonl").write_text(text, encoding="utf-8")


def test_the_lexicon_delivered_passes_its_smoke_list(delivered: Engine) -> None:
    assert (FOLDER / "calibration/smoke.jsonl").is_file()
    assert smoking.failures(delivered, FOLDER) == ()


def test_a_reload_that_fails_the_smoke_list_changes_nothing(tmp_path: Path) -> None:
    library = Library(folder(tmp_path))
    smoke(folder(tmp_path), {"text": "药店", "item": "药品零售许可"})
    before = library.reload()
    smoke(folder(tmp_path, more=more("兽药经营许可", "药铺")), {"text": "药铺", "item": "药品零售许可"})
    with pytest.raises(LexiconFaulty) as refused:
        library.reload()
    assert "药铺" in refused.value.message
    assert library.engine.version == before


def test_what_is_not_ours_must_be_refused(tmp_path: Path) -> None:
    engine = Library(folder(tmp_path)).engine
    smoke(tmp_path, {"text": "药店", "refuse": True})
    assert len(smoking.failures(engine, tmp_path)) == 1
