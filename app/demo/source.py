"""The demo site as the console's source of cameras."""

from __future__ import annotations

from collections.abc import Callable

from typing_extensions import override

from app.demo.clock import DemoClock
from app.demo.site import DemoSite, SiteOptions
from app.domain.text import Text
from app.formats import camera_csv
from app.formats.camera_rows import CameraList
from app.services.camera_source import CameraSource, Listed
from app.services.catalog import CameraSet
from app.tasks import SerialQueue

_PREPARING = Text("데모 영상을 준비하는 중 (처음 한 번)", "Preparing demo footage (only once)")


class DemoCameras(CameraSource):
    """Starts the site and reads its list as any other list is read."""

    def __init__(self, options: SiteOptions) -> None:
        self._site = DemoSite(options)
        self.clock: DemoClock | None = None

    @override
    async def load(self, progress: Callable[[Text, float], None]) -> Listed:
        opened = await self._site.start(lambda fraction: progress(_PREPARING, fraction))
        self.clock = opened.clock
        parsed = await _parsed(opened.csv)
        count = len(parsed.cameras)
        origin = Text(f"데모 카메라 {count}대", f"Demo site, {count} cameras")
        return Listed(CameraSet.of(parsed.cameras), origin, opened.notices)

    @override
    async def close(self) -> None:
        await self._site.stop()


async def _parsed(csv: bytes) -> CameraList:
    queue = SerialQueue("demo list")
    try:
        return await queue.run(camera_csv.parse, csv)
    finally:
        await queue.close()
