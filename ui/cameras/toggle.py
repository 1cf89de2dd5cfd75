"""How many cameras should be live and are not; pressed, only those are listed."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QToolButton, QWidget
from typing_extensions import override

from ui.cameras import marks
from ui.theme import Theme, Type
from ui.widgets.forms import count_form

_ICON = 12


class NotLiveToggle(QToolButton):
    """Not there while every camera is live; a calm screen has nothing to say."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("camerasNotLive")
        self.setCheckable(True)
        self.setProperty("flat", True)  # noqa: FBT003 - Qt's signature
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._theme = theme
        self._count = 0
        theme.changed.connect(self._recolour)
        self._recolour()
        self.retranslate()

    def count(self, not_live: int) -> None:
        self._count = not_live
        self.retranslate()

    def retranslate(self) -> None:
        self.setText(self.tr("{count} not live").format(count=count_form(self._count)))
        self.setToolTip(self.tr("List only the cameras that are not live"))
        self.setVisible(bool(self._count) or self.isChecked())

    def _recolour(self) -> None:
        self.setFont(self._theme.font(Type.SECONDARY))
        ratio = self.devicePixelRatioF()
        size = self._theme.px(_ICON)
        self.setIconSize(QSize(size, size))
        side = round(size * ratio)
        picture = QPixmap(side, side)
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        marks.paint(painter, self._theme, marks.NOT_LIVE, QPointF(size / 2, size / 2))
        painter.end()
        self.setIcon(QIcon(picture))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
