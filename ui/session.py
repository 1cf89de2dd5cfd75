"""One run of the console: what starts after what, and how it ends."""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from collections.abc import Awaitable, Callable

from app.composition import build
from app.config import Config
from app.console import Console
from app.domain.bad_ends import Exit
from app.domain.errors import Failure
from app.domain.layout import layout_named
from app.domain.preferences import Field
from app.domain.text import Text
from app.services.camera_source import Listed
from app.services.hub_session import HubSession
from app.services.markers import Markers
from app.services.opening_wall import open_wall
from app.services.report import write_report
from app.tasks import Reader, SerialQueue, cancel, spawn
from ui.garbage import set_aside
from ui.screenshot import save_screenshot
from ui.shell.desk import Desk
from ui.shell.notices import Notices
from ui.shell.screens import Screens
from ui.theme import Theme, has_hangul
from ui.translations import Translations
from ui.wall.services import WallServices

_log = logging.getLogger(__name__)

# The console's own stages have limits of their own; this one is for a bug in them.
STOP_SECONDS = 45.0
# English: the words that would explain it in Korean could not be read.
_NO_HANGUL = (
    "No installed font can show Korean. Install one: “fonts-noto-cjk” (Debian, Ubuntu), "
    "“google-noto-sans-cjk-fonts” (Fedora), or “Malgun Gothic” (Windows)."
)
NO_HANGUL = Text(_NO_HANGUL, _NO_HANGUL)


def _line() -> str:
    line = sys.stdin.readline()
    if not line:
        raise EOFError
    return line


class Session:
    """`stop` may be called from any handler on the loop's thread, also before `run`."""

    def __init__(self, config: Config, started: float) -> None:
        self._config = config
        self._started = started
        self._ending = asyncio.Event()
        self._translations = Translations()
        self._theme = Theme()
        self._loading: asyncio.Task[None] | None = None
        self._reporting: asyncio.Task[None] | None = None
        self._status = Exit.DONE
        self._filled = False
        self.notices = Notices()

    def stop(self) -> None:
        self._ending.set()

    async def run(self) -> int:
        """Until the operator quits, a signal comes or the time is over; the exit status."""
        console = await build(self._config)
        console.notices.connect(self.notices.failed)
        screens: Screens | None = None
        if self._config.until_input_ends:
            # Whoever started it is gone, however that happened.
            self._reader = Reader("input", _line, lambda _: None, self.stop)
        try:
            await console.start()
            screens = self._open(console)
            self._loading = spawn(self._load(console, screens), "load cameras")
            self._reporting = spawn(self._report_again(console), "report")
            await self._last(console, screens)
        finally:
            await self._close(console, screens)
        return self._status

    # start

    def _open(self, console: Console) -> Screens:
        self._follow_preferences(console)
        walls = WallServices(
            console.walls,
            console.streams,
            console.catalog,
            console.tours,
            console.painted,
            self._theme,
            console.clock,
            markers=Markers(console.catalog.get, console.streams.shown),
        )
        screens = Screens(Desk(console, self._theme, self.notices, walls), self.stop)
        screens.open()
        if not has_hangul():
            self.notices.failed(NO_HANGUL)
        _log.info("usable after %.2f s", time.monotonic() - self._started)
        return screens

    def _follow_preferences(self, console: Console) -> None:
        preferences = console.preferences

        def follow(field: Field) -> None:
            values = preferences.values
            if field == "language":
                self._translations.install(values.language)
            elif field in ("theme", "large_text"):
                self._theme.set(values.theme, large=values.large_text)

        follow("language")
        values = preferences.values
        self._theme.set(values.theme, large=values.large_text)
        self._theme.apply()
        preferences.changed.connect(follow)

    async def _load(self, console: Console, screens: Screens) -> None:
        def opened(listed: Listed) -> None:
            # In the safe form nothing opens by itself.
            if self._filled or (console.care is not None and console.care.safe):
                return
            self._filled = bool(listed.cameras.cameras)
            name = self._config.layout
            layout = layout_named(name) if name is not None else None
            open_wall(console.walls, layout, [camera.id for camera in listed.cameras.cameras])

        def brought_back(_: None) -> None:
            if console.listed is not None:
                opened(console.listed)

        if console.care is not None:
            console.care.ended.connect(brought_back)
        console.loaded.connect(opened)
        console.loaded.connect(lambda listed: set_aside(len(listed.cameras.cameras)))
        console.loading.connect(screens.main.loading.show_progress)
        try:
            await console.load_cameras()
            config = console.config
            if console.hub is not None and config.hub_user is not None:
                await self._sign_in(console.hub, config.hub_user, config.hub_password)
        finally:
            screens.main.loading.done()

    async def _sign_in(self, hub: HubSession, username: str, password: str) -> None:
        """Without a person, as the command line asked; who is refused can still do it by hand."""
        try:
            await hub.sign_in(username, password)
        except Failure as failure:
            self.notices.failed(failure.text)

    # end

    async def _last(self, console: Console, screens: Screens) -> None:
        """The time of a run that ends by itself begins when the cameras are known."""
        if self._config.run_for is None:
            await self._ending.wait()
            return
        if self._loading is not None:
            ending = spawn(self._ending.wait(), "wait for the end")
            await asyncio.wait({self._loading, ending}, return_when=asyncio.FIRST_COMPLETED)
            await cancel(ending)
        try:
            await asyncio.wait_for(self._ending.wait(), self._config.run_for)
        except TimeoutError:
            _log.info("ran for %.0f s", self._config.run_for)
        self._leave_behind(console, screens)

    async def _report_again(self, console: Console) -> None:
        """For those who watch a run from outside: the figures so far, every few seconds."""
        every, target = self._config.report_every, self._config.report
        if not every or target is None:
            return
        # A file system may take its time to say that the figures are on the disk.
        queue = SerialQueue("report")
        try:
            while True:
                await asyncio.sleep(every)
                await queue.run(write_report, console.figures.report(), target)
        finally:
            await queue.close()

    def _leave_behind(self, console: Console, screens: Screens) -> None:
        """The screenshot and the report that were asked for."""
        try:
            if self._config.screenshot is not None:
                save_screenshot(screens.main, self._config.screenshot)
            if self._config.report is not None:
                write_report(console.figures.report(), self._config.report)
        except OSError:
            _log.exception("the report or the screenshot could not be written")
            self._status = Exit.PARTLY

    async def _close(self, console: Console, screens: Screens | None) -> None:
        await self._stage("loading", lambda: cancel(self._loading, self._reporting))
        if screens is not None:
            screens.close()
        await self._stage("console", console.stop)
        self._translations.remove()

    async def _stage(self, name: str, stage: Callable[[], Awaitable[object]]) -> None:
        try:
            async with asyncio.timeout(STOP_SECONDS):
                await stage()
        except TimeoutError:
            _log.error("%s would not stop within %.0f s", name, STOP_SECONDS)
            self._status = Exit.PARTLY
