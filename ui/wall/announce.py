"""What a screen reader says of the wall."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QWidget

from ui.wall.pane import Pane
from ui.wall.words import state_words, suspicion_words, translate, vacancy_words


def spoken(pane: Pane) -> str:
    """One tile in a sentence: its place, its camera, its state."""
    place = translate("Wall", "Tile {place}").format(place=pane.index + 1)
    if pane.look is None:
        words = vacancy_words(pane.kind, focused=True)
        return f"{place}, {words.headline}" if words is not None else place
    look = pane.look
    state = state_words(look)
    said = translate("Wall", "live") if state is None else state.headline
    parts = (place, str(look.number), look.name, said, suspicion_words(look))
    return ", ".join(part for part in parts if part)


def announce(widget: QWidget, words: str) -> None:
    """Says it now, and keeps it as the description for whoever asks."""
    widget.setAccessibleDescription(words)
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
