"""The small labels of a tile, rendered once into pixmaps: text is the dearest thing to paint."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QLinearGradient,
    QPainter,
    QPainterPath,
    QPixmap,
)

from ui.theme import Theme, Type

_HEIGHT = 28
_MARGIN = 8
_SPACE = 8
# The gradient must carry 12 px text over a white sky at 4.5:1.
_DARKEST = 200
_PADDING_X = 8
_PADDING_Y = 4
_RADIUS = 3
_WIDEST = 560
# Over the brightest picture at 45 % the words keep 5:1 on this ground.
_MESSAGE_GROUND = 150
_CENTRED = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class Labels:
    """Renders labels for one screen: sizes in logical pixels, pixmaps in device pixels."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self.ratio = 1.0

    @property
    def caption_height(self) -> int:
        """Device pixels."""
        return round(self._theme.px(_HEIGHT) * self.ratio)

    def caption(self, width: int, number: str, name: str, corner: str) -> QPixmap:
        """The lower edge of a tile of `width` device pixels."""
        pixmap = blank(width, self.caption_height)
        across, height = width / self.ratio, self.caption_height / self.ratio
        painter = self.begin(pixmap)
        painter.fillRect(QRectF(0, 0, across, height), self._gradient(height))
        baseline = height - self._theme.px(8)
        text, secondary = self._theme.on_wall("text"), self._theme.on_wall("secondary")
        strong, body = self._theme.font(Type.STRONG), self._theme.font(Type.BODY)
        small = self._theme.font(Type.SECONDARY)
        right = across - _MARGIN
        if corner and (room := QFontMetricsF(small).horizontalAdvance(corner)) < across / 2:
            right -= room
            write(painter, small, text, QPointF(right, baseline), corner)
            right -= _SPACE
        left = float(_MARGIN)
        if number:
            write(painter, strong, text, QPointF(left, baseline), number)
            left += QFontMetricsF(strong).horizontalAdvance(number) + _SPACE
        shown = QFontMetricsF(body).elidedText(
            name, Qt.TextElideMode.ElideRight, max(0.0, right - left)
        )
        write(painter, body, text if number else secondary, QPointF(left, baseline), shown)
        painter.end()
        return pixmap

    def _gradient(self, height: float) -> QLinearGradient:
        dark = self._theme.on_wall("wall")
        gradient = QLinearGradient(0, 0, 0, height)
        for stop, alpha in ((0.0, 0), (0.35, 110), (1.0, _DARKEST)):
            shade = QColor(dark)
            shade.setAlpha(alpha)
            gradient.setColorAt(stop, shade)
        return gradient

    def badge(self, words: str, token: str, most: int) -> QPixmap:
        """Words on a dark rounded plate, no wider than `most` device pixels."""
        font = self._theme.font(Type.SECONDARY)
        metrics = QFontMetricsF(font)
        words = metrics.elidedText(
            words, Qt.TextElideMode.ElideRight, max(0.0, most / self.ratio - 2 * _PADDING_X)
        )
        width = metrics.horizontalAdvance(words) + 2 * _PADDING_X
        height = metrics.height() + 2 * _PADDING_Y
        pixmap = blank(round(width * self.ratio), round(height * self.ratio))
        painter = self.begin(pixmap)
        plate(painter, QRectF(0, 0, width, height), self._theme.on_wall("shade"))
        at = QPointF(_PADDING_X, _PADDING_Y + metrics.ascent())
        write(painter, font, self._theme.on_wall(token), at, words)
        painter.end()
        return pixmap

    def rows(self, rows: tuple[tuple[str, str], ...], most: tuple[int, int]) -> QPixmap:
        """A calm box of names and values; `most`: device pixels it may cover."""
        font = self._theme.font(Type.SECONDARY)
        metrics = QFontMetricsF(font)
        line = metrics.height() + 3
        names = max((metrics.horizontalAdvance(name) for name, _ in rows), default=0.0)
        values = max((metrics.horizontalAdvance(value) for _, value in rows), default=0.0)
        width = min(most[0] / self.ratio, names + values + 3 * _PADDING_X + 4)
        count = min(len(rows), max(1, int((most[1] / self.ratio - 2 * _PADDING_X) / line)))
        height = count * line + 2 * _PADDING_X - 3
        pixmap = blank(round(width * self.ratio), round(height * self.ratio))
        painter = self.begin(pixmap)
        plate(painter, QRectF(0, 0, width, height), self._theme.on_wall("shade"))
        left = names + 2 * _PADDING_X + 4
        for row, (name, value) in enumerate(rows[:count]):
            base = _PADDING_X + row * line + metrics.ascent()
            secondary, text = self._theme.on_wall("secondary"), self._theme.on_wall("text")
            write(painter, font, secondary, QPointF(_PADDING_X, base), name)
            room = max(0.0, width - left - _PADDING_X)
            shown = metrics.elidedText(value, Qt.TextElideMode.ElideRight, room)
            write(painter, font, text, QPointF(left, base), shown)
        painter.end()
        return pixmap

    def message(
        self, headline: str, hint: str, token: str, room: tuple[int, int], *, large: bool = False
    ) -> QPixmap:
        """State words for the middle of a tile with `room` device pixels; the hint wraps."""
        width = max(1.0, min(room[0] / self.ratio - 2 * _MARGIN, self._theme.px(_WIDEST)))
        title = self._theme.font(Type.HEADING if large else Type.TITLE)
        small = self._theme.font(Type.BODY if large else Type.SECONDARY)
        limit = QRectF(0, 0, width - 2 * _PADDING_X, 1000)
        upper = QFontMetricsF(title).boundingRect(limit, _CENTRED, headline)
        lower = QFontMetricsF(small).boundingRect(limit, _CENTRED, hint) if hint else QRectF()
        gap = _PADDING_Y * (2 if large else 1) if hint else 0
        box = QRectF(
            0,
            0,
            max(upper.width(), lower.width()) + 2 * _PADDING_X + 2,
            upper.height() + gap + lower.height() + 2 * _PADDING_Y,
        )
        pixmap = blank(round(box.width() * self.ratio), round(box.height() * self.ratio))
        painter = self.begin(pixmap)
        ground = self._theme.on_wall("wall")
        ground.setAlpha(_MESSAGE_GROUND)
        plate(painter, box, ground)
        inner = box.adjusted(_PADDING_X, _PADDING_Y, -_PADDING_X, -_PADDING_Y)
        painter.setFont(title)
        painter.setPen(self._theme.on_wall(token))
        painter.drawText(inner, _CENTRED, headline)
        painter.setFont(small)
        painter.setPen(self._theme.on_wall("secondary"))
        painter.drawText(inner.adjusted(0, upper.height() + gap, 0, 0), _CENTRED, hint)
        painter.end()
        return pixmap

    def begin(self, pixmap: QPixmap) -> QPainter:
        """A painter in logical pixels."""
        painter = QPainter(pixmap)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        painter.scale(self.ratio, self.ratio)
        return painter


def blank(width: int, height: int) -> QPixmap:
    pixmap = QPixmap(max(1, width), max(1, height))
    pixmap.fill(Qt.GlobalColor.transparent)
    return pixmap


def write(painter: QPainter, font: QFont, color: QColor, at: QPointF, words: str) -> None:
    painter.setFont(font)
    painter.setPen(color)
    painter.drawText(at, words)


def plate(painter: QPainter, rect: QRectF, color: QColor) -> None:
    path = QPainterPath()
    path.addRoundedRect(rect, _RADIUS, _RADIUS)
    painter.fillPath(path, color)
