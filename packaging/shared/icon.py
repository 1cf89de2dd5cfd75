"""The icon: four tiles, one of them lit, drawn here."""

from __future__ import annotations

import os
import struct

SIZES = (16, 24, 32, 48, 64, 256)


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
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, Qt
    from PySide6.QtGui import QColor, QImage, QPainter

    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#10151b"))
    painter.drawRoundedRect(QRectF(0, 0, size, size), size * 0.18, size * 0.18)
    edge, gap = size * 0.30, size * 0.08
    start = (size - 2 * edge - gap) / 2
    for number in range(4):
        x, y = (start + (edge + gap) * part for part in (number % 2, number // 2))
        painter.setBrush(QColor("#5aa2ff" if number == 0 else "#3a4653"))
        painter.drawRoundedRect(QRectF(x, y, edge, edge), size * 0.05, size * 0.05)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stub wants bytes, Qt a str
    return bytes(data.data())
