from __future__ import annotations

import errno
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest
from PySide6.QtGui import QColor, QFont
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.visual.contrast import contrast
from ui.theme import Theme, ThemeName, Type, families, has_hangul, tokens

SURFACES = ("window", "panel", "card", "control")
SHAPES = ("urgent", "normal", "vehicle", "notice", "fine", "focus")


@pytest.mark.parametrize("name", list(ThemeName))
@pytest.mark.parametrize("surface", SURFACES)
def test_words_and_shapes_stand_out(name: ThemeName, surface: str) -> None:
    colors = tokens(name)
    # On a control only "text" and "secondary" are written; states stand on the other surfaces.
    written = SHAPES if surface != "control" else ()
    for word in ("text", "secondary", *written):
        assert contrast(QColor(colors[word]), QColor(colors[surface])) >= 4.5, word
    for shape in (*SHAPES, "faint"):
        floor = 2.6 if shape == "faint" else 3.0
        assert contrast(QColor(colors[shape]), QColor(colors[surface])) >= floor, shape


@pytest.mark.parametrize("name", list(ThemeName))
def test_the_primary_button_can_be_read(name: ThemeName) -> None:
    colors = tokens(name)
    assert contrast(QColor(colors["on_focus"]), QColor(colors["focus"])) >= 4.5


def test_both_themes_name_the_same_colours() -> None:
    assert tokens(ThemeName.DARK).keys() == tokens(ThemeName.LIGHT).keys()


def test_a_change_repaints_the_running_program(qtbot: QtBot) -> None:
    theme = Theme(ThemeName.DARK)
    theme.apply()
    dark = theme.color("panel")
    with qtbot.waitSignal(theme.changed):
        theme.set(ThemeName.LIGHT)
    assert theme.color("panel") != dark
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    assert theme.style_sheet() == application.styleSheet()
    theme.set(ThemeName.LIGHT)


def test_the_wall_stays_dark_in_the_light_theme(qtbot: QtBot) -> None:
    theme = Theme(ThemeName.LIGHT)
    assert theme.on_wall("text") == QColor(tokens(ThemeName.DARK)["text"])
    assert theme.color("text") != theme.on_wall("text")


@pytest.mark.parametrize("name", list(ThemeName))
def test_nothing_of_the_templates_is_left(qtbot: QtBot, name: ThemeName) -> None:
    sheet = Theme(name).style_sheet()
    assert re.findall(r"@\w+", sheet) == []
    assert "url(" in sheet


def test_large_text_is_larger_and_figures_are_even(qtbot: QtBot) -> None:
    small, large = Theme(), Theme(large=True)
    assert small.font().pixelSize() == 13
    assert small.font(Type.RAIL).pixelSize() == 10
    assert large.font().pixelSize() > small.font().pixelSize()
    assert small.font().isFeatureSet(QFont.Tag("tnum"))
    assert large.px(28) == 35


def test_the_first_font_has_hangul_where_any_has(qtbot: QtBot) -> None:
    if not has_hangul():
        pytest.skip("no font with Hangul is installed here")
    assert families()
    from PySide6.QtGui import QFontDatabase

    korean = QFontDatabase.families(QFontDatabase.WritingSystem.Korean)
    assert families()[0] in korean


_STYLED = (
    "from PySide6.QtWidgets import QApplication; from ui.theme import Theme; "
    "a = QApplication([]); print('url(' in Theme().style_sheet())"
)


def test_the_drawings_of_the_style_sheet_go_with_the_program(root: Path, tmp_path: Path) -> None:
    environment = {**os.environ, "TMPDIR": str(tmp_path), "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", _STYLED],
        cwd=root, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert done.stdout == "True\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.allow_logs("ui.theme")
def test_a_full_disk_costs_the_drawings_and_not_the_start(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> NoReturn:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr("ui.theme._icon_folder", full)
    sheet = Theme().style_sheet()
    assert "url(" not in sheet
    assert "image: none" in sheet
    assert "@" not in sheet
