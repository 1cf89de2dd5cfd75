"""Every screen in both languages and both themes; the pictures are kept in out/visual."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QApplication,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.domain.text import Language
from tests.fakes.engine import playing
from tests.fakes.shell_site import ShellSite
from tests.visual.fit import problems
from ui.shell.screens import Screens
from ui.shell.tour_editor import TourEditor
from ui.shell.wall_shelf import WallShelf
from ui.theme import ThemeName
from ui.translations import Translations
from ui.wall.layout_editor import LayoutEditor

pytestmark = pytest.mark.visual

PICTURE = (70, 90, 120)


@pytest.fixture
def keep(root: Path) -> Callable[[QWidget, str], None]:
    folder = root / "out" / "visual"

    def save(widget: QWidget, name: str) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        assert widget.grab().save(str(folder / f"{name}.png"))

    return save


@pytest.fixture
def translations(qtbot: QtBot) -> Iterator[Translations]:
    made = Translations()
    yield made
    made.remove()


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[ShellSite, Screens]]:
    site = ShellSite(tmp_path)
    for camera in site.ids:
        site.feed(camera, PICTURE)
        site.engine.statuses[camera] = playing(camera)
    site.theme.apply()
    screens = Screens(site.desk, lambda: None)
    screens.open()
    qtbot.waitExposed(screens.main)
    yield site, screens
    screens.close()
    site.close()
    site.theme.set(ThemeName.DARK)


def pixel(widget: QWidget, x: int, y: int) -> QColor:
    return QColor(widget.grab().toImage().pixel(x, y))


@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("theme", list(ThemeName))
def test_the_main_window(
    shown: tuple[ShellSite, Screens],
    translations: Translations,
    keep: Callable[[QWidget, str], None],
    language: Language,
    theme: ThemeName,
) -> None:
    site, screens = shown
    translations.install(language)
    site.theme.set(theme)
    QApplication.processEvents()
    for page in ("panel.cameras", "section.settings"):
        screens.main.side.turn_to(page)
        QApplication.processEvents()
        keep(screens.main, f"{page}-{language}-{theme}")
        assert problems(screens.main) == []
    assert pixel(screens.main.rail, 2, screens.main.rail.height() // 2) == site.theme.color("panel")
    assert pixel(screens.main.status, 300, 0) == site.theme.color("line")
    view = screens.main.view
    painted = view.grab().toImage()
    colors = {painted.pixel(view.width() // 8, y) for y in range(0, 200, 4)}
    assert QColor(*PICTURE).rgb() in colors


@pytest.mark.parametrize("kind", [LayoutEditor, TourEditor, WallShelf])
def test_the_dialogs(
    shown: tuple[ShellSite, Screens],
    translations: Translations,
    keep: Callable[[QWidget, str], None],
    kind: type[QWidget],
) -> None:
    _, screens = shown
    translations.install(Language.KO)
    commands = screens.main.frame.commands
    commands._save("Night")
    {
        LayoutEditor: commands.draw_layout,
        TourEditor: commands.tours.edit,
        WallShelf: commands.open_shelf,
    }[kind]()
    dialog = screens.main.findChild(kind)
    assert isinstance(dialog, QWidget)
    QApplication.processEvents()
    keep(dialog, kind.__name__)
    assert problems(dialog) == []
    dialog.close()
