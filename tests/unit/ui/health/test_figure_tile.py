from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from ui.health.figure_tile import FigureTile
from ui.health.totals import Total
from ui.theme import Theme, ThemeName


def colours(tile: FigureTile) -> set[str]:
    picture = tile.grab().toImage()
    return {
        QColor(picture.pixel(x, y)).name()
        for x in range(picture.width())
        for y in range(picture.height())
    }


def shown(qtbot: QtBot, theme: Theme, *, warning: bool) -> FigureTile:
    tile = FigureTile(theme)
    qtbot.addWidget(tile)
    tile.resize(200, 92)
    tile.render_total(Total("Live tiles", "14 / 16", "2 not live", warning))
    return tile


def test_only_a_warning_has_colour(qtbot: QtBot, theme: Theme) -> None:
    amber = theme.color("normal").name()
    assert amber in colours(shown(qtbot, theme, warning=True))
    assert amber not in colours(shown(qtbot, theme, warning=False))


def test_it_can_be_read_aloud(qtbot: QtBot, theme: Theme) -> None:
    assert shown(qtbot, theme, warning=True).accessibleName() == "Live tiles: 14 / 16"


def test_it_follows_the_theme(qtbot: QtBot, theme: Theme) -> None:
    tile = shown(qtbot, theme, warning=False)
    dark = tile.grab().toImage().pixel(100, 5)
    height = tile.sizeHint().height()
    theme.set(ThemeName.LIGHT, large=True)
    assert tile.grab().toImage().pixel(100, 5) != dark
    assert tile.sizeHint().height() > height
