from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.web_hub import HubSite, hub_site


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubSite]:
    async with hub_site(tmp_path) as site:
        yield site
