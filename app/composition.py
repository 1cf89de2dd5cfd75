"""Builds the console from its parts: the only module that knows every adapter."""

from __future__ import annotations

import os
import platform
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING

from app.adapters.awake import system_awake
from app.adapters.boundaries import KoreanBoundaries
from app.adapters.clip_folder import PrivateClips
from app.adapters.installed_version import standing
from app.adapters.list_file import ListFile
from app.adapters.map_tiles import open_tiles
from app.adapters.media_files import FolderFiles
from app.adapters.process_memory import OwnProcess
from app.adapters.sound_player import SystemSounds
from app.adapters.store import LocalStore
from app.adapters.vlc_player import VlcPlayer
from app.caring import take_care
from app.clock import Clock, SystemClock
from app.config import Config
from app.console import Console, Tiles
from app.domain.act import Act, ActKind
from app.domain.camera import CameraId
from app.domain.ids import uuid7
from app.domain.ledger.entry import Kind
from app.domain.session_rules import IdleRule
from app.domain.text import Language
from app.services.acts import Acts
from app.services.alarms import Alarms
from app.services.attachments import Attachments
from app.services.auditing import Auditing
from app.services.camera_access import CameraAccesses
from app.services.camera_addresses import HubAddresses
from app.services.camera_privacy import CameraPrivacy
from app.services.camera_source import CameraSource, NoCameras
from app.services.camera_statuses import CameraStatuses
from app.services.catalog import Catalog
from app.services.dragnets import Dragnets
from app.services.figures import Figures, Watched
from app.services.hub_cameras import HubCameras
from app.services.hub_link import HubLink
from app.services.hub_points import HubPoints
from app.services.hub_rows import HubRows
from app.services.hub_session import HubParts, HubSession
from app.services.hub_walls import HubWalls
from app.services.incidents import Incidents
from app.services.ledger import Ledger, Writing
from app.services.outbox import Outbox
from app.services.ports import PaintObserver
from app.services.preferences import Preferences
from app.services.receiving import Receiving
from app.services.replay import Replay, ReplayParts
from app.services.selective import Selective
from app.services.settings_transfer import SettingsTransfer
from app.services.shares import Shares
from app.services.sign_in import SignInParts, SignIns
from app.services.snapshots import Snapshots
from app.services.streams import Streams, StreamSettings
from app.services.sync import Sync, SyncParts
from app.services.tours import Tours
from app.services.tracks import Tracks
from app.services.units import Units
from app.services.updates import Updates
from app.services.viewing import Viewing, Why
from app.services.walls import Walls
from app.tasks import spawn
from app.video.engine import Engine
from app.video.messages import DecoderOptions
from app.wire.session import Account

if TYPE_CHECKING:
    from app.demo.centre import DemoCentre
    from app.demo.site import SiteOptions


async def build(config: Config, clock: Clock | None = None) -> Console:
    """Opens the store; starts nothing yet. Never fails for what lies in the profile folder."""
    clock = clock or SystemClock()
    store = await LocalStore.open(config.profile_dir / "console.db", clock)
    process, engine = OwnProcess(), _engine(config)
    preferences, catalog = Preferences(store, config.layers), Catalog()
    config, folder, centre = _with_centre(config, clock)
    hub = await hub_parts(config, clock, folder)
    streams = Streams(engine, catalog.get, clock, addresses=hub.addresses if hub else None)
    walls = Walls(store)
    tours = Tours(store, walls, preferences, clock, streams.is_live)
    acts = Acts(store, clock)
    tiles = Tiles()
    figures = Figures(Watched(streams, tiles, catalog.get), process, clock, settle=config.settle)
    source = _source(config, hub, centre)
    parts = _replay_parts(config, engine, clock, acts)
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
        snapshots=Snapshots(engine, parts.files, acts, clock),
        replay=Replay(parts, clock, lambda: float(preferences.values.replay_seconds)),
        awake=system_awake(),
        updates=Updates(standing),
        tiles=tiles,
        source=source,
    )
    console.transfer = SettingsTransfer(preferences, walls, tours, clock, config.profile_dir)
    _join(console, hub)
    return take_care(console)


