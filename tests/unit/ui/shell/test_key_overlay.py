from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.action_list import ACTIONS, Group
from ui.shell.desk import Desk
from ui.shell.key_overlay import KeyOverlay, lines, split
from ui.theme import Theme


def test_every_key_is_listed_once_and_families_share_a_row() -> None:
    listed = dict(lines(ACTIONS))
    assert list(listed) == list(Group)
    walls = dict(listed[Group.WALLS])
    assert walls["F1 … F8"] == "Layout 1 … 1+7"
    assert walls["Alt+1 … Alt+9"] == "Saved wall 1 … 9"
    tiles = dict(listed[Group.TILES])
    assert tiles["← ↑ ↓ →"] == "Move the focus"
    assert tiles["0–9 … Enter"] == "Call a camera by its number"
    rows = [keys for group in listed.values() for keys, _ in group]
    assert len(rows) == len(set(rows))


def test_it_covers_its_window_and_follows_its_size(qtbot: QtBot) -> None:
    window = QWidget()
    window.resize(900, 700)
    qtbot.addWidget(window)
    window.show()
    overlay = KeyOverlay(ACTIONS, Theme(), window)
    assert overlay.geometry() == window.rect()
    window.resize(1000, 720)
    qtbot.waitUntil(lambda: overlay.geometry() == window.rect())
    overlay.leave()


@pytest.mark.parametrize(("size", "scrolls"), [((1920, 1080), False), ((640, 400), True)])
def test_all_keys_are_in_sight_or_are_scrolled(
    qtbot: QtBot, size: tuple[int, int], *, scrolls: bool
) -> None:
    window = QWidget()
    window.resize(*size)
    qtbot.addWidget(window)
    window.show()
    overlay = KeyOverlay(ACTIONS, Theme(), window)
    bar = overlay.area.verticalScrollBar()
    qtbot.waitUntil(lambda: (bar.maximum() > 0) is scrolls)
    # Where all is in sight no bar may come, not even for a moment: it lies over the last words.
    never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    assert (overlay.area.verticalScrollBarPolicy() is never) is not scrolls
    QTest.keyClick(overlay, Qt.Key.Key_PageDown)
    # Where there is nothing to scroll, it is a key like any other.
    assert overlay.isVisible() is scrolls
    if scrolls:
        assert bar.value() > 0
        QTest.keyClick(overlay, Qt.Key.Key_Escape)


def test_columns_are_as_even_as_can_be() -> None:
    groups = lines(ACTIONS)
    for count in (1, 2, 3):
        parts = split(groups, count)
        assert len(parts) == count
        assert [group for part in parts for group in part] == groups
    heights = [sum(len(rows) + 2 for _, rows in part) for part in split(groups, 2)]
    assert abs(heights[0] - heights[1]) < max(len(rows) for _, rows in groups) + 2


def test_it_says_what_the_desk_offers() -> None:
    """Nothing without keys is in the overlay."""
    assert all(keys for _, rows in lines(ACTIONS) for keys, _ in rows)
    assert Desk.__doc__
