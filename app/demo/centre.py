"""The whole demo: cameras, a hub that knows them, and a feed; as the console's camera source."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from typing_extensions import override

from app.demo.clock import DemoClock
from app.demo.doors import Senders
from app.demo.feed import PER_MINUTE, Feed
from app.demo.hub import AWAY_SECONDS, DemoHub
from app.demo.hub_process import HOST
from app.demo.patrols import Patrols
from app.demo.site import DemoSite, Opened, SiteOptions
from app.demo.station import Station
from app.demo.stories import Stories
from app.domain.camera import Camera, CameraId
from app.domain.text import Language, Text
from app.services.camera_source import CameraSource, Listed
from app.services.catalog import CameraSet

# A shift that begins finds work on its desk.
_TO_BEGIN_WITH = 8
_FOOTAGE = Text("데모 영상을 준비하는 중 (처음 한 번)", "Preparing demo footage (only once)")
_HUB = Text("데모 허브를 시작하는 중", "Starting the demo's hub")
_ORIGIN = Text("데모", "Demo")


class DemoCentre(CameraSource):
    """The first `load` starts everything; `follow` says where cameras come from then.

    `pace`: messages a minute, 0 for none but by `step`. `station`: the language of a second
    console, a police station's; None for none.
    `address`, `password` and `folder` (for what a console keeps of this hub) are known at once.
    """

    def __init__(
        self,
        options: SiteOptions,
        now: Callable[[], datetime],
        away: float = AWAY_SECONDS,
        pace: float = PER_MINUTE,
        station: Language | None = None,
    ) -> None:
        self._site = DemoSite(options)
        self._hub = DemoHub(port=free_port(), away=away)
        self._now = now
        self._pace = pace
        self._feed: Feed | None = None
        self._patrols: Patrols | None = None
        self._opened: Opened | None = None
        self._by_id: dict[CameraId, Camera] = {}
        self._rows: CameraSource | None = None
        self._turn = asyncio.Lock()
        self.address = self._hub.address
        self.password = self._hub.password
        self.folder: Path = self._hub.process.folder / "console"
        self._station: Station | None = None
        if station is not None:
            self._station = Station(self._hub.process.folder / "second", self.password, station)
        self.clock: DemoClock | None = None

    @property
    def hub_pid(self) -> int | None:
        return self._hub.process.pid

    async def step(self) -> None:
        """The next thing happens now: for training, at one's own pace."""
        if self._feed is not None:
            await self._feed.step()

    def follow(self, rows: CameraSource) -> None:
        """What the hub shows of them: closed with this."""
        self._rows = rows

    def camera(self, id_: CameraId) -> Camera | None:
        """With its addresses, which the rows of a hub never hold."""
        return self._by_id.get(id_)

    @override
    async def load(self, progress: Callable[[Text, float], None]) -> Listed:
        async with self._turn:
            told = () if self._opened is not None else await self._open(progress)
        if self._rows is None:
            return Listed(CameraSet.of(()), _ORIGIN, told)
        listed = await self._rows.load(progress)
        return Listed(listed.cameras, _ORIGIN, (*told, *listed.problems))

    @override
    async def close(self) -> None:
        """The feed first, then who watches, the hub, the cameras last."""
        if self._patrols is not None:
            await self._patrols.stop()
        if self._feed is not None:
            await self._feed.stop()
        if self._rows is not None:
            await self._rows.close()
        if self._station is not None:
            await self._station.stop()
        await self._hub.stop()
        await self._site.stop()

    async def _open(self, progress: Callable[[Text, float], None]) -> tuple[Text, ...]:
        opened = await self._site.start(lambda fraction: progress(_FOOTAGE, fraction))
        self.clock = opened.clock
        self._by_id = {camera.id: camera for camera in opened.cameras}
        progress(_HUB, 0.0)
        keys = await self._hub.start()
        progress(_HUB, 0.8)
        await self._hub.bring_in("demo.csv", opened.csv)
        senders = Senders(self.address, lambda: self._hub.process.socket_port, keys, self._now)
        self._feed = Feed(Stories(opened.cameras), senders, self._now, self._pace)
        for _ in range(_TO_BEGIN_WITH):
            await self._feed.step()
        self._feed.start()
        self._patrols = Patrols(senders, self._now)
        self._patrols.start()
        if self._station is not None:
            await self._station.start(self.address)
        self._opened = opened
        return opened.notices


def free_port() -> int:
    """One that nobody listens at now: the console has to know it before the hub is there."""
    with socket.socket() as one:
        one.bind((HOST, 0))
        port: int = one.getsockname()[1]
        return port
