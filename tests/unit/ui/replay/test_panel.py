from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.adapters.clip_folder import PrivateClips
from app.adapters.media_files import FolderFiles
from app.domain.camera import Camera, CameraId
from app.domain.errors import Unavailable
from app.domain.text import Text
from app.services.acts import Acts
from app.services.replay import Replay, ReplayParts, ReplayPhase
from tests.fakes.clip_player import FPS, MISSING, FakePlayer
from tests.fakes.clock import HandClock
from tests.fakes.engine import FakeEngine
from tests.fakes.store import MemoryStore
from tests.fakes.waiting import until
from ui.replay.panel import ReplayPanel
from ui.theme import Theme

CAMERA = Camera(CameraId("c1"), 1417, "죽전네거리 동", "달서구", "생활방범")


@dataclass
class Desk:
    """A panel over the real replay; engine and player are the test's."""

    panel: ReplayPanel
    replay: Replay
    engine: FakeEngine
    player: FakePlayer
    clock: HandClock
    folder: Path
    left: list[bool] = field(default_factory=list)

    async def open(self, phase: ReplayPhase = ReplayPhase.PLAYING) -> None:
        self.panel.open(CAMERA)
        await until(lambda: self.replay.state.phase is phase)


@pytest.fixture
async def desk(qtbot: QtBot, theme: Theme, tmp_path: Path) -> AsyncIterator[Desk]:
    clock = HandClock(1000.0, 1795324052.0 - 1000.0)
    engine, player, folder = FakeEngine(), FakePlayer(clock, 20.0), tmp_path / "saved"
    folder.mkdir()
    engine.clip_seconds = 20.0
    acts = Acts(MemoryStore(), clock)
    parts = ReplayParts(engine, player, PrivateClips(tmp_path / "run"), FolderFiles(), acts)
    replay = Replay(parts, clock, lambda: 60.0)
    panel = ReplayPanel(replay, theme, clock, lambda: folder, lambda: "관제 2")
    panel.resize(960, 640)
    qtbot.addWidget(panel)
    made = Desk(panel, replay, engine, player, clock, folder)
    panel.left.connect(lambda: made.left.append(True))
    yield made
    await replay.stop()
    await acts.stop()
    panel.hide()


async def test_nobody_takes_it_for_live(desk: Desk, theme: Theme) -> None:
    await desk.open()
    desk.clock.at += 3.0
    desk.panel._tick()
    assert desk.panel.banner.text().startswith("Replay · ")
    assert desk.panel.banner.text().endswith("(−20 s)")
    assert desk.panel.camera.text() == "1417  죽전네거리 동"
    picture = desk.panel.grab().toImage()
    amber = theme.color("normal")
    for x, y in ((0, 300), (959, 300), (400, 639), (400, 4)):
        assert picture.pixelColor(x, y) == amber


async def test_while_the_clip_is_written_its_progress_is_shown(desk: Desk) -> None:
    shown: list[int] = []
    desk.replay.changed.connect(
        lambda state: (
            shown.append(desk.panel.stage.progress.value())
            if state.phase is ReplayPhase.WRITING
            else None
        )
    )
    await desk.open()
    assert 500 in shown
    assert desk.panel.stage.currentWidget() is desk.panel.stage.picture


async def test_the_keys(desk: Desk) -> None:
    await desk.open()
    player = desk.player
    QTest.keyClick(desk.panel, Qt.Key.Key_Space)
    await until(lambda: not player.state.playing)
    QTest.keyClick(desk.panel, Qt.Key.Key_Right)
    await until(lambda: player.state.position == pytest.approx(5.0))
    QTest.keyClick(desk.panel, Qt.Key.Key_Period)
    await until(lambda: player.state.position == pytest.approx(5.0 + 1 / FPS))
    QTest.keyClick(desk.panel, Qt.Key.Key_Comma)
    await until(lambda: player.state.position == pytest.approx(5.0))
    QTest.keyClick(desk.panel, Qt.Key.Key_Left)
    await until(lambda: player.state.position == 0.0)
    QTest.keyClick(desk.panel, Qt.Key.Key_Up)
    await until(lambda: player.state.speed == 2.0)
    QTest.keyClick(desk.panel, Qt.Key.Key_Down)
    await until(lambda: player.state.speed == 1.0)
    QTest.keyClick(desk.panel, Qt.Key.Key_Right)
    QTest.keyClick(desk.panel, Qt.Key.Key_Home)
    await until(lambda: player.state.position == 0.0)
    QTest.keyClick(desk.panel, Qt.Key.Key_Space)
    await until(lambda: player.state.playing)


