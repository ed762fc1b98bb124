"""What the walks over all routes share."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from backend.kernel.clock import FixedClock
from backend.licences import routes as licences
from tests.world import World


@pytest.fixture(autouse=True)
def log() -> Iterator[None]:
    """Kept, not printed: a thousand calls make a long log. No call may end as a fault."""
    with capture_logs() as entries:
        yield
    assert [each for each in entries if each["event"] == "unexpected"] == []


@pytest.fixture
def world(clock: FixedClock, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    """Nobody is told to wait or to come back later: a limit would hide what stands behind it."""
    monkeypatch.setattr(licences, "WRONG_PAUSE_SECONDS", 0)
    world = World(clock, tmp_path)
    world.state.hit = _always  # type: ignore[method-assign]  # the limits have tests of their own
    return world


async def _always(key: str, *, limit: int, window_seconds: int) -> bool:
    return True
