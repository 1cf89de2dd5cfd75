"""The hub as a whole program: store, services, web, socket; started and stopped in stages."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Final

from app.domain.errors import Failure
from app.hub import tls
from app.hub.config import Config, is_loopback
from app.hub.hub import Hub, HubSettings
from app.hub.relay import mediamtx
from app.hub.relay.gst_engine import GstRelay, Listening
from app.hub.relay.mediamtx import MediaMtxRelay
from app.hub.services import first_run, polling
from app.hub.services.hashing import Hashing
from app.hub.services.polling import PollSource
from app.hub.services.relay_port import Relay
from app.hub.store.columns import moment, now_us
from app.hub.store.transaction import Clock
from app.hub.store.trimming import Keep
from app.hub.tasks import cancel, spawn
from app.hub.tls import Material
from app.hub.web import api
from app.hub.web.platform_door import PlatformDoor
from app.hub.web.server import WebServer, listen
from app.hub.web.services import Services

_log = logging.getLogger(__name__)

KEY_FILE: Final = "hub.key"
TLS_FOLDER: Final = "tls"
# Longer than a stream takes to see that it must end, and than uvicorn waits for the rest.
_STAGE_SECONDS: Final = 10.0
_SWEEP_SECONDS: Final = 60.0


def settings_of(config: Config) -> HubSettings:
    return HubSettings(
        database=config.database_url,
        key_file=config.data / KEY_FILE,
        data=config.data,
        keep=Keep(
            log=timedelta(days=config.log_days),
            ledger=timedelta(days=365 * config.ledger_years),
        ),
        first_site=config.centre,
        polls=tuple(_polls(config)),
    )


def _polls(config: Config) -> Iterator[PollSource]:
    every = float(config.poll_seconds)
    if config.disaster_key:
        yield polling.disaster_messages(
            config.disaster_url, config.disaster_key, config.disaster_regions, every
        )
    if config.its_key and config.its_area is not None:
        yield polling.road_incidents(config.its_url, config.its_key, config.its_area, every)


async def open_services(
    config: Config, clock: Clock = now_us, hashing: Hashing | None = None
) -> Services:
    """The hub without its transports; `close_services` it. Raises `Failure`s for who starts it."""
    config.data.mkdir(parents=True, exist_ok=True, mode=0o700)
    hub = await Hub.open(settings_of(config), clock)
    life = timedelta(hours=config.session_hours)
    return Services.on(hub, hashing or Hashing(), life, float(config.offline_hours))


async def close_services(services: Services) -> None:
    await services.accounts.close()
    await services.hub.close()


def material_of(config: Config, clock: Clock = now_us) -> Material | None:
    """None for plain HTTP. Blocks."""
    if not config.tls:
        return None
    if config.tls_certificate is not None and config.tls_key is not None:
        return Material(config.tls_certificate, config.tls_key)
    names = tls.names_of(config.host, config.names)
    return tls.prepare(config.data / TLS_FOLDER, names, moment(clock()))


def relay_of(config: Config, material: Material | None, port: int) -> Relay | None:
    """RTSPS off loopback, with the hub's own certificate. `port`: of the hub."""
    if config.relay == "none":
        return None
    inside = is_loopback(config.relay_host)
    listening = Listening(
        config.relay_host, config.relay_port, config.relay_name or config.relay_host,
        None if inside or material is None else material.certificate,
        None if inside or material is None else material.key, config.relay_viewers,
    )  # fmt: skip
    if config.relay == "gst" or config.mediamtx is None:
        return GstRelay(listening)
    scheme = "http" if material is None else "https"
    own = None if material is None else mediamtx.fingerprint(material.certificate)
    asked = mediamtx.Program(
        config.mediamtx, config.data, f"{scheme}://127.0.0.1:{port}/v1/relay/auth",
        # Next to the port of the relay itself: both are the administrator's to keep free.
        config.relay_port + 1, own,
    )  # fmt: skip
    return MediaMtxRelay(listening, asked)


class Program:
    """Made by `open`, which also serves; `stop` it. `first_password`: of a first run."""

    def __init__(
        self, config: Config, services: Services, web: WebServer, material: Material | None
    ) -> None:
        self.config = config
        self.services = services
        self.web = web
        services.hub.relay = relay_of(config, material, web.port)
        services.hub.relaying.most = config.relay_viewers
        self.first_password: Path | None = None
        self.door: PlatformDoor | None = None
        self._sweeping: asyncio.Task[None] | None = None

    @classmethod
    async def open(
        cls, config: Config, clock: Clock = now_us, hashing: Hashing | None = None
    ) -> Program:
        """Raises `Failure`s, with everything closed again."""
        listening = listen(config.host, config.port)
        try:
            services = await open_services(config, clock, hashing)
        except BaseException:
            listening.close()
            raise
        try:
            material = material_of(config, clock)
            web = WebServer(api.create(services), listening, material)
        except BaseException:
            listening.close()
            await close_services(services)
            raise
        program = cls(config, services, web, material)
        try:
            await program._start()
        except BaseException:
            await program.stop()
            raise
        return program

    @property
    def address(self) -> str:
        scheme = "https" if self.config.tls else "http"
        host = f"[{self.config.host}]" if ":" in self.config.host else self.config.host
        return f"{scheme}://{host}:{self.web.port}"

    async def _start(self) -> None:
        services, config = self.services, self.config
        self.first_password = await first_run.set_up(
            services.accounts, services.hub.sites.top, config.data
        )
        if config.socket_port is not None:
            self.door = PlatformDoor(services.hub.intake, services.feeds, services.now)
            await self.door.start(config.socket_host, config.socket_port)
        await services.hub.start()
        await self.web.start()
        self._sweeping = spawn(self._sweep(), "sweeping")

    async def stop(self) -> None:
        """First who brings in, then who listens, then what works, the store last."""
        self.services.sessions.stop()
        stages: list[tuple[str, Awaitable[object]]] = [
            ("sweeping", cancel(self._sweeping)),
            ("the web server", self.web.stop()),
        ]
        if self.door is not None:
            stages.insert(0, ("the platform socket", self.door.stop()))
        for name, stage in stages:
            try:
                async with asyncio.timeout(_STAGE_SECONDS):
                    await stage
            except TimeoutError:
                _log.error("%s would not stop within %.0f s", name, _STAGE_SECONDS)
        await close_services(self.services)

    async def _sweep(self) -> None:
        """Consoles whose session has expired are no longer there."""
        while True:
            await asyncio.sleep(_SWEEP_SECONDS)
            try:
                await self.services.sessions.sweep()
            except Failure as failure:
                _log.warning("sweeping waits: %s", failure)
