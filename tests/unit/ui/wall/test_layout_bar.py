from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.layout import LAYOUTS, Layout, grid, layout_named
from ui.theme import Theme
from ui.wall.layout_bar import COLUMNS, LayoutBar

OWN = Layout("Gate", 2, 1, grid("x", 2, 1).cells)


@pytest.fixture
def bar(qtbot: QtBot) -> LayoutBar:
    made = LayoutBar((*LAYOUTS, OWN), layout_named("9"), Theme())
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.popup(QPoint(10, 10))
    return made


def test_it_draws_every_layout_and_marks_the_present_one(bar: LayoutBar) -> None:
    assert [button.text() for button in bar.buttons] == [*(lay.name for lay in LAYOUTS), "Gate"]
    assert [b.text() for b in bar.buttons if b.isChecked()] == ["9"]
    pictures = {bytes(b.icon().pixmap(b.iconSize()).toImage().constBits()) for b in bar.buttons}
    assert len(pictures) == len(bar.buttons)


def test_arrows_and_enter_choose(bar: LayoutBar, qtbot: QtBot) -> None:
    start = next(i for i, b in enumerate(bar.buttons) if b.isChecked())
    bar.buttons[start].setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Down)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    with qtbot.waitSignal(bar.chosen) as chosen:
        QTest.keyClick(bar.buttons[start + COLUMNS + 1], Qt.Key.Key_Return)
    assert chosen.args == [LAYOUTS[start + COLUMNS + 1]]
    assert bar.isHidden()


def test_own_layouts_can_be_deleted_named_ones_not(bar: LayoutBar, qtbot: QtBot) -> None:
    with qtbot.assertNotEmitted(bar.delete_requested):
        QTest.keyClick(bar.buttons[0], Qt.Key.Key_Delete)
    with qtbot.waitSignal(bar.delete_requested) as deleted:
        QTest.keyClick(bar.buttons[-1], Qt.Key.Key_Delete)
    assert deleted.args == ["Gate"]


def test_it_leads_to_the_editor(bar: LayoutBar, qtbot: QtBot) -> None:
    with qtbot.waitSignal(bar.draw_requested):
        bar.draw.click()
