from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.wall import WindowId
from app.domain.wall_set import Placement
from tests.fakes.shell_site import ShellSite
from ui.shell.placing import Monitor, Placing, monitors, spot_for

LEFT = Monitor("DP-1", "A1", QRect(0, 0, 1920, 1040))
RIGHT = Monitor("DP-2", "B2", QRect(1920, 0, 2560, 1400))


def placed(screen: str, serial: str, frame: tuple[int, int, int, int]) -> Placement:
    return Placement(screen, serial, *frame)


@pytest.mark.parametrize(
    ("placement", "monitor", "frame", "at_home"),
    [
        (placed("DP-2", "B2", (2000, 100, 800, 600)), 1, (2000, 100, 800, 600), True),
        # The same monitor on another socket.
        (placed("DP-9", "B2", (2000, 100, 800, 600)), 1, (2000, 100, 800, 600), True),
        # Its monitor is gone: whole on the first one.
        (placed("DP-3", "C3", (5000, 100, 800, 600)), 0, (1120, 100, 800, 600), False),
        # A smaller monitor than it was made for.
        (placed("DP-1", "A1", (-50, -50, 4000, 3000)), 0, (0, 0, 1920, 1040), True),
    ],
)
def test_a_window_goes_home_or_to_the_first_screen(
    placement: Placement, monitor: int, frame: tuple[int, int, int, int], at_home: bool
) -> None:
    spot = spot_for(placement, [LEFT, RIGHT])
    assert (spot.monitor, spot.frame.getRect(), spot.at_home) == (monitor, frame, at_home)


def test_where_it_was_put_is_remembered_and_found_again(site: ShellSite, qtbot: QtBot) -> None:
    walls, name = site.console.walls, WindowId("2")
    window = QWidget()
    qtbot.addWidget(window)
    placing = Placing(window, name, walls)
    placing.begin()
    window.setGeometry(40, 50, 320, 240)
    placing.end()
    qtbot.waitUntil(lambda: walls.placement(name) is not None)
    again = QWidget()
    qtbot.addWidget(again)
    Placing(again, name, walls).begin()
    assert again.geometry().getRect() == (40, 50, 320, 240)
    assert monitors()[0].area.contains(again.geometry())


def test_full_screen_is_remembered(site: ShellSite, qtbot: QtBot) -> None:
    walls, name = site.console.walls, WindowId("2")
    window = QWidget()
    qtbot.addWidget(window)
    placing = Placing(window, name, walls)
    placing.begin(full_screen=True)
    placing.remember()
    placement = walls.placement(name)
    assert placement is not None
    assert placement.full_screen
