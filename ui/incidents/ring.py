"""The ring that counts a golden time down, and turns when it is broken."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPen

from app.domain.incident_steps import Golden
from ui.theme import Theme, Type

RING: Final = 40
_STROKE: Final = 4.0
_WHOLE: Final = 360 * 16
_TOP: Final = 90 * 16
_MINUTE, _LONG, _HOUR = 60, 600, 3600


def time_words(golden: Golden) -> str:
    """Minutes and seconds that are left; with a plus sign since when it is broken, ever coarser."""
    # The last second counts: 0:00 is broken.
    seconds = -int(-golden.left_s // 1) if golden.left_s > 0 else int(-golden.left_s)
    sign = "" if golden.left_s > 0 else "+"
    if seconds >= _HOUR:
        return f"{sign}{seconds // _HOUR}h"
    if sign and seconds >= _LONG:
        # One figure more would stand on the ring; the second does not matter any more.
        return f"{sign}{seconds // _MINUTE}m"
    return f"{sign}{seconds // _MINUTE}:{seconds % _MINUTE:02d}"


def paint_ring(
    painter: QPainter, theme: Theme, box: QRectF, golden: Golden | None, colour: str
) -> None:
    """`colour`: of the grade. Without a golden time a thin empty ring with a dash."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    inner = box.adjusted(_STROKE / 2, _STROKE / 2, -_STROKE / 2, -_STROKE / 2)
    painter.setPen(QPen(theme.color("control"), _STROKE))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(inner)
    broken = golden is not None and golden.left_s <= 0
    if golden is not None:
        share = 1.0 if broken else min(1.0, golden.left_s / golden.total_s)
        pen = QPen(theme.color(colour), _STROKE)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        painter.setPen(pen)
        # What is left stands before twelve o'clock and runs out there.
        painter.drawArc(inner, _TOP, -round(_WHOLE * share))
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, on=False)
    painter.setPen(theme.color(colour if broken else ("text" if golden else "faint")))
    font = theme.font(Type.RAIL)
    font.setBold(golden is not None)
    painter.setFont(font)
    words = time_words(golden) if golden is not None else "–"
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
