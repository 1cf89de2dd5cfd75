"""No word is cut and nothing lies over anything, on any screen, in any language, at any scale.

Each look at the program is a process of its own (`tests.visual.look`); its pictures are kept in
out/visual/fit where GWANJE_PICTURES is set.
"""

from __future__ import annotations

import json
import os
import subprocess
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QMenu,
    QPushButton,
    QTabBar,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot
from typing_extensions import override

from app.domain.preferences import ThemeName
from tests.conftest import ROOT
from tests.visual.contrast import contrast, faint
from tests.visual.fit import problems, words_within
from tests.visual.hands import compose, deaf, nameless, out_of_reach, unlit
from tests.visual.look import Look
from tests.visual.painted import writing
from tests.visual.tongues import Tongue, stretched, untold
from ui.widgets.focus import FocusFirst

pytestmark = pytest.mark.visual

KO, EN, LONG = Tongue.KO, Tongue.EN, Tongue.STRETCHED
FULL_HD, UHD = (1920, 1080), (3840, 2160)
LOOKS = (
    Look(KO), Look(EN), Look(LONG), Look(KO, large=True), Look(EN, large=True),
    Look(KO, monitor=FULL_HD, factor=1.5), Look(EN, monitor=UHD, factor=2.0),
    Look(EN, monitor=UHD, factor=3.0), Look(KO, theme=ThemeName.LIGHT),
)  # fmt: skip
SECONDS = 120.0
# Letters of 10 pixels become 12, those of 13 become 16.
GROWN = 1.15


@dataclass(frozen=True)
class Told:
    """`sizes`: height in pixels of the letters of each word on each screen."""

    wrong: list[str]
    sizes: dict[str, int]


