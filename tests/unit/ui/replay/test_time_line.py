from __future__ import annotations

from datetime import UTC, datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ui.replay.time_line import TimeLine, ticks
from ui.theme import Theme

BEGAN = datetime(2026, 11, 22, 14, 7, 3, 500_000, tzinfo=UTC)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def line(qtbot: QtBot, theme: Theme) -> TimeLine:
    made = TimeLine(theme)
    qtbot.addWidget(made)
    made.resize(624, 44)
    made.render_clip(BEGAN, 60.0, 0.0)
    return made


@pytest.mark.parametrize(("width", "step"), [(1200.0, 5), (600.0, 10), (300.0, 30)])
def test_ticks_stand_at_even_times_and_can_be_read(width: float, step: int) -> None:
    found = list(ticks(BEGAN, 60.0, width))
    assert all(moment.second % step == 0 and moment.microsecond == 0 for _, moment in found)
    apart = [(b - a) * width / 60 for (a, _), (b, _) in pairwise(found)]
    assert min(apart) >= 84


def test_no_clip_has_no_ticks() -> None:
    assert list(ticks(BEGAN, 0.0, 600.0)) == []
    assert list(ticks(BEGAN, 60.0, 0.0)) == []


def test_pointing_seeks(qtbot: QtBot, line: TimeLine) -> None:
    sought: list[float] = []
    line.sought.connect(sought.append)
    QTest.mousePress(line, LEFT, pos=QPoint(312, 12))
    QTest.mouseMove(line, QPoint(462, 12))
    QTest.mouseRelease(line, LEFT, pos=QPoint(9999, 12))
    assert sought == pytest.approx([30.0, 45.0])


def test_the_head_stays_under_the_pointer_while_it_is_dragged(line: TimeLine) -> None:
    QTest.mousePress(line, LEFT, pos=QPoint(312, 12))
    line.render_clip(BEGAN, 60.0, 3.0)
    assert line.position == pytest.approx(30.0)
    QTest.mouseRelease(line, LEFT, pos=QPoint(312, 12))
    line.render_clip(BEGAN, 60.0, 3.0)
    assert line.position == 3.0


def test_beyond_the_ends_is_the_end(line: TimeLine) -> None:
    sought: list[float] = []
    line.sought.connect(sought.append)
    QTest.mousePress(line, LEFT, pos=QPoint(0, 12))
    QTest.mouseMove(line, QPoint(623, 12))
    assert sought == [0.0, 60.0]


def test_without_a_clip_there_is_nothing_to_point_at(line: TimeLine) -> None:
    sought: list[float] = []
    line.sought.connect(sought.append)
    line.render_clip(None, 0.0, 0.0)
    QTest.mouseClick(line, LEFT, pos=QPoint(312, 12))
    assert sought == []


def test_the_moment_under_the_pointer_is_told(line: TimeLine) -> None:
    line.show()
    QTest.mouseMove(line, QPoint(312, 12))
    assert line.toolTip().endswith(":33")


def test_what_was_played_is_marked(line: TimeLine, theme: Theme) -> None:
    line.render_clip(BEGAN, 60.0, 30.0)
    picture = line.grab().toImage()
    assert picture.pixelColor(100, 12) == theme.color("normal")
    assert picture.pixelColor(500, 12) == theme.color("control")
    assert picture.pixelColor(round(line.x_of(30.0)), 12) == theme.color("text")
