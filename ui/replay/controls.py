"""The buttons under a replay."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from app.services.clip_player import SPEEDS, ClipState
from ui import icons
from ui.replay import words
from ui.theme import Theme

_ICON = 18


class Controls(QWidget):
    """Tells what was pressed; knows nothing of clips."""

    toggled = Signal()
    stepped = Signal(int)
    speed_chosen = Signal(float)
    save_asked = Signal()
    save_elsewhere_asked = Signal()
    live_asked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._playing = False
        self.back = _button()
        self.play = _button()
        self.on = _button()
        self.speeds = QButtonGroup(self)
        self.save = _button()
        self.elsewhere = QAction(self)
        self.live = QPushButton()
        self.live.setProperty("primary", True)  # noqa: FBT003 - Qt's signature
        self.live.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._lay_out()
        self._connect()
        theme.changed.connect(self._restyle)
        self._restyle()
        self.retranslate()

    def render_clip(self, clip: ClipState, *, playable: bool, savable: bool) -> None:
        if clip.playing != self._playing:
            self._playing = clip.playing
            self._restyle()
            self._name_play()
        for button in (self.back, self.play, self.on, *self.speeds.buttons()):
            button.setEnabled(playable)
        self.save.setEnabled(savable)
        self.speeds.button(SPEEDS.index(clip.speed)).setChecked(True)

    def retranslate(self) -> None:
        self._name_play()
        _name(self.back, self.tr("One picture back"), ",")
        _name(self.on, self.tr("One picture on"), ".")
        self.save.setText(self.tr("Save clip"))
        _name(self.save, self.tr("Save this clip as MP4, as it came from the camera"), "S")
        self.elsewhere.setText(self.tr("Save in another folder"))
        live, key = self.tr("Back to live"), self.tr("Esc")
        self.live.setText(f"{live}    {key}")
        for button, speed in zip(self.speeds.buttons(), SPEEDS, strict=True):
            button.setToolTip(self.tr("Speed {speed}").format(speed=words.speed(speed)))

    def _name_play(self) -> None:
        _name(self.play, self.tr("Pause") if self._playing else self.tr("Play"), self.tr("Space"))

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 0, 12, 12)
        row.setSpacing(4)
        for button in (self.back, self.play, self.on):
            row.addWidget(button)
        row.addSpacing(12)
        for number, speed in enumerate(SPEEDS):
            button = _button()
            button.setText(words.speed(speed))
            button.setCheckable(True)
            self.speeds.addButton(button, number)
            row.addWidget(button)
        row.addStretch(1)
        menu = QMenu(self.save)
        menu.addAction(self.elsewhere)
        self.save.setMenu(menu)
        self.save.setPopupMode(QToolButton.ToolButtonPopupMode.MenuButtonPopup)
        self.save.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        row.addWidget(self.save)
        row.addSpacing(8)
        row.addWidget(self.live)

    def _connect(self) -> None:
        self.play.clicked.connect(self.toggled)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.speeds.idClicked.connect(lambda number: self.speed_chosen.emit(SPEEDS[number]))
        self.save.clicked.connect(self.save_asked)
        self.elsewhere.triggered.connect(self.save_elsewhere_asked)
        self.live.clicked.connect(self.live_asked)

    def _restyle(self) -> None:
        size = QSize(self._theme.px(_ICON), self._theme.px(_ICON))
        playing = "pause" if self._playing else "play"
        for button, name in (
            (self.back, "step_back"),
            (self.play, playing),
            (self.on, "step"),
            (self.save, "save"),
        ):
            button.setIcon(icons.icon(self._theme, name))
            button.setIconSize(size)


def _button() -> QToolButton:
    button = QToolButton()
    # Reached by Tab; a click leaves the keys to the panel.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _name(button: QToolButton, name: str, key: str) -> None:
    button.setAccessibleName(name)
    button.setToolTip(f"{name}  ({key})")
