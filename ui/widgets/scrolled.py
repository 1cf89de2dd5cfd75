"""A column that scrolls instead of squeezing what is in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from typing_extensions import override


class Scrolled(QScrollArea):
    """Never narrower than `inner` needs; only its height is scrolled."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        if (layout := inner.layout()) is not None:
            layout.setContentsMargins(0, 0, 0, 0)
        self.setWidget(inner)

    @override
    def minimumSizeHint(self) -> QSize:
        inner = self.widget()
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(inner.minimumSizeHint().width() + bar if inner is not None else 0, 0)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # QScrollArea itself filters what it shows: other words may need another width.
        if event.type() == QEvent.Type.LayoutRequest and watched is self.widget():
            self.updateGeometry()
        return super().eventFilter(watched, event)
