"""Cards of shares below each other, reused so that nothing jumps or blinks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from app.wire.entities import ShareRow
from ui.sharing.card import ShareCard
from ui.theme import Theme

# What a card says: its title, and the line below.
Say = Callable[[ShareRow], tuple[str, str]]


class ShareCards(QScrollArea):
    """`chosen` (id of the share)."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, say: Say) -> None:
        super().__init__()
        self.setObjectName("shareCards")
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._theme, self._say = theme, say
        self.cards: list[ShareCard] = []
        inside = QWidget()
        inside.setObjectName("shareCardsInside")
        self._box = QVBoxLayout(inside)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(1)
        self._box.addStretch()
        self.setWidget(inside)

    def render_shares(
        self, running: Sequence[ShareRow], over: Sequence[ShareRow], lit: str, now: datetime
    ) -> None:
        shares = [*running, *over]
        while len(self.cards) < len(shares):
            card = ShareCard(self._theme)
            card.chosen.connect(self.chosen)
            self._box.insertWidget(len(self.cards), card)
            self.cards.append(card)
        for number, card in enumerate(self.cards):
            card.setVisible(number < len(shares))
            if number < len(shares):
                share = shares[number]
                title, about = self._say(share)
                card.render_share(
                    share, title, about, lit=share.id == lit, over=number >= len(running)
                )
                card.tick(now)

    def tick(self, now: datetime) -> None:
        for card in self.cards:
            if not card.isHidden():
                card.tick(now)
