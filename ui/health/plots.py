"""The plots of the health screen. pyqtgraph is loaded when the screen is first opened.

Its import takes most of a second, which neither the start of the console nor the wall behind the
screen can spare: it happens on a thread, and one plot is made at a time.
"""

from __future__ import annotations

import asyncio
import importlib
import os
import sys
import threading
from collections.abc import Sequence
from typing import Any, Final

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.domain.figures import Sample
from app.tasks import SerialQueue
from ui.health import series
from ui.theme import Theme, Type

_SECONDS: Final = 600
_TICKS: Final = tuple(range(-10, 1, 2))
_AXIS_WIDTH: Final = 44
# Room for the words under the first and the last minute.
_MARGIN: Final = 24
# … and above the highest number of the axis.
_HEADROOM: Final = 1.08


def load_pyqtgraph() -> Any:
    """The module. Blocks for most of a second: call it on a thread."""
    os.environ["PYQTGRAPH_QT_LIB"] = "PySide6"
    hooks = sys.excepthook, threading.excepthook
    pyqtgraph = importlib.import_module("pyqtgraph")
    # It puts its own before ours; a crash of the console is the console's business.
    sys.excepthook, threading.excepthook = hooks
    # Its clean-up at exit walks all objects of the program and touches those that Qt has deleted.
    pyqtgraph.setConfigOptions(useOpenGL=False, antialias=True, exitCleanup=False)
    return pyqtgraph


class PlotCard(QWidget):
    """A title and the lines of one plot over the last ten minutes."""

    def __init__(self, pyqtgraph: Any, plot: series.Plot, theme: Theme) -> None:
        super().__init__()
        self._plot, self._theme, self._pg = plot, theme, pyqtgraph
        self.setObjectName("plotCard")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title = QLabel()
        self.title.setProperty("role", "secondary")
        self.title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.canvas = pyqtgraph.PlotWidget(enableMenu=False)
        self.curves = [self.canvas.plot([], []) for _ in plot.lines]
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 8, 12, 8)
        column.setSpacing(4)
        column.addWidget(self.title)
        column.addWidget(self.canvas, 1)
        self._set_up()
        theme.changed.connect(self.restyle)
        self.restyle()
        self.retranslate()

    def _set_up(self) -> None:
        item = self.canvas.getPlotItem()
        item.hideButtons()
        item.setMouseEnabled(x=False, y=False)
        self.canvas.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # The wheel scrolls the screen, it does not zoom a plot that moves every second.
        self.canvas.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        item.setXRange(-_SECONDS - _MARGIN, _MARGIN, padding=0)
        item.showGrid(x=False, y=True, alpha=0.15)
        item.getAxis("left").setWidth(_AXIS_WIDTH)

    def show_samples(self, history: Sequence[Sample]) -> None:
        x = series.times(history)
        drawn = [series.values(history, line) for line in self._plot.lines]
        for curve, y in zip(self.curves, drawn, strict=True):
            curve.setData(x, y, connect="finite")
        self.canvas.setYRange(0, series.top(self._plot, drawn) * _HEADROOM, padding=0)

    def restyle(self) -> None:
        self.canvas.setBackground(self._theme.color("card"))
        font = self._theme.font(Type.SECONDARY)
        for name in ("left", "bottom"):
            axis = self.canvas.getPlotItem().getAxis(name)
            axis.setPen(self._theme.color("line"))
            axis.setTextPen(self._theme.color("secondary"))
            axis.setTickFont(font)
        for curve, line in zip(self.curves, self._plot.lines, strict=True):
            curve.setPen(self._pg.mkPen(self._theme.color(line.token), width=1.5))

    def retranslate(self) -> None:
        title = QCoreApplication.translate("Health", self._plot.title)
        self.title.setText(title)
        self.title.setToolTip(title)
        self.setAccessibleName(title)
        now = QCoreApplication.translate("Health", "now")
        minutes = QCoreApplication.translate("Health", "{minutes} min")
        ticks = [(at * 60, minutes.format(minutes=at) if at else now) for at in _TICKS]
        self.canvas.getPlotItem().getAxis("bottom").setTicks([ticks])


class PlotBoard(QWidget):
    """Four plots, two by two; a line of words until they are there."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.cards: list[PlotCard] = []
        self.waiting = QLabel()
        self.waiting.setProperty("role", "secondary")
        self.waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._grid.addWidget(self.waiting, 0, 0, 2, 2)
        self.retranslate()

    async def load(self) -> None:
        """Brings the plots, one at a time, so that the wall goes on moving."""
        queue = SerialQueue("plots")
        pyqtgraph = await queue.run(load_pyqtgraph)
        await queue.close()
        for n, plot in enumerate(series.PLOTS):
            card = PlotCard(pyqtgraph, plot, self._theme)
            self._grid.addWidget(card, *divmod(n, 2))
            self.cards.append(card)
            await asyncio.sleep(0)
        self._grid.removeWidget(self.waiting)
        self.waiting.hide()

    def show_samples(self, history: Sequence[Sample]) -> None:
        for card in self.cards:
            card.show_samples(history)

    def retranslate(self) -> None:
        self.waiting.setText(QCoreApplication.translate("Health", "Plots are being prepared"))
        for card in self.cards:
            card.retranslate()
