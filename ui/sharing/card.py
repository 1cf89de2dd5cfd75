"""One share as a card: what, from or to whom, how much longer."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout
from typing_extensions import override

from app.wire.entities import ShareRow
from ui.sharing import words
from ui.theme import Theme, Type

# The last minutes are worth a look.
_SOON_SECONDS = 300


class ShareCard(QFrame):
    """`chosen` (id of the share): clicked, or Enter."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("shareCard")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._theme = theme
        self.share: ShareRow | None = None
        self.title, self.about, self.left = QLabel(), QLabel(), QLabel()
        self.title.setProperty("role", "title")
        self.about.setProperty("role", "secondary")
        for label in (self.title, self.about):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.left.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        said = QVBoxLayout()
        said.setSpacing(2)
        said.addWidget(self.title)
        said.addWidget(self.about)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.addLayout(said, 1)
        row.addWidget(self.left)

    def render_share(
        self, share: ShareRow, title: str, about: str, *, lit: bool, over: bool = False
    ) -> None:
        """`lit`: it is the one that is looked at. `over`: there is nothing left to see."""
        self.share = share
        self.title.setText(title)
        self.about.setText(about)
        self.about.setVisible(bool(about))
        if self.property("chosen") != lit:
            self.setProperty("chosen", lit)
            self.style().unpolish(self)
            self.style().polish(self)
        self.setEnabled(not over)
        self.setAccessibleName(f"{title}, {about}")

    def tick(self, now: datetime) -> None:
        """The time that is left."""
        if self.share is None:
            return
        said = words.left_words(self.share, now)
        if said == self.left.text():
            return
        self.left.setText(said)
        short = (self.share.ends_at - now).total_seconds() < _SOON_SECONDS
        palette = self.left.palette()
        token = "normal" if short and self.share.state == "active" else "text"
        palette.setColor(self.left.foregroundRole(), self._theme.color(token))
        self.left.setPalette(palette)
        self.left.setFont(self._theme.font(Type.HEADING))

    @override
    def mousePressEvent(self, event: QMouseEvent) -> None:
        if self.share is not None:
            self.setFocus()
            self.chosen.emit(self.share.id)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.share:
            self.chosen.emit(self.share.id)
        else:
            super().keyPressEvent(event)
