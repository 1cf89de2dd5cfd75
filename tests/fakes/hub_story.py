"""A desk with a hub on the screen, on Qt's own loop as in production."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.domain.geo.earth import Place, destination
from app.services.catalog import CameraSet
from app.services.hub_port import HubClient
from app.services.hub_session import HubSession
from tests.fakes.clock import HandClock
from tests.fakes.engine import playing
from tests.fakes.hub import PASSWORD
from tests.fakes.hub_desk_site import hub_session
from tests.fakes.hub_model import NOW
from tests.fakes.shell_site import ShellSite
from tests.fakes.waiting import until
from ui.loop import ConsoleLoop
from ui.shell.hub_desk import HubDesk
from ui.shell.screens import Screens

PICTURE = (70, 90, 120)

SCENE = Place(35.8189, 128.5376)

MakeHub = Callable[[], AbstractAsyncContextManager[HubClient]]


@dataclass
class Desk:
    site: ShellSite
    session: HubSession
    screens: Screens

    @property
    def hub(self) -> HubDesk:
        assert self.screens.hub is not None
        return self.screens.hub

    @property
    def clock(self) -> HandClock:
        return self.site.clock

    async def sign_in(self, password: str = PASSWORD) -> None:
        """As a person does it, at the dialog."""
        form = self.hub.dialog.form
        await until(self.hub.dialog.isVisible)
        form.username.setText("anna")
        form.password.setText(password)
        form.enter.click()
        await until(lambda: not form.password.text())


def tell(make_hub: MakeHub, folder: Path, story: Callable[[Desk], Awaitable[None]]) -> None:
    """Builds everything, plays the story, takes everything down again."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    # As in production: a window that closes must not stop the loop before what is behind it.
    application.setQuitOnLastWindowClosed(False)
    with asyncio.Runner(loop_factory=lambda: ConsoleLoop(application)) as runner:
        runner.run(_told(make_hub, folder, story))


async def _told(make_hub: MakeHub, folder: Path, story: Callable[[Desk], Awaitable[None]]) -> None:
    clock = HandClock(5000.0, NOW.timestamp() - 5000.0)
    async with make_hub() as hub:
        session = await hub_session(hub, folder, clock)
        site = ShellSite(folder, hub=session, clock=clock)
        site.with_hub_walls(session)
        console = site.console
        console.notices.connect(site.notices.failed)
        console.source = session.parts.cameras
        for camera in site.ids:
            site.feed(camera, PICTURE)
            site.engine.statuses[camera] = playing(camera)
        await console.start()
        screens = Screens(site.desk, lambda: None)
        screens.open()
        try:
            await story(Desk(site, session, screens))
        finally:
            screens.close()
            await console.stop()


@asynccontextmanager
async def there(hub: HubClient) -> AsyncIterator[HubClient]:
    """A hub that needs no making."""
    yield hub


def put_around(desk: Desk) -> None:
    """The cameras of the desk look at the scene, one from further away than the other."""
    catalog = desk.site.console.catalog
    placed = []
    for number, one in enumerate(catalog.cameras):
        bearing = number * 40.0
        where = destination(SCENE, bearing, 15.0 + 10 * number)
        placed.append(
            replace(one, latitude=where.latitude, longitude=where.longitude, azimuth=bearing + 180)
        )
    catalog.load(CameraSet.of(placed))
