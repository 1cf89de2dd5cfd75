"""What is really on the screen, pixel by pixel."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication
from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.domain.stream import Fault, Phase, StreamStatus
from app.domain.text import Text
from app.domain.tile import TileTruth
from app.domain.wall import MAIN_WINDOW, cleared, put
from tests.fakes.engine import plain, playing
from tests.fakes.wall_site import (
    BLUE,
    GREEN,
    HEIGHT,
    RED,
    WIDTH,
    WallSite,
    centre,
    colour_at,
    grabbed,
    inside,
)
from ui.wall.keepsakes import LIGHT, Keepsakes
from ui.wall.surface import Surface
from ui.wall.view import WallView

MakeSite = Callable[..., WallSite]
LABEL = Text("바꾸기", "change")


def on_screen(view: WallView, x: int, y: int) -> tuple[int, int, int]:
    """What was flushed to the screen, without asking for a painting."""
    return colour_at(view.screen().grabWindow(view.winId()).toImage(), x, y)


def is_dim_grey(found: tuple[int, int, int], colour: tuple[int, int, int]) -> bool:
    """Neutral, and between the darkest and the lightest part of the colour at 45 %."""
    neutral = max(found) - min(found) <= 1
    return neutral and min(colour) * LIGHT < found[0] < max(colour) * LIGHT * 0.8


def test_every_camera_is_on_its_tile(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    colours = [(10 + 15 * index, 250 - 15 * index, 128) for index in range(16)]
    for index, colour in enumerate(colours):
        site.feed(index, colour)
    view.stage.poll()
    image = grabbed(view)
    assert [colour_at(image, *centre(index)) for index in range(16)] == colours


def test_a_picture_of_the_right_size_is_copied_to_the_pixel(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    noise = np.random.default_rng(1).integers(0, 256, (180, 320, 4), np.uint8)
    site.shows(5, noise)
    view.stage.poll()
    image = grabbed(view)
    left, top = inside(5, 0, 0)
    for x, y in ((0, 0), (319, 0), (160, 90), (17, 101), (319, 140)):
        blue, green, red, _ = noise[y, x]
        assert colour_at(image, left + x, top + y) == (red, green, blue)


def test_only_what_has_changed_is_painted(site: WallSite, qtbot: QtBot) -> None:
    site.view()
    for index in range(16):
        site.feed(index, RED)
    qtbot.waitUntil(lambda: len(site.seen.pictures) == 16)
    site.seen.pictures.clear()
    site.feed(3, BLUE)
    site.feed(12, BLUE)
    qtbot.waitUntil(lambda: len(site.seen.pictures) >= 2)
    QCoreApplication.processEvents()
    assert sorted(site.seen.pictures) == [(CameraId("c12"), 2), (CameraId("c3"), 2)]


def test_no_picture_is_lost_while_painting_waits(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    view.setUpdatesEnabled(False)
    for index in range(16):
        site.feed(index, RED)
        view.stage.poll()
    QCoreApplication.processEvents()
    assert site.seen.pictures == []
    view.setUpdatesEnabled(True)
    qtbot.waitUntil(lambda: len(site.seen.pictures) == 16)


def test_a_picture_is_counted_once_however_often_it_is_painted(
    site: WallSite, qtbot: QtBot
) -> None:
    view = site.view()
    site.feed(0, RED)
    view.stage.poll()
    for _ in range(3):
        grabbed(view)
    assert site.seen.pictures == [(CameraId("c0"), 1)]


def test_an_old_picture_is_grey_and_dim_and_never_as_new(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    site.feed(5, RED)
    site.feed(6, RED)
    view.stage.poll()
    assert colour_at(grabbed(view), *centre(5)) == RED
    site.clock.at += 14.0
    site.feed(6, RED)
    site.engine.ages[CameraId("c5")] = 14.0
    site.streams.tick(0.0)
    image = grabbed(view)
    assert is_dim_grey(colour_at(image, *inside(5, 20, 20)), RED)
    assert colour_at(image, *inside(6, 20, 20)) == RED


def test_its_words_say_the_age_in_amber(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    site.feed(5, (0, 0, 0))
    view.stage.poll()
    site.passes(14.0)
    look = view.stage.panes.everything[5].look
    assert look is not None
    assert look.age == 14
    amber = view._services.theme.on_wall("normal")
    image = grabbed(view)
    x, y = inside(5, 0, 0)
    found = [
        colour_at(image, x + across, y + down) for across in range(320) for down in range(40, 120)
    ]
    assert (amber.red(), amber.green(), amber.blue()) in found


def test_a_new_picture_is_in_colour_at_once(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    site.feed(5, RED)
    view.stage.poll()
    site.passes(14.0)
    site.feed(5, GREEN)
    view.stage.poll()
    assert colour_at(grabbed(view), *centre(5)) == GREEN


def test_the_last_picture_outlives_its_stream(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    camera = CameraId("c5")
    site.feed(5, RED)
    view.stage.poll()
    view.stage.second()
    site.clock.at += 3.0
    site.engine.forgets(camera)
    site.engine.says(StreamStatus(camera, Phase.WAITING, fault=Fault.DECODER_DIED, attempt=1))
    image = grabbed(view)
    assert is_dim_grey(colour_at(image, *inside(5, 20, 20)), RED)
    look = view.stage.panes.everything[5].look
    assert look is not None
    assert look.age == 3


def test_another_camera_never_inherits_a_picture(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    site.feed(5, RED)
    view.stage.poll()
    view.show_cameras([CameraId("c20")], 5)
    assert colour_at(grabbed(view), *inside(5, 20, 20)) == (0, 0, 0)


def test_without_any_picture_a_tile_is_black_with_words(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    camera = CameraId("c7")
    site.engine.says(StreamStatus(camera, Phase.WAITING, fault=Fault.UNAUTHORISED))
    image = grabbed(view)
    assert colour_at(image, *inside(7, 20, 20)) == (0, 0, 0)
    x, y = inside(7, 0, 0)
    brightest = max(
        colour_at(image, x + across, y + 60 + down) for across in range(320) for down in range(40)
    )
    assert min(brightest) > 200


def test_a_suspected_encoder_keeps_its_colours_under_a_badge(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    camera = CameraId("c5")
    site.feed(5, RED)
    view.stage.poll()
    site.engine.says(replace(playing(camera), same_picture=12.0))
    image = grabbed(view)
    assert colour_at(image, *centre(5)) == RED
    assert colour_at(image, *inside(5, 12, 12)) != RED


def test_a_caption_darkens_the_lower_edge(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    site.feed(5, (255, 255, 255))
    view.stage.poll()
    image = grabbed(view)
    assert max(colour_at(image, *inside(5, 310, 178))) < 90
    assert colour_at(image, *inside(5, 310, 150)) == (255, 255, 255)


def test_bars_around_a_narrow_picture_are_black(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    site.feed(5, (255, 255, 255), (240, 180))
    view.stage.poll()
    image = grabbed(view)
    assert colour_at(image, *inside(5, 20, 90)) == (0, 0, 0)
    assert colour_at(image, *inside(5, 300, 90)) == (0, 0, 0)
    assert colour_at(image, *inside(5, 41, 90)) == (255, 255, 255)


def test_bars_cover_what_was_there_before(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    site.feed(5, (255, 255, 255))
    qtbot.waitUntil(lambda: on_screen(view, *inside(5, 20, 90)) == (255, 255, 255))
    site.feed(5, RED, (240, 180))
    qtbot.waitUntil(lambda: on_screen(view, *inside(5, 160, 90)) == RED)
    assert on_screen(view, *inside(5, 20, 90)) == (0, 0, 0)
    assert on_screen(view, *inside(5, 300, 90)) == (0, 0, 0)


def test_a_dead_tile_is_not_looked_at_at_every_poll(
    site: WallSite, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = site.view()
    site.feed(5, RED)
    site.engine.says(StreamStatus(CameraId("c5"), Phase.WAITING, fault=Fault.UNAUTHORISED))
    view.stage.poll()
    looked: list[CameraId] = []
    truth = site.streams.truth

    def counted(camera: CameraId) -> TileTruth:
        looked.append(camera)
        return truth(camera)

    monkeypatch.setattr(site.streams, "truth", counted)
    for _ in range(5):
        view.stage.poll()
    assert looked == []
    site.feed(5, GREEN)
    view.stage.poll()
    assert looked == ["c5"]


def test_a_picture_of_another_size_is_scaled_for_the_moment(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    site.feed(5, RED, (160, 90))
    view.stage.poll()
    image = grabbed(view)
    for x, y in ((2, 2), (317, 2), (160, 90)):
        assert colour_at(image, *inside(5, x, y)) == RED


def test_between_the_tiles_it_is_black(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    for index in range(16):
        site.feed(index, (255, 255, 255))
    view.stage.poll()
    image = grabbed(view)
    assert colour_at(image, 320, 90) == (0, 0, 0)
    assert colour_at(image, 321, 300) == (0, 0, 0)
    assert (image.width(), image.height()) == (WIDTH, HEIGHT)


def test_an_empty_wall_says_what_to_do(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    site.walls.apply(MAIN_WINDOW, cleared(site.wall), LABEL)
    image = grabbed(view)
    bright = sum(
        min(colour_at(image, x, HEIGHT // 2 + y)) > 120
        for x in range(WIDTH // 2 - 200, WIDTH // 2 + 200)
        for y in range(-30, 30)
    )
    assert bright > 200
    site.walls.apply(MAIN_WINDOW, put(site.wall, 0, None), LABEL)


def test_keepsakes_are_copies(site: WallSite, qtbot: QtBot) -> None:
    site.view()
    kept = Keepsakes(site.engine, site.services.theme.on_wall("wall"))
    camera = CameraId("c0")
    assert kept.arrived(camera) is None
    assert kept.grey(camera, 10, 10) is None
    site.feed(0, RED)
    kept.keep(camera)
    site.engine.forgets(camera)
    kept.keep(camera)
    assert kept.size(camera) == (320, 180)
    assert kept.arrived(camera) == site.clock.at
    kept.forget_others([])
    assert kept.arrived(camera) is None


def test_the_surface_reports_the_first_picture(site: WallSite, qtbot: QtBot) -> None:
    view = site.view()
    assert isinstance(view.stage.surface, Surface)
    site.clock.at += 0.4
    site.shows(2, plain(*GREEN, 320, 180))
    qtbot.waitUntil(lambda: bool(site.seen.openings))
    ((camera, seconds),) = site.seen.openings
    assert camera == "c2"
    assert seconds == pytest.approx(0.4)
    site.clock.at += 0.1
    site.feed(2, RED)
    qtbot.waitUntil(lambda: len(site.seen.pictures) == 2)
    assert len(site.seen.openings) == 1
