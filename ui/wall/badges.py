"""Puts the words of a tile over its picture, from pixmaps that are rendered when they change."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPixmap

from ui.theme import Theme
from ui.wall.captions import Labels
from ui.wall.flags import Flags
from ui.wall.pane import Pane
from ui.wall.tile_state import TileLook
from ui.wall.words import (
    StateWords,
    corner_words,
    role_words,
    state_words,
    suspicion_words,
    vacancy_words,
)

# Device-independent distance of a badge from the tile's corner.
_INSET = 8
# A tile of a few pixels has no room for words, only for its picture.
_LEAST_WIDTH = 60
_LEAST_HEIGHT = 60


class BadgeMaker:
    def __init__(self, theme: Theme) -> None:
        self.labels = Labels(theme)
        self._flags = Flags(theme, self.labels)

    def over_picture(
        self, painter: QPainter, pane: Pane, look: TileLook, floor: int | None = None
    ) -> None:
        """Caption, suspicion and details of a live tile. `floor`: where words begin below."""
        caption = pane.badges.caption
        if caption is None:
            caption = self._caption(pane, look)
        painter.drawPixmap(pane.rect.x, pane.rect.bottom - caption.height(), caption)
        if pane.markers:
            self._flags.paint(painter, pane, floor)
        if look.same is not None or pane.rows:
            self._in_corner(painter, pane, look)

    def over_still(self, painter: QPainter, pane: Pane, look: TileLook) -> None:
        """The state in words on what is not live, above the same caption."""
        words, floor = state_words(look), None
        if words is not None and _roomy(pane):
            message = pane.badges.message
            if message is None:
                message = pane.badges.message = self._message(pane, words)
            floor = _middle(pane, message, self.labels.caption_height, self._flags.reach(pane))
            _centre(painter, pane, message, floor)
        self.over_picture(painter, pane, look, floor)

    def free(self, painter: QPainter, pane: Pane) -> None:
        """A tile without a camera says what it is for, where that is worth saying."""
        words = vacancy_words(pane.kind, focused=pane.focused)
        if words is None or not _roomy(pane):
            return
        message = pane.badges.message
        if message is None:
            message = pane.badges.message = self._message(pane, words)
        _centre(painter, pane, message, _middle(pane, message, 0, pane.rect.y))

    def _caption(self, pane: Pane, look: TileLook) -> QPixmap:
        parts = (role_words(pane.kind, pane.run), corner_words(look))
        corner = " · ".join(part for part in parts if part)
        number = str(look.number) if look.number else ""
        made = self.labels.caption(pane.rect.width, number, look.name, corner)
        pane.badges.caption = made
        return made

    def _message(self, pane: Pane, words: StateWords) -> QPixmap:
        token = "normal" if words.warning else "text"
        room = (pane.rect.width, pane.rect.height)
        return self.labels.message(words.headline, words.hint, token, room)

    def _in_corner(self, painter: QPainter, pane: Pane, look: TileLook) -> None:
        inset = round(_INSET * self.labels.ratio)
        x, y = pane.rect.x + inset, pane.rect.y + inset
        across = pane.rect.width - 2 * inset
        if look.same is not None:
            badge = pane.badges.suspicion
            if badge is None:
                words = suspicion_words(look)
                badge = pane.badges.suspicion = self.labels.badge(words, "normal", across)
            painter.drawPixmap(x, y, badge)
            y += badge.height() + inset // 2
        if pane.rows:
            details = pane.badges.details
            if details is None:
                down = pane.rect.bottom - self.labels.caption_height - y
                details = pane.badges.details = self.labels.rows(pane.rows, (across, down))
            painter.drawPixmap(x, y, details)


def _roomy(pane: Pane) -> bool:
    return pane.rect.width >= _LEAST_WIDTH and pane.rect.height >= _LEAST_HEIGHT


def _middle(pane: Pane, message: QPixmap, below: int, least: int) -> int:
    """Where a message begins: in the middle, or below `least` as far as there is room."""
    rect = pane.rect
    room = max(0, rect.height - below - message.height())
    return min(max(rect.y + room // 2, least), rect.y + room)


def _centre(painter: QPainter, pane: Pane, message: QPixmap, top: int) -> None:
    painter.drawPixmap(pane.rect.x + (pane.rect.width - message.width()) // 2, top, message)