@cache
def told(look: Look, folder: Path) -> Told:
    folder.mkdir(exist_ok=True)
    pictures = ["--pictures", str(ROOT / "out" / "visual" / "fit")]
    done = subprocess.run(
        [*look.command, *(pictures if os.environ.get("GWANJE_PICTURES") else [])],
        env=look.environment(folder), cwd=ROOT, capture_output=True, text=True, check=False,
        timeout=SECONDS, stdin=subprocess.DEVNULL,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr[-4000:]
    found = json.loads(done.stdout)
    return Told(found["wrong"], found["sizes"])


@pytest.fixture(scope="session")
def looks(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("looks")


@pytest.mark.parametrize("look", LOOKS, ids=str)
def test_every_screen_fits(look: Look, looks: Path) -> None:
    found = told(look, looks)
    assert not found.wrong, "\n".join(found.wrong)
    # A walk that shows nothing would find nothing.
    assert len({key.split(":")[0] for key in found.sizes}) >= 40


@pytest.mark.parametrize("look", [Look(KO), Look(EN)], ids=str)
def test_large_text_enlarges_every_word_and_icon(look: Look, looks: Path) -> None:
    before, after = told(look, looks).sizes, told(replace(look, large=True), looks).sizes
    # What is written into pictures follows the size of the picture, not of the text.
    both = {key for key in before.keys() & after.keys() if "received: 대구달서" not in key}
    # A mere figure may stand in two places of unlike size, and change from one look to the other.
    both = {key for key in both if any(map(str.isalpha, key.partition(": ")[2]))}
    assert len(both) > 500
    assert [key for key in sorted(both) if after[key] < before[key] * GROWN] == []


# The checks themselves: each sees what it is for.


def row(*parts: QWidget) -> QWidget:
    box = QWidget()
    layout = QHBoxLayout(box)
    for part in parts:
        layout.addWidget(part)
    return box


def shown(qtbot: QtBot, box: QWidget, width: int = 400, height: int = 100) -> QWidget:
    qtbot.addWidget(box)
    box.resize(width, height)
    box.show()
    qtbot.waitExposed(box)
    return box


def test_a_cut_label_is_seen(qtbot: QtBot) -> None:
    label = QLabel("far too many words")
    label.setFixedWidth(20)
    box = shown(qtbot, row(label))
    (said,) = problems(box)
    assert said.startswith("QLabel 'far too many words': needs")
    label.setToolTip("far too many words")
    assert problems(box) == []


def test_words_that_need_more_lines_are_seen(qtbot: QtBot) -> None:
    label = QLabel("words that go over more than one line of it")
    label.setWordWrap(True)
    label.setFixedSize(90, 20)
    assert any("high" in said for said in problems(shown(qtbot, row(label))))


@pytest.mark.parametrize("kind", [QPushButton, QToolButton])
def test_a_cut_button_is_seen(qtbot: QtBot, kind: type[QPushButton | QToolButton]) -> None:
    button = kind()
    button.setText("far too many words")
    button.setFixedSize(30, 24)
    assert len(problems(shown(qtbot, row(button)))) == 1


def test_a_cut_hint_of_a_field_is_seen(qtbot: QtBot) -> None:
    field = QLineEdit()
    field.setPlaceholderText("far too many words")
    field.setFixedWidth(40)
    assert len(problems(shown(qtbot, row(field)))) == 1


def test_two_labels_over_each_other_are_seen(qtbot: QtBot) -> None:
    box = QWidget()
    for x in (10, 30):
        label = QLabel("words", box)
        label.adjustSize()
        label.move(x, 10)
    (said,) = problems(shown(qtbot, box))
    assert "overlap" in said


def test_words_of_rows_tabs_and_menus_are_read(qtbot: QtBot) -> None:
    rows, tabs, menu, choice = QListWidget(), QTabBar(), QMenu(), QComboBox()
    qtbot.addWidget(menu)
    rows.addItem("row")
    tabs.addTab("tab")
    menu.addAction("line")
    choice.addItem("choice")
    box = shown(qtbot, row(rows, tabs, choice), height=200)
    assert box.isVisible()
    assert [words_within(one) for one in (rows, tabs, menu, choice)] == [
        {"row"}, {"tab"}, {"line"}, {"choice"},
    ]  # fmt: skip


def test_a_part_outside_of_its_parent_is_seen(qtbot: QtBot) -> None:
    box = QWidget()
    label = QLabel("words", box)
    label.move(QPoint(380, 10))
    assert any("outside" in said for said in problems(shown(qtbot, box)))


def test_what_fits_is_fine(qtbot: QtBot) -> None:
    box = row(QLabel("words"), QPushButton("a button"), QLineEdit())
    assert problems(shown(qtbot, box)) == []


class Painter(QWidget):
    """Writes words into rooms of its own."""

    def __init__(self, *written: tuple[str, QRect], ink: str = "black") -> None:
        super().__init__()
        self._written = written
        self._ink = QColor(ink)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        # Not the palette's: a test before this one may have put a theme on.
        painter.setPen(self._ink)
        for words, room in self._written:
            painter.drawText(room, Qt.AlignmentFlag.AlignLeft, words)


@pytest.mark.parametrize(
    ("rooms", "wrong"),
    [
        ((QRect(0, 0, 200, 20), QRect(0, 40, 200, 20)), 0),
        ((QRect(0, 0, 20, 20), QRect(0, 40, 200, 20)), 1),
        ((QRect(0, 0, 200, 20), QRect(10, 4, 200, 20)), 1),
    ],
)
def test_painted_words_are_seen(qtbot: QtBot, rooms: tuple[QRect, QRect], wrong: int) -> None:
    box = shown(qtbot, Painter(("many words", rooms[0]), ("and more", rooms[1])))
    with writing() as seen:
        box.grab()
    assert len(seen.problems()) == wrong
    assert seen.words() == {"many words", "and more"}


@pytest.mark.parametrize(("ink", "wrong"), [("#4d5966", 1), ("#9aa5b1", 0)])
def test_faint_words_are_seen(qtbot: QtBot, ink: str, wrong: int) -> None:
    label = QLabel("words on a dark wall")
    label.setStyleSheet(f"color: {ink}; background: #0b0e11;")
    box = shown(qtbot, row(label, Painter(("painted", QRect(0, 0, 90, 20)))))
    box.setStyleSheet("background: #0b0e11;")
    with writing() as seen:
        picture = box.grab()
    found = faint(box, picture, seen.pages)
    assert len([one for one in found if "dark wall" in one]) == wrong
    # Black on the same ground.
    assert len([one for one in found if "painted" in one]) == 1
    assert contrast(QColor("black"), QColor("white")) == pytest.approx(21.0)


def test_a_button_without_a_name_is_seen(qtbot: QtBot) -> None:
    button = QToolButton()
    box = shown(qtbot, row(button))
    assert len(nameless(box)) == 1
    button.setAccessibleName("Close")
    assert nameless(box) == []


@pytest.mark.parametrize("proxy", [False, True])
def test_what_tab_does_not_reach_is_seen(qtbot: QtBot, *, proxy: bool) -> None:
    box = QWidget()
    column = QVBoxLayout(box)
    page = row(first := QPushButton("first"), last := QPushButton("last"))
    for part in (QPushButton("above"), page):
        column.addWidget(part)
    if proxy:
        # What Qt offers for the same makes the rest of the page unreachable.
        page.setFocusProxy(last)
    else:
        FocusFirst(page, last)
    shown(qtbot, box)
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    page.setFocus()
    assert last.hasFocus()
    lost = [f"QPushButton {first.text()!r} is not reached by Tab"]
    assert out_of_reach(box) == (lost if proxy else [])


def test_a_control_that_does_not_show_the_keyboard_is_seen(qtbot: QtBot) -> None:
    plain, ringed = QPushButton("plain"), QPushButton("ringed")
    plain.setStyleSheet("QPushButton { border: none; }")
    ringed.setStyleSheet("QPushButton:focus { border: 1px solid blue; }")
    box = shown(qtbot, row(plain, ringed))
    box.activateWindow()
    qtbot.waitUntil(box.isActiveWindow)
    assert unlit(box) == ["QPushButton 'plain' does not show that it has the keyboard"]


def test_a_field_that_does_not_compose_is_seen(qtbot: QtBot) -> None:
    field = QLineEdit("before")
    box = shown(qtbot, row(field))
    assert deaf(box) == []
    assert field.text() == "before"
    field.setMaxLength(1)
    assert len(deaf(box)) == 1
    compose(field, "", "")


def test_words_nobody_translated_are_seen() -> None:
    assert untold("Settings", Tongue.KO)
    assert untold("Settings", Tongue.STRETCHED)
    assert untold("설정", Tongue.EN)
    assert not untold("설정", Tongue.KO)
    assert not untold("김관제 · Camera 1", Tongue.EN)
    assert not untold(stretched("Settings"), Tongue.STRETCHED)
    assert not untold("Ctrl+S", Tongue.KO)
    # Beside data, with a value in it, and the names of what both languages have words for.
    assert untold("월배로 · Settings", Tongue.KO)
    assert untold("Cameras chosen: 12", Tongue.KO)
    assert untold("analytics: loitering\n월배로", Tongue.KO)
    assert untold("월배로 · 선별관제: 배회", Tongue.EN)
    assert untold("카메라", Tongue.EN)
    assert not untold("월배로 · 두 사람이 다투고 있…", Tongue.EN)
    assert stretched("Masks · {camera}") == "[Màsks · {camera}····]"
