"""The last minute of a camera: watch it again, step through it, save it, go back to live."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QHideEvent, QKeyEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.clock import Clock
from app.domain.camera import Camera
from app.services.clip_player import SPEEDS, ClipState
from app.services.replay import Replay, ReplayPhase, ReplayState
from app.tasks import spawn
from ui.replay import words
from ui.replay.controls import Controls
from ui.replay.stage import Stage
from ui.replay.time_line import TimeLine
from ui.theme import Theme
from ui.translations import words as said

# Ten a second: the clock of the banner and the head of the time line move evenly.
_REFRESH_MS: Final = 100
_JUMP: Final = 5.0
_SAVING_WIDTH: Final = 160
_Key = Qt.Key


class ReplayPanel(QWidget):
    """`left`: the replay is over, live again. `folder` and `operator` are asked when saving."""

    left = Signal()

    def __init__(
        self,
        replay: Replay,
        theme: Theme,
        clock: Clock,
        folder: Callable[[], Path],
        operator: Callable[[], str],
    ) -> None:
        super().__init__()
        self.setObjectName("replayPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._replay, self._clock, self._theme = replay, clock, theme
        self._folder, self._operator = folder, operator
        self._phase = ReplayPhase.LIVE
        self.banner, self.camera = QLabel(), QLabel()
        self.stage = Stage()
        self.time_line = TimeLine(theme)
        self.notice = QLabel()
        self.saving = QProgressBar()
        self.controls = Controls(theme)
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self._tick)
        self._lay_out(theme)
        self._connect()
        self.retranslate()

    def open(self, camera: Camera) -> None:
        """Shows the last seconds of a camera in this panel."""
        self.show()
        self.setFocus()
        number = self.stage.picture.window_number()
        self._do(self._replay.open(camera, number, self._operator()), "replay opens")

    def back_to_live(self) -> None:
        self._do(self._replay.back_to_live(), "replay ends")

    def save(self, folder: Path | None = None) -> None:
        target = self._folder() if folder is None else folder
        self._do(self._replay.save(target, self._operator()), "replay is saved")

    def retranslate(self) -> None:
        self.setWindowTitle(self.tr("Replay"))
        self.setAccessibleName(self.windowTitle())
        self._render(self._replay.state)

    def _lay_out(self, theme: Theme) -> None:
        for label, name in ((self.banner, "replayBanner"), (self.camera, "replayCamera")):
            label.setObjectName(name)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.camera.setAlignment(Qt.AlignmentFlag.AlignRight)
        head = QHBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.banner)
        head.addWidget(self.camera, 1)
        self.notice.setTextFormat(Qt.TextFormat.PlainText)
        self.notice.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._resize)
        self._resize()
        self.saving.setRange(0, 1000)
        self.saving.setTextVisible(False)
        self.saving.setFixedWidth(_SAVING_WIDTH)
        foot = QHBoxLayout()
        foot.setContentsMargins(12, 0, 12, 4)
        foot.addWidget(self.notice, 1)
        foot.addWidget(self.saving)
        column = QVBoxLayout(self)
        # The frame goes around the picture as well: it is not a live tile.
        column.setContentsMargins(2, 2, 2, 2)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.stage, 1)
        column.addSpacing(8)
        column.addWidget(self.time_line)
        column.addLayout(foot)
        column.addWidget(self.controls)

    def _resize(self) -> None:
        self.notice.setFixedHeight(self._theme.px(24))

    def _connect(self) -> None:
        self.time_line.sought.connect(self._seek)
        self.controls.toggled.connect(self._toggle)
        self.controls.stepped.connect(self._step)
        self.controls.speed_chosen.connect(self._set_speed)
        self.controls.save_asked.connect(self.save)
        self.controls.save_elsewhere_asked.connect(self._ask_folder)
        self.controls.live_asked.connect(self.back_to_live)
        disconnect = (
            self._replay.changed.connect(self._render),
            self._replay.player.changed.connect(self._render_clip),
        )
        self.destroyed.connect(lambda: [end() for end in disconnect])

    def _render(self, state: ReplayState) -> None:
        before, self._phase = self._phase, state.phase
        if state.phase is ReplayPhase.PLAYING:
            self.stage.show_picture()
            self._timer.start()
        else:
            self._timer.stop()
            self._say(state)
        self.camera.setText(words.camera(state))
        self._say_saving(state)
        self._render_clip(self._replay.player.state)
        if before is not ReplayPhase.LIVE and state.phase is ReplayPhase.LIVE:
            self.left.emit()

    def _say(self, state: ReplayState) -> None:
        problem = "" if state.problem is None else said(state.problem)
        match state.phase:
            case ReplayPhase.WRITING:
                self.stage.say(self.tr("Fetching the last pictures"), "", state.written)
            case ReplayPhase.UNPLAYABLE:
                self.stage.say(self.tr("The clip is there but cannot be played"), problem)
            case ReplayPhase.FAILED:
                self.stage.say(self.tr("There is no clip"), problem)
            case _:
                self.stage.say("")

    def _say_saving(self, state: ReplayState) -> None:
        self.saving.setVisible(state.saving is not None)
        self.saving.setValue(round(1000 * (state.saving or 0.0)))
        wrong = state.problem is not None and state.phase is ReplayPhase.PLAYING
        if state.saving is not None:
            notice = self.tr("Saving the clip")
        elif state.saved is not None:
            notice = self.tr("Saved: {file}").format(file=state.saved)
        elif wrong and state.problem is not None:
            notice = said(state.problem)
        else:
            notice = ""
        self.notice.setText(notice)
        self.notice.setToolTip(notice)
        self.notice.setProperty("role", "fault" if wrong else "secondary")
        self.notice.style().polish(self.notice)

    def _render_clip(self, clip: ClipState) -> None:
        state = self._replay.state
        self.banner.setText(words.banner(state, clip.position, self._clock.now()))
        self.time_line.render_clip(state.began, clip.length, clip.position)
        playable = state.phase is ReplayPhase.PLAYING
        savable = state.began is not None and state.saving is None
        self.time_line.setEnabled(playable)
        self.controls.render_clip(clip, playable=playable, savable=savable)

    def _tick(self) -> None:
        self._render_clip(self._replay.player.state)

    def _toggle(self) -> None:
        player = self._replay.player
        self._do(player.pause() if player.state.playing else player.play(), "replay plays")

    def _seek(self, seconds: float) -> None:
        self._do(self._replay.player.seek(seconds), "replay seeks")

    def _jump(self, seconds: float) -> None:
        self._seek(max(0.0, self._replay.player.state.position + seconds))

    def _step(self, frames: int) -> None:
        self._do(self._replay.player.step(frames), "replay steps")

    def _set_speed(self, speed: float) -> None:
        self._do(self._replay.player.set_speed(speed), "replay changes speed")

    def _shift_speed(self, by: int) -> None:
        place = SPEEDS.index(self._replay.player.state.speed) + by
        if 0 <= place < len(SPEEDS):
            self._set_speed(SPEEDS[place])

    def _ask_folder(self) -> None:
        dialog = QFileDialog(self, self.tr("Save in another folder"), str(self._folder()))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda folder: self.save(Path(folder)))
        dialog.open()

    def _do(self, work: Coroutine[Any, Any, None], name: str) -> None:
        try:
            _task = spawn(work, name)
        except RuntimeError:
            work.close()  # the loop has ended, and the replay with it

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = _Key(event.key())
        if key is _Key.Key_Escape:
            self.back_to_live()
        elif key is _Key.Key_S:
            self.save()
        elif self._phase is ReplayPhase.PLAYING and (act := self._keys().get(key)) is not None:
            act()
        else:
            super().keyPressEvent(event)

    def _keys(self) -> dict[Qt.Key, Callable[[], None]]:
        return {
            _Key.Key_Space: self._toggle,
            _Key.Key_Left: lambda: self._jump(-_JUMP),
            _Key.Key_Right: lambda: self._jump(_JUMP),
            _Key.Key_Home: lambda: self._seek(0.0),
            _Key.Key_Comma: lambda: self._step(-1),
            _Key.Key_Period: lambda: self._step(1),
            _Key.Key_Up: lambda: self._shift_speed(1),
            _Key.Key_Down: lambda: self._shift_speed(-1),
        }

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        # Another page of the window: what is not seen shall not run on.
        if self._phase is ReplayPhase.PLAYING:
            self._do(self._replay.player.pause(), "replay pauses")
        super().hideEvent(event)

    @override
    def closeEvent(self, event: QCloseEvent) -> None:
        if self._phase is not ReplayPhase.LIVE:
            self.back_to_live()
        super().closeEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
            self.controls.retranslate()
        super().changeEvent(event)
