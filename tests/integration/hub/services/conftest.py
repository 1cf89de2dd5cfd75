from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.hub.hub import Hub
from tests.fakes.hub_site import Clock, a_hub


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def hub(tmp_path: Path, clock: Clock) -> AsyncIterator[Hub]:
    async with a_hub(str(tmp_path / "hub.db"), tmp_path, clock) as made:
        yield made


@pytest.fixture
async def any_hub(address: str, tmp_path: Path, clock: Clock) -> AsyncIterator[Hub]:
    """On each engine."""
    async with a_hub(address, tmp_path, clock) as made:
        yield made
