from __future__ import annotations

from PySide6.QtGui import QColor
from pytestqt.qtbot import QtBot

from app.domain.figures import Sample
from app.domain.text import Text
from tests.fakes.clock import HandClock
from ui.shell.loading_strip import LoadingStrip
from ui.shell.status_line import HEIGHT, StatusLine
from ui.shell.status_words import StatusState, parts
from ui.theme import Theme

SAMPLE = Sample(1.0, busy=0.412, tiles=16, tiles_live=15, latency_p95=0.183, age_p95=0.07)


def said(state: StatusState) -> list[str]:
    return [f"{part.name} {part.value}".strip() for part in parts(state)]


def test_it_says_what_there_is() -> None:
    assert said(StatusState(SAMPLE, "list.csv")) == [
        "No hub list.csv",
        "Pictures 15/16",
        "Delay 0.18 s",
        "CPU 41%",
    ]


def test_without_a_clock_in_the_source_it_gives_the_age() -> None:
    sample = Sample(1.0, age_p95=0.07)
    assert "Age 0.07 s" in said(StatusState(sample))
    assert not [
        word for word in said(StatusState(Sample(1.0))) if word.startswith(("Age", "Delay"))
    ]


def test_before_the_first_figures_there_are_none() -> None:
    assert said(StatusState(None, "list.csv")) == ["No hub list.csv"]


def test_a_store_that_does_not_save_is_said() -> None:
    assert "Nothing is saved" in said(StatusState(None, saving=False))


def test_operator_and_clock_stand_on_the_right(qtbot: QtBot) -> None:
    line = StatusLine(Theme(), HandClock())
    qtbot.addWidget(line)
    line.resize(900, HEIGHT)
    line.render_state(StatusState(SAMPLE, "list.csv", "Kim"))
    line.show()
    qtbot.waitExposed(line)
    assert "Kim" in line.words()
    assert line.height() == HEIGHT
    image = line.grab().toImage()
    text = Theme().color("text")
    right = [QColor(image.pixel(x, y)) for x in range(700, 890) for y in range(4, 24)]
    assert any(abs(color.lightness() - text.lightness()) < 12 for color in right)


def test_the_clock_turns_with_the_second(qtbot: QtBot) -> None:
    clock = HandClock(5000.75)
    line = StatusLine(Theme(), clock)
    qtbot.addWidget(line)
    line.show()
    assert line._second.interval() == 250
    line.hide()
    assert not line._second.isActive()


def test_a_narrow_window_drops_whole_parts_only(qtbot: QtBot) -> None:
    line = StatusLine(Theme(), HandClock())
    qtbot.addWidget(line)
    line.resize(330, HEIGHT)
    line.render_state(StatusState(SAMPLE, "a list with a long name.csv", "Kim"))
    assert not line.grab().isNull()


def test_preparation_is_shown_while_it_lasts(qtbot: QtBot) -> None:
    strip = LoadingStrip()
    qtbot.addWidget(strip)
    strip.show_progress((Text("준비", "Preparing"), 0.4))
    assert strip.isVisible()
    assert (strip.label.text(), strip.bar.value()) == ("Preparing", 400)
    strip.show_progress((Text("준비", "Preparing"), 1.0))
    assert not strip.isVisible()
    strip.done()
