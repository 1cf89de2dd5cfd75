"""Who, where and when in the picture; still read from a photograph of the screen."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtCore import QByteArray, QPointF, Qt
from PySide6.QtGui import QImage, QImageWriter, QPolygonF, QTransform

from tests.fakes.wall_site import WallSite, colour_at, grabbed
from ui.wall.view import WallView
from ui.wall.watermark import Watermark

TEXT = "Dalseo Police  Park  police7  2026-11-26 19:14"
GREY = (90, 120, 90)


@pytest.fixture
def view(site: WallSite) -> WallView:
    made = site.view()
    for index in range(3):
        site.feed(index, GREY)
    site.passes(0.0)
    return made


def changed(before: QImage, after: QImage, left: int, top: int) -> int:
    """Pixels of a tile of 320×180 that the text has changed."""
    return sum(
        colour_at(before, x, y) != colour_at(after, x, y)
        for x in range(left, left + 320, 2)
        for y in range(top, top + 150, 2)
    )


def test_every_picture_carries_it_and_no_empty_tile(site: WallSite, view: WallView) -> None:
    before = grabbed(view)
    site.services.watermark.text = TEXT
    view.update()
    after = grabbed(view)
    for column in range(3):
        assert changed(before, after, 320 * column, 0) > 300
    assert changed(before, after, 0, 360) == 0
    site.services.watermark.text = ""
    view.update()
    assert grabbed(view) == before


def test_what_is_drawn_once_is_kept_for_the_minute() -> None:
    mark = Watermark()
    assert mark._line(320, 180) is None
    mark.text = TEXT
    first = mark._line(320, 180)
    assert first is not None
    assert mark._line(320, 180) is first
    assert first.width() <= 320 * 0.94 + 8
    wide = mark._line(1280, 720)
    assert wide is not None
    assert wide.height() > first.height()
    for size in range(20):
        mark._line(400 + size, 200)
    assert len(mark._made) <= 16


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_it_is_read_from_a_photograph_of_the_screen(
    site: WallSite, view: WallView, tmp_path: Path
) -> None:
    """A fixed perspective, then JPEG at quality 60: as a telephone would take it."""
    rows, columns = np.mgrid[0:720, 0:1280] // 8
    street = ((columns * 37 + rows * 101) % 60 + 60).astype(np.uint8)
    pixels = np.ascontiguousarray(np.dstack([street, street, street, np.full_like(street, 255)]))
    view.resize(1280, 720)
    view.enlarge(0)
    site.services.watermark.text = TEXT
    site.shows(0, pixels)
    site.passes(0.0)
    view.update()
    warped = photographed(grabbed(view))
    path = tmp_path / "photo.jpg"
    writer = QImageWriter(str(path), QByteArray(b"jpeg"))
    writer.setQuality(60)
    assert writer.write(warped)
    done = subprocess.run(
        ["tesseract", str(path), "-", "--psm", "11"], capture_output=True, text=True, check=True
    )
    for word in ("police7", "2026-11-26", "19:14"):
        assert word in done.stdout, done.stdout


def photographed(image: QImage) -> QImage:
    """From the side and slightly above."""
    width, height = image.width(), image.height()
    whole = [QPointF(0, 0), QPointF(width, 0), QPointF(width, height), QPointF(0, height)]
    seen = [
        QPointF(width * 0.06, height * 0.05), QPointF(width * 0.97, 0),
        QPointF(width * 0.94, height), QPointF(0, height * 0.93),
    ]  # fmt: skip
    warp = QTransform.quadToQuad(QPolygonF(whole), QPolygonF(seen))
    assert isinstance(warp, QTransform)
    return image.transformed(warp, Qt.TransformationMode.SmoothTransformation)