async def hub_parts(config: Config, clock: Clock, folder: Path) -> HubParts | None:
    """Asks nothing of the hub yet. `folder` keeps what this console knows of it."""
    if config.hub is None:
        return None
    from app.adapters.hub_client import HttpHub
    from app.adapters.hub_store import LocalHubStore
    from app.adapters.secrets import SealedSecrets

    client = HttpHub(config.hub, config.hub_ca)
    secrets = await SealedSecrets.open(folder, clock)
    store = await LocalHubStore.beside(secrets, folder, clock)
    new_id = _ids(clock)
    outbox = Outbox(store, clock, new_id)
    rows, link = HubRows(store), HubLink(clock)
    sign_ins = SignIns(SignInParts(client, secrets, outbox, clock, platform.node()))
    accesses, who = CameraAccesses(client, store, clock), partial(_who, sign_ins)
    shares = Shares(rows, outbox, link, who, clock, new_id)
    return HubParts(
        address=config.hub,
        client=client,
        secrets=secrets,
        store=store,
        rows=rows,
        outbox=outbox,
        link=link,
        sync=Sync(SyncParts(client, store, rows, outbox, link, clock)),
        sign_ins=sign_ins,
        accesses=accesses,
        addresses=HubAddresses(accesses, clock),
        cameras=HubCameras(store, rows, lambda: sign_ins.now is not None),
        incidents=Incidents(rows, outbox, who, new_id),
        shares=shares,
        privacy=CameraPrivacy(outbox, who),
        receiving=Receiving(shares, link, who, clock),
        attachments=Attachments(client, rows, new_id),
        auditing=Auditing(client, who),
        ledger=Ledger(client, store, sign_ins, lambda: outbox.client, clock),
    )


def _who(sign_ins: SignIns) -> Account | None:
    return sign_ins.now.account if sign_ins.now is not None else None


def _ids(clock: Clock) -> Callable[[], str]:
    return lambda: uuid7(int(clock.now().timestamp() * 1000), os.urandom(10))


def _join(console: Console, hub: HubParts | None) -> None:
    """What the parts want of each other once all of them are there."""
    preferences = console.preferences
    if not console.config.safe:
        console.boundaries, console.open_tiles = KoreanBoundaries(), open_tiles
    _settings(console.streams, preferences, hub)
    preferences.changed.connect(lambda _: _settings(console.streams, preferences, hub))
    if hub is None:
        return
    hub.sign_ins.changed.connect(lambda _: _settings(console.streams, preferences, hub))
    hub.accesses.receives = lambda: hub.receiving.on
    hub.accesses.share_of = hub.receiving.share_of
    hub.accesses.thin = lambda: hub.receiving.thin
    console.engine.status_changed.connect(
        lambda status: hub.addresses.troubled(status.camera, status.fault)
    )
    statuses = CameraStatuses(hub.client, console.clock, console.streams.truth)
    statuses.receives = lambda: hub.receiving.on
    console.hub = HubSession(hub, statuses)
    console.hub_walls = HubWalls(hub.rows, hub.outbox, console.walls, _ids(console.clock))
    console.dragnets = Dragnets(
        console.catalog, console.walls, console.tours, console.streams, console.clock,
        lambda camera: _state(hub.rows, camera),
    )  # fmt: skip
    console.hub.viewing = _viewing(console, hub)
    console.tracks = Tracks(hub.incidents)
    console.units = Units(hub.rows, console.clock)
    console.selective = Selective(hub.incidents, console.walls)
    console.alarms = _alarms(console)
    console.points = HubPoints(hub.store, hub.rows, lambda: hub.sign_ins.now is not None)
    hub.cameras.changed.connect(lambda _: console.relist())

    def follow() -> None:
        values = preferences.values
        hub.sign_ins.idle = IdleRule(values.lock_minutes * 60.0, values.sign_off_minutes * 60.0)

    follow()
    preferences.changed.connect(lambda _: follow())


def _alarms(console: Console) -> Alarms:
    preferences = console.preferences
    alarms = Alarms(
        SystemSounds(), console.clock, lambda: preferences.values.sounds,
        lambda: preferences.values.sound_volume,
    )  # fmt: skip
    alarms.notices.connect(console.notices.emit)
    return alarms


def _viewing(console: Console, hub: HubParts) -> Viewing:
    """What is watched for an incident is what stands in its dragnet."""

    def incident(camera: str) -> str | None:
        found = console.dragnets.all() if console.dragnets is not None else ()
        return next((one.incident for one in found if camera in one.shown), None)

    def why(camera: CameraId) -> Why:
        if (share := hub.receiving.share_of(camera)) is not None:
            row = next(one for one in hub.shares.all() if one.id == share)
            return Why(row.incident, share)
        return Why(incident(camera) or "", purpose=hub.accesses.purpose)

    hub.accesses.incident_of = incident
    console.acts.recorded.connect(lambda act: _told(hub, act))
    return Viewing(hub.ledger, hub.store, console.clock, console.streams.shown, why)


