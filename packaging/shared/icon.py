"""The icon (four tiles, one of them lit) and the installer's side, drawn here."""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from typing import Any, Final

SIZES: Final = (16, 24, 32, 48, 64, 256)
_GROUND, _TILE, _LIT = "#10151b", "#3a4653", "#5aa2ff"
# What NSIS wants beside its first page.
_SIDE: Final = (164, 314)
_LIT_TILE: Final = 4


def ico() -> bytes:
    """For Windows: every size as a PNG (Windows Vista and later)."""
    pictures = [png(size) for size in SIZES]
    head = struct.pack("<HHH", 0, 1, len(pictures))
    at = len(head) + 16 * len(pictures)
    entries = b""
    for size, picture in zip(SIZES, pictures, strict=True):
        edge = size % 256
        entries += struct.pack("<BBBBHHII", edge, edge, 0, 0, 1, 32, len(picture), at)
        at += len(picture)
    return head + entries + b"".join(pictures)


def png(size: int) -> bytes:
    def paint(painter: Any) -> None:
        painter.setBrush(_colour(_GROUND))
        painter.drawRoundedRect(_square(0, 0, size), size * 0.18, size * 0.18)
        edge, gap = size * 0.30, size * 0.08
        start = (size - 2 * edge - gap) / 2
        for number in range(4):
            x, y = (start + (edge + gap) * part for part in (number % 2, number // 2))
            painter.setBrush(_colour(_LIT if number == 0 else _TILE))
            painter.drawRoundedRect(_square(x, y, edge), size * 0.05, size * 0.05)

    return _painted(size, size, "PNG", paint)


def side_bmp() -> bytes:
    """The picture beside the installer's first page: a wall in the dark, one tile of it lit."""

    def paint(painter: Any) -> None:
        painter.fillRect(0, 0, *_SIDE, _colour(_GROUND))
        edge, gap, left, top = 38, 6, 19, 157
        for number in range(9):
            x, y = (edge + gap) * (number % 3), (edge + gap) * (number // 3)
            painter.setBrush(_colour(_LIT if number == _LIT_TILE else _TILE))
            painter.drawRoundedRect(_square(left + x, top + y, edge), 3, 3)

    return _painted(*_SIDE, "BMP", paint)


def _painted(width: int, height: int, kind: str, paint: Callable[[Any], None]) -> bytes:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
    from PySide6.QtGui import QImage, QPainter

    formats = {"PNG": QImage.Format.Format_ARGB32, "BMP": QImage.Format.Format_RGB888}
    image = QImage(width, height, formats[kind])
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    paint(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, kind)  # type: ignore[call-overload] # the stub wants bytes, Qt a str
    return bytes(data.data())


def _square(x: float, y: float, edge: float) -> Any:
    from PySide6.QtCore import QRectF

    return QRectF(x, y, edge, edge)


def _colour(name: str) -> Any:
    from PySide6.QtGui import QColor

    return QColor(name)
