from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

from pytestqt.qtbot import QtBot

from tests.fakes.health import sample
from ui.health import series
from ui.health.plots import PlotBoard, load_pyqtgraph
from ui.theme import Theme, ThemeName


def test_the_console_starts_without_pyqtgraph(root: Path) -> None:
    program = "import sys; import ui.health.screen; print('pyqtgraph' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"


def test_it_leaves_our_crash_hooks_alone_and_uses_no_opengl() -> None:
    before = sys.excepthook, threading.excepthook
    pyqtgraph = load_pyqtgraph()
    assert (sys.excepthook, threading.excepthook) == before
    assert pyqtgraph.getConfigOption("useOpenGL") is False
    assert pyqtgraph.Qt.QT_LIB == "PySide6"


async def test_until_they_are_there_words_stand_in_their_place(qtbot: QtBot, theme: Theme) -> None:
    board = PlotBoard(theme)
    qtbot.addWidget(board)
    assert board.waiting.text() == "Plots are being prepared"
    assert not board.waiting.isHidden()
    await board.load()
    assert board.waiting.isHidden()
    assert len(board.cards) == len(series.PLOTS)


async def test_lines_follow_the_samples(qtbot: QtBot, theme: Theme) -> None:
    board = PlotBoard(theme)
    qtbot.addWidget(board)
    await board.load()
    board.show_samples([sample(0.0), sample(1.0, busy=0.7, age_p95=None)])
    x, y = board.cards[0].curves[0].getData()
    assert x.tolist() == [-1.0, 0.0]
    assert y.tolist() == [50.0, 70.0]
    board.show_samples([])


async def test_they_are_drawn_in_the_themes_colours(qtbot: QtBot, theme: Theme) -> None:
    board = PlotBoard(theme)
    qtbot.addWidget(board)
    board.resize(800, 400)
    await board.load()
    board.show()
    for name in (ThemeName.DARK, ThemeName.LIGHT):
        theme.set(name)
        corner = board.cards[0].canvas.grab().toImage().pixelColor(1, 1)
        assert corner == theme.color("card")
    board.retranslate()
    assert board.cards[0].title.text().startswith("CPU")