def _told(hub: HubParts, act: Act) -> None:
    """A still or a clip that was saved goes into the ledger, too."""
    kind = {ActKind.SNAPSHOT: Kind.STILL, ActKind.CLIP: Kind.CLIP}.get(act.kind)
    if kind is None:
        return
    camera, file = act.camera or CameraId(""), str(act.detail.get("file") or "")
    # The name alone: the folder is this machine's business.
    facts = {"file": PurePath(file).name} if file else {}
    incident = hub.accesses.incident_of(camera) or ""
    about = Writing(kind, camera, incident, purpose=hub.accesses.purpose, facts=facts)
    _ = spawn(hub.ledger.write(about), "ledger")


def _state(rows: HubRows, camera: CameraId) -> str:
    """Of a camera, as the consoles that look at it see it."""
    row = rows.get("camera_status", camera)
    return str(row.d.get("state", "")) if row is not None else ""


def _replay_parts(config: Config, engine: Engine, clock: Clock, acts: Acts) -> ReplayParts:
    clips = PrivateClips(config.profile_dir / "clips")
    return ReplayParts(engine, VlcPlayer(clock), clips, FolderFiles(), acts)


def _engine(config: Config) -> Engine:
    authorities = str(config.tls_ca) if config.tls_ca else ""
    return Engine(config.decoders, DecoderOptions("decoder", authorities))


def _painted(
    config: Config, source: CameraSource, figures: Figures, engine: Engine, catalog: Catalog
) -> PaintObserver:
    """In the demo the pictures carry a mark, which tells their true delay."""
    if config.mark_clock is None and not config.demo:
        return figures
    from app.demo.centre import DemoCentre
    from app.demo.clock import DemoClock
    from app.demo.mark_watch import MarkWatch
    from app.demo.source import DemoCameras

    if isinstance(source, DemoCentre):
        return MarkWatch(figures, engine, source.camera, lambda: source.clock)
    if isinstance(source, DemoCameras):
        return MarkWatch(figures, engine, catalog.get, lambda: source.clock)
    clock = DemoClock(config.mark_clock) if config.mark_clock else None
    return MarkWatch(figures, engine, catalog.get, lambda: clock)


def _settings(streams: Streams, preferences: Preferences, hub: HubParts | None) -> None:
    """A receiver keeps nothing of what it sees, not for a minute either."""
    values = preferences.values
    receives = hub is not None and hub.receiving.on
    replay = 0.0 if receives else float(values.replay_seconds)
    streams.settings = StreamSettings(replay, values.cpu_budget / 100)


def _source(config: Config, hub: HubParts | None, centre: DemoCentre | None) -> CameraSource:
    if centre is not None and hub is not None:
        centre.follow(hub.cameras)
        return centre
    if hub is not None:
        return hub.cameras
    if config.cameras is not None:
        return ListFile(config.cameras)
    if config.demo:
        return _demo(config)
    return NoCameras()


def _demo(config: Config) -> CameraSource:
    # Imported here: only the demo needs what encodes its footage.
    from app.demo.source import DemoCameras

    return DemoCameras(_site_options(config))


def _with_centre(config: Config, clock: Clock) -> tuple[Config, Path, DemoCentre | None]:
    """With the demo's hub as if it had been given on the command line; it signs in by itself.

    And the folder for what the console keeps of its hub: that of the demo goes with it.
    """
    if not config.demo_hub:
        return config, config.profile_dir, None
    from app.demo.centre import DemoCentre
    from app.demo.feed import PER_MINUTE
    from app.demo.hub import OPERATOR

    pace = PER_MINUTE if config.demo_pace is None else config.demo_pace
    station = (config.language or Language.KO) if config.demo_station else None
    centre = DemoCentre(_site_options(config), clock.now, pace=pace, station=station)
    signed = replace(config, hub=centre.address, hub_user=OPERATOR, hub_password=centre.password)
    return signed, centre.folder, centre


def _site_options(config: Config) -> SiteOptions:
    from app.demo.mounts import Style
    from app.demo.site import SiteOptions

    style = Style.MAIN_ONLY if config.demo_main_only else Style.FULL
    return SiteOptions(count=config.demo_cameras, style=style, cache=config.cache_dir / "demo")
