"""The services behind the screens, and the order in which they start and stop."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import app
from app.clock import Clock
from app.config import Config
from app.domain.camera import CameraId
from app.domain.errors import Failure
from app.domain.text import Text
from app.services import safe_form
from app.services.acts import Acts
from app.services.alarms import Alarms
from app.services.awake import Awake
from app.services.camera_source import CameraSource, Listed
from app.services.care import Care
from app.services.catalog import Catalog
from app.services.dragnets import Dragnets
from app.services.event_port import EventKind, EventLog, NoEventLog
from app.services.figures import Figures, ProcessMeter
from app.services.hub_points import HubPoints
from app.services.hub_session import HubSession
from app.services.hub_walls import HubWalls
from app.services.map_ports import Boundaries, TilePictures
from app.services.ports import PaintObserver, VideoEngine
from app.services.preferences import Preferences
from app.services.replay import Replay
from app.services.selective import Selective
from app.services.settings_transfer import SettingsTransfer
from app.services.snapshots import Snapshots
from app.services.store_port import Store
from app.services.streams import Streams
from app.services.tours import Tours
from app.services.tracks import Tracks
from app.services.units import Units
from app.services.updates import Updates
from app.services.walls import Walls
from app.signals import Signal
from app.tasks import cancel, spawn

_log = logging.getLogger(__name__)

# Twice a second, as the tier controller's rules count.
TICK_SECONDS = 0.5
# A stage of stopping that takes longer is left behind and named: an operator who restarts the
# console in an emergency does not wait.
_STAGE_SECONDS = 6.0
_STARTED = Text(f"관제 {app.__version__} 시작", f"Gwanje {app.__version__} started")
_ENDED = Text(f"관제 {app.__version__} 종료", f"Gwanje {app.__version__} ended")


class Tiles:
    """The cameras of every tile on a screen now; each wall window adds itself."""

    def __init__(self) -> None:
        self._sources: list[Callable[[], Sequence[CameraId]]] = []

    def add(self, source: Callable[[], Sequence[CameraId]]) -> Callable[[], None]:
        self._sources.append(source)
        return lambda: self._sources.remove(source)

    def __call__(self) -> Sequence[CameraId]:
        return [camera for source in self._sources for camera in source()]


@dataclass
class Console:
    """Made by `app.composition.build`. All on the loop's thread."""

    config: Config
    clock: Clock
    process: ProcessMeter
    store: Store
    engine: VideoEngine
    preferences: Preferences
    catalog: Catalog
    streams: Streams
    walls: Walls
    tours: Tours
    acts: Acts
    figures: Figures
    snapshots: Snapshots
    painted: PaintObserver
    replay: Replay
    awake: Awake
    updates: Updates
    tiles: Tiles
    source: CameraSource
    hub: HubSession | None = None
    hub_walls: HubWalls | None = None
    dragnets: Dragnets | None = None
    tracks: Tracks | None = None
    units: Units | None = None
    alarms: Alarms | None = None
    selective: Selective | None = None
    points: HubPoints | None = None
    care: Care | None = None
    events: EventLog = field(default_factory=NoEventLog)
    transfer: SettingsTransfer | None = None
    boundaries: Boundaries | None = None
    open_tiles: Callable[[Path], TilePictures] | None = None
    notices: Signal[Text] = field(default_factory=lambda: Signal("notices"))
    loading: Signal[tuple[Text, float]] = field(default_factory=lambda: Signal("loading"))
    loaded: Signal[Listed] = field(default_factory=lambda: Signal("camera list loaded"))
    listed: Listed | None = None
    _ticking: asyncio.Task[None] | None = None
    _relisting: asyncio.Task[None] | None = None
    _relist_due: bool = False

    async def start(self) -> None:
        """Everything that the first window needs; the cameras' pictures come as they come."""
        self._listen()
        self.updates.start()
        await self.engine.start()
        await self.preferences.start()
        if self.config.language is not None and not self.preferences.fixed("language"):
            self.preferences.set("language", self.config.language, keep=False)
        await self.walls.start(self.config.layout or self.preferences.values.default_layout)
        if self.config.safe:
            self._enter_safe_form()
        await self.tours.start()
        await self.replay.start()
        if self.hub is not None:
            self.hub.notices.connect(self.notices.emit)
            self.streams.truth_changed.connect(self.hub.status_changed)
            await self.hub.start()
        self._ticking = spawn(self._tick(), "console tick")
        self.figures.start()
        if self.care is not None:
            self.care.start()
        self.events.write(EventKind.STARTED, _STARTED)

    def _listen(self) -> None:
        """To every part that may have a word for the operator, also of what lies behind it."""
        for source in (self.preferences, self.walls, self.tours, self.acts, self.updates):
            source.notices.connect(self.notices.emit)
        if self.care is not None:
            self.care.notices.connect(self.notices.emit)
        self.engine.notices.connect(lambda notice: self.notices.emit(notice.text))
        for text in (*self.store.notices, *self.config.layers.problems):
            self.notices.emit(text)

    def _enter_safe_form(self) -> None:
        safe_form.enter(self.walls, self.preferences)
        self.notices.emit(safe_form.TOLD)
        self.events.write(EventKind.SAFE_FORM, safe_form.TOLD)

    async def load_cameras(self) -> None:
        """Reads the camera list; without one the console still opens, and says why."""
        begun = self.clock.monotonic()
        try:
            self.listed = await self.source.load(lambda words, n: self.loading.emit((words, n)))
        except Failure as failure:
            self.notices.emit(failure.text)
            return
        self.catalog.load(self.listed.cameras)
        count, took = len(self.catalog.cameras), self.clock.monotonic() - begun
        _log.info("%d cameras listed after %.2f s", count, took)
        if problems := self.listed.problems:
            self.notices.emit(_summary(problems))
        for problem in self.listed.problems:
            _log.warning("camera list: %s", problem.en)
        self.loaded.emit(self.listed)

    def relist(self) -> None:
        """The list of cameras is another one now; however often that is said, one load a time."""
        self._relist_due = True
        if self._relisting is None or self._relisting.done():
            self._relisting = spawn(self._relist(), "load cameras again")

    async def _relist(self) -> None:
        while self._relist_due:
            self._relist_due = False
            await self.load_cameras()

    async def _tick(self) -> None:
        failing = False
        while True:
            await asyncio.sleep(TICK_SECONDS)
            try:
                self.streams.tick(self.process.cpu_seconds())
                self.tours.tick()
            except Exception:  # noqa: BLE001 - a bug in one measurement must not end all of them
                # Once, not twice a second: tiers and tours must go on as soon as they can.
                if not failing:
                    _log.exception("a tick failed")
                failing = True
            else:
                failing = False

    async def stop(self) -> None:
        """In stages, each with a limit; what would not stop is named in the log."""
        await cancel(self._ticking, self._relisting)
        self.events.write(EventKind.ENDED, _ENDED)
        hub = self.hub.stages() if self.hub is not None else ()
        stages: tuple[tuple[str, Callable[[], Awaitable[object]]], ...] = (
            *(("care", care.stop) for care in (self.care,) if care is not None),
            ("figures", self.figures.stop),
            ("replay", self.replay.stop),
            ("snapshots", self.snapshots.stop),
            ("video engine", self.engine.stop),
            ("tours", self.tours.stop),
            ("walls", self.walls.stop),
            ("preferences", self.preferences.stop),
            ("acts", self.acts.stop),
            ("local store", self.store.close),
            ("awake", self.awake.stop),
            ("updates", self.updates.stop),
            *(("settings files", one.stop) for one in (self.transfer,) if one is not None),
            *(("hub points", points.close) for points in (self.points,) if points is not None),
            *hub,
            # After the hub: the demo's is a process that ends with its cameras.
            ("camera source", self.source.close),
            ("event log", self.events.close),
        )
        for name, stage in stages:
            try:
                await asyncio.wait_for(_run(stage), _STAGE_SECONDS)
            except TimeoutError:
                _log.error("%s would not stop within %.0f s", name, _STAGE_SECONDS)
            except Exception:  # noqa: BLE001 - the other stages must still run
                _log.exception("%s failed to stop", name)


def _summary(problems: tuple[Text, ...]) -> Text:
    count, first = len(problems), problems[0]
    return Text(
        f"카메라 목록에서 {count}건을 고치거나 건너뛰었습니다. 예: {first.ko}",
        f"{count} rows of the camera list were mended or skipped, for example: {first.en}",
    )


async def _run(stage: Callable[[], Awaitable[object]]) -> None:
    await stage()
