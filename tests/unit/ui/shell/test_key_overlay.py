from __future__ import annotations

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ui.action_list import ACTIONS, Group
from ui.shell.desk import Desk
from ui.shell.key_overlay import KeyOverlay, lines
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


def test_it_says_what_the_desk_offers() -> None:
    """Nothing without keys is in the overlay."""
    assert all(keys for _, rows in lines(ACTIONS) for keys, _ in rows)
    assert Desk.__doc__
