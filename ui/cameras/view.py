"""A list of cameras that can be called, dragged and walked through by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QDrag, QFontMetrics, QKeyEvent, QPainter, QPixmap
from PySide6.QtWidgets import QAbstractItemView, QStyleOptionViewItem, QTreeView, QWidget
from typing_extensions import override

from app.domain.camera import Camera, CameraId
from ui.cameras import words
from ui.cameras.delegate import CameraDelegate
from ui.cameras.model import CameraTreeModel
from ui.cameras.results import ResultsModel
from ui.cameras.roles import Index
from ui.theme import Theme, Type
from ui.widgets.drag import cameras_data

# The largest wall has 64 tiles: more cameras than that cannot be put anywhere.
MOST_TOGETHER = 64
# Shows where the keyboard is.
_BAR = 2
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class CameraView(QTreeView):
    """Shows the tree or a flat list of results."""

    chosen = Signal(str)
    typed = Signal(str)
    left_at_top = Signal()

    def __init__(
        self, model: CameraTreeModel | ResultsModel, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._cameras = model
        self._theme = theme
        flat = isinstance(model, ResultsModel)
        self.setModel(model)
        self.setItemDelegate(CameraDelegate(theme, addresses=flat, parent=self))
        self.setHeaderHidden(True)
        self.setRootIsDecorated(not flat)
        self.setIndentation(0 if flat else theme.px(14))
        # Without it every one of 100,000 rows is measured.
        self.setUniformRowHeights(True)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setDragEnabled(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragOnly)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.doubleClicked.connect(self._choose)

    def selected(self) -> list[Camera]:
        """Cameras of the selected rows, those of groups included, as many as fit on one wall."""
        every = (camera for row in self._selected_rows() for camera in self._under(row))
        unique: dict[CameraId, Camera] = {}
        for camera in every:
            unique[camera.id] = camera
            if len(unique) == MOST_TOGETHER:
                break
        return list(unique.values())

    def move_current(self, rows: int) -> None:
        """Moves the current row while the keyboard stays elsewhere."""
        model = self.model()
        row = max(0, min(self.currentIndex().row() + rows, model.rowCount() - 1))
        self.setCurrentIndex(model.index(row, 0))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        current = self.currentIndex()
        if event.key() in _ENTER and current.isValid():
            if not self._choose(current):
                self.setExpanded(current, not self.isExpanded(current))
        elif event.key() == Qt.Key.Key_Up and not self.indexAbove(current).isValid():
            self.left_at_top.emit()
        else:
            super().keyPressEvent(event)

    @override
    def keyboardSearch(self, search: str) -> None:
        """Typing over the list searches all cameras, not only the rows on screen."""
        self.typed.emit(search)

    @override
    def drawRow(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().drawRow(painter, option, index)
        if self.hasFocus() and index == self.currentIndex():
            top, height = option.rect.top(), option.rect.height()
            painter.fillRect(0, top, _BAR, height, self._theme.color("focus"))

    @override
    def startDrag(self, supportedActions: Qt.DropAction) -> None:
        cameras = self.selected()
        if not cameras:
            return
        drag = QDrag(self)
        drag.setMimeData(cameras_data(camera.id for camera in cameras))
        drag.setPixmap(self._label(_what(cameras)))
        drag.setHotSpot(QPoint(-12, -12))
        drag.exec(Qt.DropAction.CopyAction)

    def _choose(self, index: QModelIndex) -> bool:
        camera = self._cameras.camera(index)
        if camera is not None:
            self.chosen.emit(camera.id)
        return camera is not None

    def _selected_rows(self) -> Iterator[QModelIndex]:
        # Range by range: a list of 100,000 selected indexes takes seconds to make.
        selection = self.selectionModel().selection()
        for chosen in (selection.at(place) for place in range(selection.count())):
            for row in range(chosen.top(), chosen.bottom() + 1):
                yield self._cameras.index(row, 0, chosen.parent())

    def _under(self, index: QModelIndex) -> tuple[Camera, ...]:
        return self._cameras.cameras_under(index)

    def _label(self, text: str) -> QPixmap:
        font = self._theme.font(Type.STRONG)
        metrics = QFontMetrics(font)
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, self._theme.px(240))
        ratio = self.devicePixelRatioF()
        width, height = metrics.horizontalAdvance(text) + 24, self._theme.px(28)
        picture = QPixmap(round(width * ratio), round(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(self._theme.color("line"))
        painter.setBrush(self._theme.color("card"))
        painter.drawRoundedRect(0, 0, width - 1, height - 1, 4, 4)
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        painter.drawText(12, (height + metrics.ascent() - metrics.descent()) // 2, text)
        painter.end()
        return picture


def _what(cameras: list[Camera]) -> str:
    if len(cameras) == 1:
        return words.camera_words(cameras[0])
    return words.translate("Cameras", "{count} cameras").format(count=len(cameras))
