from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QIcon, QImage, QPainter
from pytestqt.qtbot import QtBot

from ui import icons
from ui.theme import Theme, ThemeName


def drawn(image: QImage) -> set[str]:
    """The colours of the pixels that are fully covered."""
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(image.width())
        for y in range(image.height())
        if image.pixelColor(x, y).alpha() == 255
    }


@pytest.mark.parametrize("name", sorted(icons.names()))
def test_every_icon_is_drawn_in_the_asked_colour(qtbot: QtBot, name: str) -> None:
    theme = Theme()
    picture = icons.pixmap(theme, name, 48, "focus").toImage()
    assert drawn(picture) == {theme.color("focus").name()}


def test_it_follows_the_theme(qtbot: QtBot) -> None:
    theme = Theme(ThemeName.DARK)
    dark = icons.pixmap(theme, "wall", 24, "text").toImage()
    theme.set(ThemeName.LIGHT)
    assert drawn(dark) != drawn(icons.pixmap(theme, "wall", 24, "text").toImage())


def test_it_is_sharp_on_dense_screens(qtbot: QtBot) -> None:
    picture = icons.pixmap(Theme(), "wall", 20, "text", 2.0)
    assert picture.width() == 40
    assert picture.deviceIndependentSize().toSize() == QSize(20, 20)


def test_disabled_is_fainter(qtbot: QtBot) -> None:
    theme = Theme()
    icon = icons.icon(theme, "square")
    disabled = icon.pixmap(QSize(24, 24), QIcon.Mode.Disabled).toImage()
    assert drawn(disabled) == {theme.color("faint").name()}


def test_it_paints_into_a_rectangle(qtbot: QtBot) -> None:
    image = QImage(40, 40, QImage.Format.Format_ARGB32)
    image.fill(0)
    painter = QPainter(image)
    icons.paint(painter, "square", QRectF(20, 20, 20, 20), Theme().color("urgent"))
    painter.end()
    assert image.pixelColor(30, 30) == Theme().color("urgent")
    assert image.pixelColor(5, 5).alpha() == 0
