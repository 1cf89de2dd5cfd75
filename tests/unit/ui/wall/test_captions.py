from __future__ import annotations

import pytest
from PySide6.QtGui import QPixmap

from ui.theme import Theme
from ui.wall.badges import BadgeMaker
from ui.wall.captions import Labels

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def labels() -> Labels:
    return BadgeMaker(Theme()).labels


def ink(pixmap: QPixmap, left: int, right: int) -> int:
    """How many bright pixels there are between two columns."""
    image = pixmap.toImage()
    return sum(
        image.pixelColor(x, y).lightness() > 150 and image.pixelColor(x, y).alpha() > 150
        for x in range(left, min(right, image.width()))
        for y in range(image.height())
    )


def test_a_caption_is_as_wide_as_its_tile_in_device_pixels(labels: Labels) -> None:
    assert labels.caption(320, "1417", "Crossing", "").width() == 320
    labels.ratio = 2.0
    large = labels.caption(640, "1417", "Crossing", "")
    assert (large.width(), large.height()) == (640, labels.caption_height)


def test_number_and_name_are_left_and_the_corner_is_right(labels: Labels) -> None:
    plain = labels.caption(320, "1417", "Crossing", "")
    with_corner = labels.caption(320, "1417", "Crossing", "Main")
    assert ink(plain, 0, 120) > 100
    assert ink(plain, 260, 320) == 0
    assert ink(with_corner, 260, 320) > 20


def test_a_long_name_leaves_room_for_the_corner(labels: Labels) -> None:
    crowded = labels.caption(240, "1417", "A very long name " * 5, "Key frames")
    gap_free = [x for x in range(160, 240) if ink(crowded, x, x + 1)]
    assert gap_free
    assert max(gap_free) < 240 - 4


def test_a_message_wraps_in_a_narrow_tile(labels: Labels) -> None:
    words = ("No connection", "The certificate could not be verified by anyone at all")
    wide = labels.message(*words, "text", (600, 300))
    narrow = labels.message(*words, "text", (180, 300))
    assert narrow.width() <= 180
    assert narrow.height() > wide.height()


def test_a_badge_is_no_wider_than_its_tile(labels: Labels) -> None:
    assert labels.badge("Same picture repeating? · 12 s", "normal", 80).width() <= 80


def test_details_keep_to_their_room(labels: Labels) -> None:
    rows = tuple((f"Name {n}", "value " * 10) for n in range(20))
    box = labels.rows(rows, (200, 120))
    assert box.width() <= 200
    assert box.height() <= 120
