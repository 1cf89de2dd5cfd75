"""Every screen in both languages and both themes; the pictures are kept in out/visual."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTranslator
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QLabel,
    QPushButton,
    QRadioButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.text import Language
from tests.fakes.engine import playing
from tests.fakes.shell_site import ShellSite
from ui.shell.screens import Screens
from ui.shell.tour_editor import TourEditor
from ui.shell.wall_shelf import WallShelf
from ui.theme import ThemeName
from ui.translations import Translations
from ui.wall.layout_editor import LayoutEditor

pytestmark = pytest.mark.visual

PICTURE = (70, 90, 120)


class Stretched(QTranslator):
    """Every word a third longer, as the longest languages are."""

    @override
    def isEmpty(self) -> bool:
        return False

    @override
    def translate(
        self, context: str, sourceText: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        if context == "Language" or not sourceText:
            return None
        return sourceText + "·" * (1 + len(sourceText) // 3)


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


def clipped(widget: QWidget) -> list[str]:
    """Words that have less room than they need."""
    found: list[str] = []
    for part in widget.findChildren(QWidget):
        words = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
        if not words or not part.isVisible():
            continue
        if isinstance(part, QLabel) and part.wordWrap():
            short = part.heightForWidth(part.width()) > part.height() + 1
        elif isinstance(part, QToolButton):
            # Its size hint counts margins of the style that the style sheet takes away.
            short = part.fontMetrics().horizontalAdvance(words) > part.width()
        elif isinstance(part, QLabel | QPushButton | QCheckBox | QRadioButton):
            short = part.sizeHint().width() > part.width() + 1
        else:
            short = False
        if short:
            found.append(f"{type(part).__name__} {words!r}")
    return found


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
        assert clipped(screens.main) == []
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
    assert clipped(dialog) == []
    dialog.close()


def test_longer_words_still_fit(shown: tuple[ShellSite, Screens]) -> None:
    _, screens = shown
    stretched = Stretched()
    QApplication.installTranslator(stretched)
    try:
        screens.main.side.turn_to("section.settings")
        QApplication.processEvents()
        assert screens.main.side.title.text().startswith("Settings··")
        assert clipped(screens.main.settings) == []
    finally:
        QApplication.removeTranslator(stretched)


def test_the_check_for_clipped_words_sees(qtbot: QtBot) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    label = QLabel("far too many words", box)
    label.setFixedWidth(20)
    box.show()
    assert clipped(box) == ["QLabel 'far too many words'"]
