from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.domain.layout import layout_named
from ui.theme import Theme
from ui.widgets import layout_picture
from ui.widgets.choice_field import ChoiceField
from ui.widgets.name_dialog import NameDialog
from ui.widgets.number_field import NumberField


def test_a_name_is_given_trimmed_and_never_empty(qtbot: QtBot) -> None:
    given: list[str] = []
    dialog = NameDialog("Save", "Save", "", given.append)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    dialog.show()
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert given == []
    QTest.keyClicks(dialog.field, " Night ")
    QTest.keyClick(dialog.field, Qt.Key.Key_Return)
    assert given == ["Night"]
    assert not dialog.isVisible()


def wheel(field: NumberField | ChoiceField) -> None:
    event = QWheelEvent(
        QPointF(5, 5),
        QPointF(5, 5),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(field, event)


def test_the_wheel_changes_a_number_only_where_the_keyboard_is(qtbot: QtBot) -> None:
    field = NumberField(0, 100, 5)
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    field.clearFocus()
    field.setValue(50)
    wheel(field)
    assert field.value() == 50
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    wheel(field)
    assert field.value() == 55


def test_a_layout_is_drawn_with_its_gaps(qtbot: QtBot) -> None:
    theme, size = Theme(), QSize(41, 41)
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0)
    painter = QPainter(image)
    layout_picture.paint(painter, layout_named("4"), size, theme.color("focus"), gap=3)
    painter.end()
    assert image.pixelColor(5, 5) == theme.color("focus")
    assert image.pixelColor(20, 20).value() == 0
    assert not layout_picture.icon(theme, layout_named("64")).isNull()


def test_a_choice_that_is_passed_over_stays_what_it_is(qtbot: QtBot) -> None:
    """Who scrolls the settings must not end in another language."""
    field = ChoiceField()
    field.addItems(["한국어", "English"])
    field.setCurrentIndex(1)
    qtbot.addWidget(field)
    field.show()
    field.clearFocus()
    wheel(field)
    assert field.currentIndex() == 1
    field.setFocus()
    qtbot.waitUntil(field.hasFocus)
    wheel(field)
    assert field.currentIndex() == 0
