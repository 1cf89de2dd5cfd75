"""What our own painters write, caught as they write it: words out of their box or over others."""

from __future__ import annotations

import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import combinations
from typing import Any

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QTextOption
from PySide6.QtWidgets import QWidget

# Beside and above the letters a font keeps room that may be shared with the neighbour.
_SLACK = 2.0
_SHARED = 0.3


@dataclass(frozen=True, slots=True)
class Written:
    """`room`: what it was written into, None for a mere point; both in pixels of what is painted
    on. `pixels`: height of the font in those of the painter. `ink`: its colour. `on_window`: the
    box in the pixels of the window's picture; None for what is painted into a picture of its own.
    """

    words: str
    box: QRectF
    room: QRectF | None
    pixels: int
    ink: QColor
    on_window: QRectF | None = None

    @property
    def spills(self) -> bool:
        if self.room is None:
            return False
        grown = self.room.adjusted(-_SLACK, -_SLACK, _SLACK, _SLACK)
        return self.box.left() < grown.left() or self.box.right() > grown.right()


@dataclass
class Seen:
    """Of every painter, in the order of its beginning."""

    pages: list[list[Written]] = field(default_factory=list)

    def problems(self) -> list[str]:
        found = []
        for page in self.pages:
            found += [f"{one.words!r} is wider than its room" for one in page if one.spills]
            # Figures of marks on a map stand where the cameras are.
            said = [one for one in page if not one.words.isdigit()]
            for one, other in combinations(said, 2):
                if one.words != other.words and _over(one.box, other.box):
                    found.append(f"{one.words!r} and {other.words!r} are over each other")
        return sorted(set(found))

    def words(self) -> set[str]:
        return {one.words for page in self.pages for one in page}


def _over(one: QRectF, other: QRectF) -> bool:
    common = one.intersected(other)
    low = min(one.height(), other.height())
    return common.width() > _SLACK and common.height() > low * _SHARED


@contextmanager
def writing() -> Iterator[Seen]:
    """Everything that Python code writes with a QPainter meanwhile."""
    seen, original = Seen(), QPainter.drawText
    pages: dict[int, tuple[weakref.ref[QPainter], list[Written]]] = {}

    def page_of(painter: QPainter) -> list[Written]:
        known = pages.get(id(painter))
        if known is None or known[0]() is not painter:
            page: list[Written] = []
            pages[id(painter)] = (weakref.ref(painter), page)
            seen.pages.append(page)
            return page
        return known[1]

    def draw(painter: QPainter, *args: Any) -> Any:
        if (written := _written(painter, *args)) is not None:
            page_of(painter).append(written)
        return original(painter, *args)

    setattr(QPainter, "drawText", draw)  # noqa: B010 - mypy refuses to assign to a method
    try:
        yield seen
    finally:
        setattr(QPainter, "drawText", original)  # noqa: B010


def _written(painter: QPainter, *args: Any) -> Written | None:
    metrics = QFontMetricsF(painter.font())
    words = next((one for one in args if isinstance(one, str)), "")
    if not words.strip():
        return None
    match args:
        case (QPoint() | QPointF() as at, *_):
            box, room = _at(metrics, QPointF(at), words), None
        case (int(), int(), int(), int(), flags, *_):
            room = QRectF(*args[:4])
            box = metrics.boundingRect(room, _flags(flags), words)
        case (int() | float() as x, int() | float() as y, *_):
            box, room = _at(metrics, QPointF(x, y), words), None
        case (QRect() | QRectF() as given, second, *_):
            room = QRectF(given)
            flags = second if not isinstance(second, str) else args[-1]
            box = metrics.boundingRect(room, _flags(flags), words)
        case _:
            return None
    move = painter.combinedTransform()
    whole = move.mapRect(room) if room is not None else None
    over = painter.deviceTransform().mapRect(box) if isinstance(painter.device(), QWidget) else None
    pixels, ink = painter.font().pixelSize(), painter.pen().color()
    return Written(words, move.mapRect(box), whole, pixels, ink, over)


def _at(metrics: QFontMetricsF, at: QPointF, words: str) -> QRectF:
    top = at.y() - metrics.ascent()
    return QRectF(at.x(), top, metrics.horizontalAdvance(words), metrics.height())


def _flags(given: Any) -> int:
    if isinstance(given, QTextOption):
        wraps = given.wrapMode() is not QTextOption.WrapMode.NoWrap
        return given.alignment().value | (Qt.TextFlag.TextWordWrap.value if wraps else 0)
    if isinstance(given, int):
        return given
    return int(getattr(given, "value", 0))
