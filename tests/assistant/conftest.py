"""The engine over the lexicon delivered with the service, built once."""

import pytest

from backend.assistant.engine import Engine
from backend.assistant.library import FOLDER, build


@pytest.fixture(scope="session")
def delivered() -> Engine:
    return build(FOLDER)
