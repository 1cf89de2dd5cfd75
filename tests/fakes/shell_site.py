"""A whole desk with everything real but the video engine, the clock, the disk and the player."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from typing_extensions import override

from app.adapters.clip_folder import PrivateClips
from app.adapters.map_tiles import open_tiles
from app.adapters.media_files import FolderFiles
from app.config import Config
from app.console import Console, Tiles
from app.domain.camera import Camera, CameraId
from app.domain.text import Text
from app.domain.update import Keeper, Standing
from app.services.acts import Acts
from app.services.awake import Awake, Inhibitor
from app.services.camera_source import Listed, NoCameras
from app.services.catalog import CameraSet, Catalog
from app.services.dragnets import Dragnets
from app.services.figures import Figures, Watched
from app.services.hub_session import HubSession
from app.services.hub_walls import HubWalls
from app.services.markers import Markers
from app.services.opening_wall import open_wall
from app.services.preferences import Preferences
from app.services.replay import Replay, ReplayParts
from app.services.selective import Selective
from app.services.snapshots import Snapshots
from app.services.streams import Streams
from app.services.tours import Tours
from app.services.tracks import Tracks
from app.services.units import Units
from app.services.updates import Updates
from app.services.walls import Walls
from app.tasks import cancel, spawn
from tests.fakes.clip_player import FakePlayer
from tests.fakes.clock import HandClock
from tests.fakes.engine import FakeEngine, plain
from tests.fakes.hub_console import new_id
from tests.fakes.map_site import Square
from tests.fakes.store import MemoryStore
from tests.fakes.wall_site import camera
from ui.shell.desk import Desk
from ui.shell.notices import Notices
from ui.theme import Theme
from ui.wall.services import WallServices


@dataclass
class FakeInhibitor(Inhibitor):
    calls: list[str] = field(default_factory=list)

    @override
    def hold(self) -> None:
        self.calls.append("hold")

    @override
    def renew(self) -> None:
        self.calls.append("renew")

    @override
    def release(self) -> None:
        self.calls.append("release")


class Meter:
    measure = "pss"

    def cpu_seconds(self) -> float:
        return 0.0

    def memory_mb(self) -> float:
        return 100.0


def at_once(work: Coroutine[Any, Any, None], _name: str) -> None:
    """Done when it returns; what a service began beside it (writing later) is dropped."""

    async def alone() -> None:
        await work
        await cancel(*(asyncio.all_tasks() - {asyncio.current_task()}))

    asyncio.run(alone())


class ShellSite:
    """`count` cameras; the first ones are on the main wall, in the smallest square.

    With a `hub`, on its clock, work that is begun runs in the loop that is there.
    """

    def __init__(
        self,
        folder: Path,
        count: int = 16,
        cameras: list[Camera] | None = None,
        hub: HubSession | None = None,
        clock: HandClock | None = None,
    ) -> None:
        self.clock = clock or HandClock(5000.0)
        self._hub = hub
        self.engine = FakeEngine()
        self.store = MemoryStore()
        self.inhibitor = FakeInhibitor()
        self.theme = Theme()
        self.notices = Notices(at_once if hub is None else spawn)
        listed = CameraSet.of(cameras or [camera(index) for index in range(count)])
        self.console = self._console(folder)
        self.console.catalog.load(listed)
        self.console.listed = Listed(listed, Text("시험 목록", "test list"))
        self.ids = [known.id for known in listed.cameras]
        open_wall(self.console.walls, None, self.ids)
        console = self.console
        services = WallServices(
            console.walls,
            console.streams,
            console.catalog,
            console.tours,
            console.painted,
            self.theme,
            console.clock,
            markers=Markers(console.catalog.get, console.streams.shown),
        )
        self.desk = Desk(console, self.theme, self.notices, services)

    def _console(self, folder: Path) -> Console:
        store, clock, engine = self.store, self.clock, self.engine
        preferences, catalog, walls, tiles = Preferences(store), Catalog(), Walls(store), Tiles()
        streams = Streams(engine, catalog.get, clock)
        acts, files = Acts(store, clock), FolderFiles()
        figures = Figures(Watched(streams, tiles, catalog.get), Meter(), clock)
        parts = ReplayParts(engine, FakePlayer(clock), PrivateClips(folder / "clips"), files, acts)
        return Console(
            config=Config(folder, folder),
            clock=clock,
            process=Meter(),
            store=store,
            engine=engine,
            preferences=preferences,
            catalog=catalog,
            streams=streams,
            walls=walls,
            tours=Tours(store, walls, preferences, clock),
            acts=acts,
            figures=figures,
            painted=figures,
            snapshots=Snapshots(engine, files, acts, clock),
            replay=Replay(parts, clock, lambda: 60.0),
            awake=Awake(self.inhibitor),
            updates=Updates(lambda: Standing("0.1.0", Keeper.OWN)),
            tiles=tiles,
            source=NoCameras(),
            boundaries=Square(),
            open_tiles=open_tiles,
            hub=self._hub,
        )

    def with_hub_walls(self, hub: HubSession) -> None:
        parts, console = hub.parts, self.console
        console.tracks = Tracks(parts.incidents)
        console.units = Units(parts.rows, console.clock)
        console.selective = Selective(parts.incidents, console.walls)
        console.hub_walls = HubWalls(parts.rows, parts.outbox, console.walls, new_id)
        console.dragnets = Dragnets(
            console.catalog, console.walls, console.tours, console.streams, console.clock
        )

    def feed(self, camera_id: CameraId, colour: tuple[int, int, int]) -> None:
        """A new picture of one colour."""
        self.engine.paints(camera_id, plain(*colour, 320, 180), arrived=self.clock.at)

    def close(self) -> None:
        async def stop() -> None:
            await self.console.awake.stop()
            await self.console.updates.stop()
            await self.console.snapshots.stop()
            await self.console.replay.stop()

        asyncio.run(stop())
