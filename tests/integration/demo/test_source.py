"""The demo site as the console's source of cameras."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.demo.children import SYSTEM_PYTHON
from app.demo.site import SiteOptions
from app.demo.source import DemoCameras


@pytest.mark.timeout(180)
async def test_the_console_gets_a_list_of_real_cameras(demo_cache: Path) -> None:
    if not SYSTEM_PYTHON.is_file():
        pytest.skip("no system Python: gst-rtsp-server cannot run here")
    source = DemoCameras(SiteOptions(count=5, cache=demo_cache, seconds=4.0))
    shares: list[float] = []
    listed = await source.load(lambda _, share: shares.append(share))
    try:
        assert len(listed.cameras.cameras) == 5
        assert all(camera.profiles for camera in listed.cameras.cameras)
        assert "5" in listed.origin.ko
        assert source.clock is not None
        assert all(0 <= share <= 1 for share in shares)
    finally:
        await source.close()
