from __future__ import annotations

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QImage, QPainter

from ui.cameras import marks
from ui.cameras.marks import Mark, Shape
from ui.theme import Theme


@pytest.mark.parametrize("shape", list(Shape))
def test_every_shape_is_painted_in_its_colour_around_the_place(qapp: object, shape: Shape) -> None:
    theme = Theme()
    picture = QImage(40, 40, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    marks.paint(painter, theme, Mark(shape, "fine"), QPointF(20, 20))
    painter.end()
    inked = [(x, y) for x in range(40) for y in range(40) if picture.pixelColor(x, y).alpha() > 200]
    assert inked
    assert all(14 <= x <= 26 and 14 <= y <= 26 for x, y in inked)
    x, y = inked[-len(inked) // 4]
    assert abs(picture.pixelColor(x, y).green() - theme.color("fine").green()) < 20
    middle = picture.pixelColor(20, 20).alpha()
    assert (middle == 0) is (shape is Shape.RING)
