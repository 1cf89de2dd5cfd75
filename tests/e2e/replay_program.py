"""Plays a replay in a real window and prints which frame of the clip is on the screen when."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QApplication

from app.adapters.clip_folder import PrivateClips
from app.adapters.media_files import FolderFiles
from app.adapters.vlc_player import VlcPlayer
from app.clock import SystemClock
from app.domain.camera import Camera, CameraId
from app.services.acts import Acts
from app.services.clip_player import ClipPlayer
from app.services.replay import Replay, ReplayParts, ReplayPhase
from tests.fakes.clip import make_clip
from tests.fakes.engine import FakeEngine
from tests.fakes.store import MemoryStore
from ui.replay.panel import ReplayPanel
from ui.theme import Theme

# The bar of the clip is this much of the picture wide per frame.
FRAMES = 60


class Screen:
    def __init__(self, application: QApplication, panel: ReplayPanel) -> None:
        self._application, self._panel = application, panel

    def frame(self) -> int:
        """The frame that the X server shows, from the width of the white bar; -1 for none."""
        picture = self._panel.stage.picture
        corner = picture.mapToGlobal(picture.rect().topLeft())
        screen = self._application.primaryScreen()
        width, height = picture.width(), picture.height()
        shot = screen.grabWindow(0, corner.x(), corner.y(), width, height).toImage()
        middle = shot.height() // 2
        white = sum(shot.pixelColor(x, middle).lightness() > 128 for x in range(shot.width()))
        return round(white / shot.width() * FRAMES) - 1

    async def until(self, condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(20):
            while not condition():
                self._application.processEvents()
                await asyncio.sleep(0.01)

    async def settled(self, wanted: int) -> int:
        """Waits until the wanted frame is there and stays; else says what is there instead."""
        try:
            async with asyncio.timeout(5):
                await self.until(lambda: self.frame() == wanted)
        except TimeoutError:
            pass
        for _ in range(30):
            self._application.processEvents()
            await asyncio.sleep(0.01)
        return self.frame()


async def watch(screen: Screen, player: ClipPlayer) -> dict[str, int]:
    """The frames on the screen after each thing that an operator does."""
    seen = {}
    await player.pause()
    await player.seek(2.0)
    seen["sought"] = await screen.settled(30)
    await player.step(1)
    seen["one on"] = await screen.settled(31)
    await player.step(-2)
    seen["two back"] = await screen.settled(29)
    await player.set_speed(8.0)
    await player.play()
    await screen.until(lambda: player.state.ended)
    seen["at the end"] = await screen.settled(FRAMES - 1)
    await player.seek(1.0)
    seen["after the end"] = await screen.settled(15)
    return seen


async def main(folder: Path) -> None:
    application = QApplication([])
    clip = make_clip(folder / "source.mp4", FRAMES / 15).read_bytes()
    clock, engine = SystemClock(), FakeEngine(clip)
    acts = Acts(MemoryStore(), clock)
    parts = ReplayParts(engine, VlcPlayer(clock), PrivateClips(folder / "run"), FolderFiles(), acts)
    replay = Replay(parts, clock, lambda: 60.0)
    theme = Theme()
    theme.apply()
    panel = ReplayPanel(replay, theme, clock, lambda: folder, lambda: "관제 2")
    # The stage has then the shape of the clip, without bars beside it.
    panel.resize(644, 360 + panel.sizeHint().height() - panel.stage.sizeHint().height() + 4)
    screen = Screen(application, panel)
    panel.open(Camera(CameraId("c"), 1417, "죽전네거리 동", "달서구", "생활방범"))
    await screen.until(lambda: replay.state.phase is ReplayPhase.PLAYING)
    await screen.until(lambda: screen.frame() > 5)
    seen = await watch(screen, replay.player)
    await replay.stop()
    await acts.stop()
    panel.hide()
    print(json.dumps(seen))  # noqa: T201 - the test reads it


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
