"""Builds the console from its parts: the only module that knows every adapter."""

from __future__ import annotations

from app.adapters.awake import system_awake
from app.adapters.clip_folder import PrivateClips
from app.adapters.list_file import ListFile
from app.adapters.media_files import FolderFiles
from app.adapters.process_memory import OwnProcess
from app.adapters.store import LocalStore
from app.adapters.vlc_player import VlcPlayer
from app.clock import Clock, SystemClock
from app.config import Config
from app.console import Console, Tiles
from app.services.acts import Acts
from app.services.camera_source import CameraSource, NoCameras
from app.services.catalog import Catalog
from app.services.figures import Figures, Watched
from app.services.ports import PaintObserver
from app.services.preferences import Preferences
from app.services.replay import Replay, ReplayParts
from app.services.snapshots import Snapshots
from app.services.streams import Streams, StreamSettings
from app.services.tours import Tours
from app.services.walls import Walls
from app.video.engine import Engine
from app.video.messages import DecoderOptions


async def build(config: Config, clock: Clock | None = None) -> Console:
    """Opens the store; starts nothing yet. Never fails for what lies in the profile folder."""
    clock = clock or SystemClock()
    store = await LocalStore.open(config.profile_dir / "console.db", clock)
    process = OwnProcess()
    engine = _engine(config)
    preferences = Preferences(store)
    catalog = Catalog()
    streams = Streams(engine, catalog.get, clock)
    walls = Walls(store)

    tours = Tours(store, walls, preferences, clock, streams.is_live)
    acts = Acts(store, clock)
    files, tiles = FolderFiles(), Tiles()
    figures = Figures(Watched(streams, tiles, catalog.get), process, clock, settle=config.settle)
    source = _source(config)
    clips = PrivateClips(config.profile_dir / "clips")
    parts = ReplayParts(engine, VlcPlayer(clock), clips, files, acts)
    console = Console(
        config=config,
        clock=clock,
        process=process,
        store=store,
        engine=engine,
        preferences=preferences,
        catalog=catalog,
        streams=streams,
        walls=walls,
        tours=tours,
        acts=acts,
        figures=figures,
        painted=_painted(config, source, figures, engine, catalog),
        snapshots=Snapshots(engine, files, acts, clock),
        replay=Replay(parts, clock, lambda: float(preferences.values.replay_seconds)),
        awake=system_awake(),
        tiles=tiles,
        source=source,
    )
    preferences.changed.connect(lambda _: _settings(streams, preferences))
    return console


def _engine(config: Config) -> Engine:
    authorities = str(config.tls_ca) if config.tls_ca else ""
    return Engine(config.decoders, DecoderOptions("decoder", authorities))


def _painted(
    config: Config, source: CameraSource, figures: Figures, engine: Engine, catalog: Catalog
) -> PaintObserver:
    """In the demo the pictures carry a mark, which tells their true delay."""
    if config.mark_clock is None and not config.demo:
        return figures
    from app.demo.clock import DemoClock
    from app.demo.mark_watch import MarkWatch
    from app.demo.source import DemoCameras

    if isinstance(source, DemoCameras):
        return MarkWatch(figures, engine, catalog.get, lambda: source.clock)
    clock = DemoClock(config.mark_clock) if config.mark_clock else None
    return MarkWatch(figures, engine, catalog.get, lambda: clock)


def _settings(streams: Streams, preferences: Preferences) -> None:
    values = preferences.values
    streams.settings = StreamSettings(float(values.replay_seconds), values.cpu_budget / 100)


def _source(config: Config) -> CameraSource:
    if config.cameras is not None:
        return ListFile(config.cameras)
    if config.demo:
        return _demo(config)
    return NoCameras()


def _demo(config: Config) -> CameraSource:
    # Imported here: only the demo needs what encodes its footage.
    from app.demo.mounts import Style
    from app.demo.site import SiteOptions
    from app.demo.source import DemoCameras

    style = Style.MAIN_ONLY if config.demo_main_only else Style.FULL
    options = SiteOptions(count=config.demo_cameras, style=style, cache=config.cache_dir / "demo")
    return DemoCameras(options)
