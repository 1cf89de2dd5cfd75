from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.domain.wall import WindowId
from app.domain.wall_set import Placement
from tests.fakes.shell_site import ShellSite
from ui.shell.placing import Monitor, Placing, monitor_named, monitors, spot_for

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


@pytest.mark.parametrize(
    ("wanted", "index"),
    [("1", 0), ("2", 1), ("3", None), ("0", None), ("dp-2", 1), ("DP-3", None)],
)
def test_a_monitor_by_number_or_by_name(wanted: str, index: int | None) -> None:
    assert monitor_named(wanted, [LEFT, RIGHT]) == index


def test_a_new_window_goes_to_the_monitor_of_the_workstation(site: ShellSite, qtbot: QtBot) -> None:
    walls, name, missing = site.console.walls, WindowId("2"), list[str]()
    for monitor in ("1", "7"):
        window = QWidget()
        qtbot.addWidget(window)
        placing = Placing(window, name, walls, monitor)
        placing.missing.connect(missing.append)
        placing.begin()
        assert window.size() == monitors()[0].area.size()
    assert missing == ["7"]


def test_where_it_was_put_counts_before_the_workstation_but_not_before_the_administrator(
    site: ShellSite, qtbot: QtBot
) -> None:
    walls, name, own = site.console.walls, WindowId("2"), monitors()[0]
    walls.remember(name, placed(own.name, own.serial, (40, 50, 320, 240)))
    for always in (False, True):
        window = QWidget()
        qtbot.addWidget(window)
        Placing(window, name, walls, "1", always=always).begin()
        assert (window.size() == own.area.size()) is always


def test_a_monitor_that_is_gone_is_said_and_keeps_its_window(site: ShellSite, qtbot: QtBot) -> None:
    walls, name, missing = site.console.walls, WindowId("2"), list[str]()
    before = placed("DP-9", "C3", (5000, 100, 320, 240))
    walls.remember(name, before)
    window = QWidget()
    qtbot.addWidget(window)
    placing = Placing(window, name, walls)
    placing.missing.connect(missing.append)
    placing.begin()
    assert missing == ["DP-9"]
    assert monitors()[0].area.contains(window.geometry())
    placing.remember()
    assert walls.placement(name) == before
    # Put somewhere else by hand it lives here now.
    window.setGeometry(40, 50, 320, 240)
    placing.remember()
    after = walls.placement(name)
    assert after is not None
    assert (after.x, after.y) == (40, 50)


def test_when_the_monitors_change_it_goes_where_the_workstation_wants_it(
    site: ShellSite, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    window, walls = QWidget(), site.console.walls
    qtbot.addWidget(window)
    placing = Placing(window, WindowId("2"), walls, "2")
    missing = list[str]()
    placing.missing.connect(missing.append)
    placing.begin(full_screen=True)
    assert missing == ["2"]
    placing.remember()
    assert walls.placement(WindowId("2")) is None
    area = QRect(100, 0, 400, 300)
    both = [*monitors(), Monitor("DP-2", "B2", area)]
    monkeypatch.setattr("ui.shell.placing.monitors", lambda: both)
    screens = [window.screen(), window.screen()]
    monkeypatch.setattr("ui.shell.placing._screens", lambda: screens)
    put = list[QRect]()
    monkeypatch.setattr(window, "setGeometry", put.append)
    placing._screens_changed(window.screen())
    assert (missing, put) == (["2"], [area])
    assert window.isFullScreen()