async def test_escape_goes_back_to_live(desk: Desk) -> None:
    await desk.open()
    QTest.keyClick(desk.panel, Qt.Key.Key_Escape)
    await until(lambda: bool(desk.left))
    assert desk.replay.state.phase is ReplayPhase.LIVE
    assert desk.left == [True]


async def test_closing_the_window_goes_back_to_live(desk: Desk) -> None:
    await desk.open()
    desk.panel.close()
    await until(lambda: desk.left == [True])


async def test_behind_another_page_it_waits(desk: Desk) -> None:
    await desk.open()
    desk.panel.hide()
    await until(lambda: not desk.player.state.playing)
    assert desk.replay.state.phase is ReplayPhase.PLAYING


async def test_pointing_at_the_time_line_seeks(desk: Desk) -> None:
    await desk.open()
    desk.panel.time_line.sought.emit(12.0)
    await until(lambda: desk.player.state.position == pytest.approx(12.0))


async def test_buttons_do_what_keys_do(desk: Desk) -> None:
    await desk.open()
    desk.panel.controls.toggled.emit()
    await until(lambda: not desk.player.state.playing)
    desk.panel.controls.stepped.emit(1)
    await until(lambda: desk.player.state.position == pytest.approx(1 / FPS))
    desk.panel.controls.speed_chosen.emit(4.0)
    await until(lambda: desk.player.state.speed == 4.0)


async def test_saving_says_where(desk: Desk) -> None:
    await desk.open()
    QTest.keyClick(desk.panel, Qt.Key.Key_S)
    await until(lambda: desk.replay.state.saved is not None)
    assert desk.panel.notice.text() == f"Saved: {desk.replay.state.saved}"
    assert desk.panel.saving.isHidden()
    assert [file.suffix for file in desk.folder.iterdir()] == [".mp4"]


async def test_saving_in_another_folder_asks_for_it(desk: Desk, tmp_path: Path) -> None:
    elsewhere = tmp_path / "else"
    elsewhere.mkdir()
    await desk.open()
    desk.panel.controls.save_elsewhere_asked.emit()
    dialog = desk.panel.findChild(QFileDialog)
    assert isinstance(dialog, QFileDialog)
    dialog.fileSelected.emit(str(elsewhere))
    dialog.close()
    await until(lambda: desk.replay.state.saved is not None)
    assert list(elsewhere.iterdir()) == [desk.replay.state.saved]


async def test_what_cannot_be_saved_is_said_and_playing_goes_on(desk: Desk) -> None:
    desk.folder.rmdir()
    await desk.open()
    desk.panel.save()
    await until(lambda: desk.replay.state.problem is not None)
    assert "no folder" in desk.panel.notice.text()
    assert desk.panel.notice.property("role") == "fault"
    assert desk.panel.stage.currentWidget() is desk.panel.stage.picture


async def test_without_a_player_it_says_what_is_missing_and_still_saves(desk: Desk) -> None:
    desk.player.lacks = MISSING
    await desk.open(ReplayPhase.UNPLAYABLE)
    stage = desk.panel.stage
    assert stage.headline.text() == "The clip is there but cannot be played"
    assert stage.hint.text() == MISSING.en
    assert not desk.panel.controls.play.isEnabled()
    assert desk.panel.controls.save.isEnabled()
    desk.panel.save()
    await until(lambda: desk.replay.state.saved is not None)
    assert desk.panel.notice.text().startswith("Saved: ")


async def test_without_a_clip_it_says_why(desk: Desk) -> None:
    desk.engine.refuses = Unavailable(Text("다시 볼 영상이 없습니다.", "Nothing is kept yet."))
    await desk.open(ReplayPhase.FAILED)
    assert desk.panel.stage.headline.text() == "There is no clip"
    assert desk.panel.stage.hint.text() == "Nothing is kept yet."
    assert not desk.panel.controls.save.isEnabled()


async def test_a_key_that_is_not_ours_is_left_to_others(desk: Desk) -> None:
    await desk.open()
    QTest.keyClick(desk.panel, Qt.Key.Key_Q)
    assert desk.player.state.playing


async def test_another_language_is_asked_for_at_once(desk: Desk) -> None:
    desk.panel.setWindowTitle("")
    desk.panel.controls.save.setText("")
    QApplication.sendEvent(desk.panel, QEvent(QEvent.Type.LanguageChange))
    assert desk.panel.windowTitle() == "Replay"
    assert desk.panel.controls.save.text() == "Save clip"
