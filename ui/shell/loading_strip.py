"""How far a long preparation has come, above the status line."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar
from typing_extensions import override

from app.domain.text import Text
from ui.translations import words

_STEPS: Final = 1000


class LoadingStrip(QFrame):
    """Hidden while nothing is prepared."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("statusLine")
        self._text: Text | None = None
        self.label = QLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setFixedHeight(6)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 12, 6)
        row.setSpacing(12)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)
        self.hide()

    def show_progress(self, step: tuple[Text, float]) -> None:
        """Words and a share (0…1); 1 hides it."""
        self._text, share = step
        self.label.setText(words(self._text))
        self.bar.setValue(round(share * _STEPS))
        self.setVisible(share < 1)

    def done(self) -> None:
        self.hide()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange and self._text is not None:
            self.label.setText(words(self._text))
        super().changeEvent(event)
