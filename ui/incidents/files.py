"""The files of an incident, each a button; and the one that is looked at."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.services.attachments import Attached, of_incident
from app.services.incident_overlay import IncidentItem
from ui import icons
from ui.theme import Theme
from ui.widgets.forms import recent_form

_LONGEST: Final = 28
_PICTURE: Final = QSize(960, 720)


class FileStrip(QWidget):
    """`opened` (Attached); `add_wanted`: a file is to be chosen."""

    opened = Signal(object)
    add_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shown: list[Attached] = []
        self.buttons: list[QToolButton] = []
        self.add = QPushButton()
        self.add.clicked.connect(lambda _: self.add_wanted.emit())
        self._files = QVBoxLayout()
        self._files.setSpacing(2)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addLayout(self._files)
        box.addWidget(self.add, 0, Qt.AlignmentFlag.AlignLeft)
        self.retranslate()

    def render_item(self, item: IncidentItem | None, *, may_add: bool) -> None:
        found = of_incident(item.row) if item is not None else []
        # One that waits for the hub has no place for files there yet.
        self.add.setVisible(may_add and item is not None and item.ver > 0)
        if found != self._shown:
            self._shown = found
            self._fill(found)

    def _fill(self, found: list[Attached]) -> None:
        for button in self.buttons:
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(one) for one in found]
        for button in self.buttons:
            self._files.addWidget(button)

    def _button(self, one: Attached) -> QToolButton:
        button = QToolButton()
        button.setProperty("flat", True)  # noqa: FBT003 - Qt's own signature
        button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        button.setIcon(icons.icon(self._theme, "snapshot" if one.picture else "open"))
        name = one.name if len(one.name) <= _LONGEST else f"{one.name[: _LONGEST - 1]}…"
        button.setText(name)
        button.setToolTip(f"{one.name}\n{recent_form(one.at)}  {one.by}")
        button.clicked.connect(lambda _=False, o=one: self.opened.emit(o))
        return button

    def retranslate(self) -> None:
        self.add.setText(self.tr("Attach a file…"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class PictureDialog(QDialog):
    """One picture, as large as there is room for; `save_wanted`: it is to be kept as a file."""

    save_wanted = Signal()

    def __init__(self, one: Attached, picture: QImage, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(one.name)
        self.picture = QLabel()
        self.picture.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.picture.setMinimumSize(320, 180)
        if picture.isNull():
            self.picture.setText(self.tr("This file is no picture that can be shown."))
        else:
            shown = picture.scaled(
                picture.size().boundedTo(_PICTURE),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            self.picture.setPixmap(QPixmap.fromImage(shown))
        about = QLabel(f"{recent_form(one.at)}  {one.by}")
        about.setProperty("role", "secondary")
        self.save, self.close_ = QPushButton(self.tr("Save as…")), QPushButton(self.tr("Close"))
        self.save.clicked.connect(lambda _: self.save_wanted.emit())
        self.close_.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addWidget(about, 1)
        foot.addWidget(self.save)
        foot.addWidget(self.close_)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        box.addWidget(self.picture, 1)
        box.addLayout(foot)
