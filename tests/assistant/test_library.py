"""A change of the lexicon goes into use whole, or not at all."""

from pathlib import Path

import pytest

from backend.assistant.errors import LexiconFaulty
from backend.assistant.library import Library
from tests.assistant.test_validating import folder, more

pytestmark = pytest.mark.anyio


async def test_reload_and_roll_back(tmp_path: Path) -> None:
    library = Library(folder(tmp_path))
    before = (await library.ready()).version
    folder(tmp_path, more=more("药品零售许可", "药铺"))
    after = library.reload()
    assert after != before
    assert library.engine.understand("开药铺").ranked[0].name == "药品零售许可"
    assert library.roll_back() == before


async def test_a_faulty_change_leaves_the_engine_in_use(tmp_path: Path) -> None:
    library = Library(folder(tmp_path))
    before = (await library.ready()).version
    folder(tmp_path, more=more("药品零售许可", "店"))
    with pytest.raises(LexiconFaulty):
        library.reload()
    assert library.engine.version == before


async def test_the_fitted_gate_is_kept_in_the_data_folder(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    first = Library(folder(tmp_path), cache=cache).engine
    assert (cache / f"gate-{first.version}.json").is_file()
    assert Library(tmp_path, cache=cache).engine.gate == first.gate
