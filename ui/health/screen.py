"""How the console itself is doing: the report's figures, live."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.figures import Sample
from app.domain.tile import TileState
from app.services.report import CameraFigures
from app.tasks import spawn
from ui.health.camera_table import (
    NAME,
    NOT_LIVE,
    NUMBER,
    STATE,
    CameraTable,
    NotLive,
    SortedTable,
)
from ui.health.camera_view import CameraTableView
from ui.health.figure_tile import FigureTile
from ui.health.plots import PlotBoard
from ui.health.totals import totals
from ui.theme import Theme

_REFRESH_MS: Final = 1000
_TILES_A_ROW: Final = 4
_GAP: Final = 8
_EDGE: Final = 16
_PLOTS_HEIGHT: Final = 340
_LIST_WIDTH: Final = 420
_TABLE_HEIGHT: Final = 340


class ShownFigures(Protocol):
    """The part of `app.services.figures.Figures` that the screen reads."""

    @property
    def history(self) -> Sequence[Sample]: ...

    def rows(self) -> Sequence[CameraFigures]: ...


class HealthScreen(QWidget):
    """Costs nothing while it is not on the screen; then it is read once a second."""

    def __init__(self, figures: ShownFigures, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._figures, self._theme = figures, theme
        self._plots_asked = False
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)
        self.tiles = [FigureTile(theme) for _ in totals(())]
        self.plots = PlotBoard(theme)
        self._model = CameraTable(self)
        self.sorted = SortedTable(self._model, self)
        self.table = CameraTableView(self.sorted, theme)
        self.table.setSortingEnabled(True)
        self.table.sortByColumn(NUMBER, Qt.SortOrder.AscendingOrder)
        self.not_live = NotLive(self._model, self)
        self.not_live_list = CameraTableView(self.not_live, theme, (NUMBER, NAME, STATE, NOT_LIVE))
        self.heading, self.not_live_heading, self.table_heading = (
            _label("heading"),
            _label("title"),
            _label("title"),
        )
        self.not_live_empty, self.table_empty = _label("secondary"), _label("secondary")
        self._not_live_pages = _pages(self.not_live_list, self.not_live_empty)
        self._table_pages = _pages(self.table, self.table_empty)
        self._lay_out()
        self.retranslate()

    def add_tools(self, tools: QWidget) -> None:
        """What an administrator does here; under all figures."""
        self._column.addWidget(tools)

    def refresh(self) -> None:
        """Shows what the figures say now."""
        rows = self._figures.rows()
        self._model.set_rows(rows)
        self._show_totals()
        self.plots.show_samples(self._figures.history)
        missing = sum(row.state is not TileState.LIVE for row in rows)
        self._not_live_pages.setCurrentIndex(0 if missing else 1)
        self._table_pages.setCurrentIndex(0 if rows else 1)
        self._say_counts(len(rows), missing)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Health"))
        self.not_live_empty.setText(self.tr("Every camera on a tile is live."))
        self.table_empty.setText(self.tr("No camera is on a tile. Put some on the wall."))
        self.table.setAccessibleName(self.tr("Cameras on tiles"))
        self.not_live_list.setAccessibleName(self.tr("Cameras that are not live"))
        self._model.retranslate()
        self.plots.retranslate()
        self._say_counts(self._model.rowCount(), self.not_live.rowCount())
        self._show_totals()

    def _say_counts(self, cameras: int, missing: int) -> None:
        self.not_live_heading.setText(self.tr("Not live · {count}").format(count=missing))
        self.table_heading.setText(self.tr("Cameras · {count}").format(count=cameras))

    def _show_totals(self) -> None:
        for tile, total in zip(self.tiles, totals(self._figures.history), strict=True):
            tile.render_total(total)

    def _lay_out(self) -> None:
        page = QWidget()
        self._column = column = QVBoxLayout(page)
        column.setContentsMargins(_EDGE, _EDGE, _EDGE, _EDGE)
        column.setSpacing(_GAP)
        column.addWidget(self.heading)
        column.addLayout(self._tile_grid())
        middle = QHBoxLayout()
        middle.setSpacing(_GAP * 2)
        middle.addWidget(self.plots, 1)
        middle.addWidget(_titled(self.not_live_heading, self._not_live_pages))
        self._theme.changed.connect(self._resize)
        self._resize()
        self.plots.setMinimumHeight(_PLOTS_HEIGHT)
        column.addLayout(middle)
        column.addWidget(_titled(self.table_heading, self._table_pages), 1)
        self._table_pages.setMinimumHeight(_TABLE_HEIGHT)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setWidget(page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll)

    def _resize(self) -> None:
        self._not_live_pages.setFixedWidth(self._theme.px(_LIST_WIDTH))

    def _tile_grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(_GAP)
        for n, tile in enumerate(self.tiles):
            grid.addWidget(tile, *divmod(n, _TILES_A_ROW))
        return grid

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.refresh()
        self._timer.start()
        if not self._plots_asked:
            self._plots_asked = True
            _task = spawn(self._bring_plots(), "plots")

    async def _bring_plots(self) -> None:
        await self.plots.load()
        self.plots.show_samples(self._figures.history)

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _label(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label


def _pages(view: QWidget, empty: QLabel) -> QStackedWidget:
    empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
    empty.setWordWrap(True)
    pages = QStackedWidget()
    pages.addWidget(view)
    pages.addWidget(empty)
    return pages


def _titled(title: QLabel, content: QWidget) -> QWidget:
    box = QWidget()
    column = QVBoxLayout(box)
    column.setContentsMargins(0, _GAP, 0, 0)
    column.setSpacing(_GAP)
    column.addWidget(title)
    column.addWidget(content, 1)
    return box
