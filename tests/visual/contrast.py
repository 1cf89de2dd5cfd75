"""Words that stand out too little from what is behind them, on any screen of either theme."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np
from PySide6.QtCore import QPoint, QRect, QRectF
from PySide6.QtGui import QColor, QImage, QPixmap
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from tests.visual.fit import name_of, shown, words_of
from tests.visual.painted import Written

# WCAG 2.2, 1.4.3: of words, and of those of 24 pixels or more.
LEAST, LEAST_LARGE, LARGE_PIXELS = 4.5, 3.0, 24
# Words on a picture have no one ground: of which this share at least is one colour.
_GROUND = 0.35
# How far a pixel may be from the colour that was asked for, in each of red, green and blue.
_NEAR = 24


def luminance(color: QColor) -> float:
    """Relative luminance of WCAG 2.2, 0 to 1."""
    red, green, blue = map(_linear, _parts(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: QColor, other: QColor) -> float:
    """1 for the same colour to 21 for black on white."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _parts(color: QColor) -> tuple[float, float, float]:
    return color.redF(), color.greenF(), color.blueF()


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def faint(window: QWidget, picture: QPixmap, pages: list[list[Written]]) -> list[str]:
    """`picture`: of the window. `pages`: what its painters wrote while it was taken."""
    image = picture.toImage().convertToFormat(QImage.Format.Format_RGB32)
    found = []
    for words, ink, box, pixels in [*_laid(window, image.devicePixelRatio()), *_painted(pages)]:
        ground = _ground(image, box, ink)
        least = LEAST_LARGE if pixels >= LARGE_PIXELS else LEAST
        if ground is not None and (seen := contrast(_over(ink, ground), ground)) < least:
            found.append(f"{words} {ink.name()} on {ground.name()}: a contrast of {seen:.2f}")
    return sorted(set(found))


_Words = tuple[str, QColor, QRect, int]


def _laid(window: QWidget, ratio: float) -> Iterator[_Words]:
    """Labels and hints of fields. What is switched off may be faint (WCAG 1.4.3)."""
    for part in shown(window):
        if not isinstance(part, QLabel | QLineEdit) or not part.isEnabled() or not words_of(part):
            continue
        palette = part.palette()
        empty = isinstance(part, QLineEdit) and not part.text()
        if isinstance(part, QLineEdit) and not empty:
            continue
        ink = palette.placeholderText().color() if empty else palette.windowText().color()
        at = part.mapTo(window, QPoint(0, 0))
        box = QRectF(at.x() * ratio, at.y() * ratio, part.width() * ratio, part.height() * ratio)
        yield name_of(part), ink, box.toRect(), part.font().pixelSize()


def _painted(pages: list[list[Written]]) -> Iterator[_Words]:
    """Without the figures of marks on a map, which stand where the cameras are."""
    for one in (one for page in pages for one in page if not one.words.isdigit()):
        if one.on_window is not None:
            yield repr(one.words), one.ink, one.on_window.toRect(), one.pixels


def _over(ink: QColor, ground: QColor) -> QColor:
    """What is seen of a colour that lets the ground through, as hints of fields do."""
    share = ink.alphaF()
    parts = zip(_parts(ink), _parts(ground), strict=True)
    return QColor.fromRgbF(*(share * one + (1 - share) * other for one, other in parts))


def _ground(image: QImage, box: QRect, ink: QColor) -> QColor | None:
    """The colour that most of the box has; None where there is none or the words are not seen."""
    inside = box.intersected(image.rect())
    if inside.isEmpty():
        return None
    part = image.copy(inside)
    pixels = np.frombuffer(part.constBits(), np.uint32).reshape(part.height(), -1)
    colors = Counter((pixels & 0xFFFFFF).ravel().tolist())
    ground, count = colors.most_common(1)[0]
    if count < _GROUND * colors.total():
        return None
    shown = _over(ink, QColor.fromRgb(ground))
    wanted = np.array([shown.red(), shown.green(), shown.blue()])
    seen = np.array([[one >> 16, one >> 8 & 255, one & 255] for one in colors])
    written = bool((np.abs(seen - wanted).max(axis=1) <= _NEAR).any())
    return QColor.fromRgb(ground) if written else None
