"""Diagnostics in one click, and the way out of the safe form."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QEvent, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.errors import Failure
from app.services.care import Care
from ui.care.screens import screens_piece
from ui.translations import words

_GAP: Final = 4
_WHOLE: Final = 100

# Begins work that was asked for; what the world refuses becomes a notice.
Attempt = Callable[[Coroutine[Any, Any, object], str], object]


class CareTools(QWidget):
    """Stands in the settings and on the health screen."""

    def __init__(self, care: Care, attempt: Attempt, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._care, self._attempt, self._now = care, attempt, now
        self.title, self.safe_words, self.about, self.said = (QLabel() for _ in range(4))
        self.title.setProperty("role", "title")
        for label in (self.safe_words, self.about, self.said):
            label.setProperty("role", "secondary")
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self.said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.bring_back, self.collect = QPushButton(), QPushButton()
        self.bring_back.clicked.connect(self._bring_back)
        self.collect.clicked.connect(self.ask_where)
        self.progress = QProgressBar()
        self.progress.setRange(0, _WHOLE)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(_GAP)
        for widget in (
            self.title, self.safe_words, self.bring_back, self.about, self.collect, self.progress,
            self.said,
        ):  # fmt: skip
            box.addWidget(widget)
        self.progress.hide()
        self.said.hide()
        self._disconnect = care.ended.connect(lambda _: self._follow())
        self.destroyed.connect(self._disconnect)
        self._follow()
        self.retranslate()

    def ask_where(self) -> None:
        """The name tells the time, the folder is the user's documents."""
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = f"gwanje-diagnostics-{self._now().astimezone():%Y%m%d-%H%M%S}.zip"
        dialog = QFileDialog(self.window(), self.tr("Collect diagnostics"))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter("ZIP (*.zip)")
        dialog.setDefaultSuffix("zip")
        dialog.setDirectory(folder)
        dialog.selectFile(name)
        dialog.fileSelected.connect(self.save)
        dialog.open()

    def save(self, file: str) -> None:
        if self.collect.isEnabled():
            self._attempt(self._save(Path(file)), "diagnostics")

    async def _save(self, target: Path) -> None:
        self.collect.setEnabled(False)
        self.progress.setValue(0)
        self.progress.show()
        self.said.hide()
        try:
            await self._care.collect(target, self._show, (screens_piece(),))
        except Failure as failure:
            self._say(words(failure.text))
        else:
            self._say(self.tr("Saved: {file}").format(file=target))
        finally:
            self.progress.hide()
            self.collect.setEnabled(True)

    def _show(self, done: float) -> None:
        self.progress.setValue(round(done * _WHOLE))

    def _say(self, said: str) -> None:
        self.said.setText(said)
        self.said.show()

    def _bring_back(self) -> None:
        self.bring_back.setEnabled(False)
        self._attempt(self._care.bring_back(), "bring everything back")

    def _follow(self) -> None:
        for widget in (self.safe_words, self.bring_back):
            widget.setVisible(self._care.safe)

    def retranslate(self) -> None:
        self.title.setText(self.tr("Diagnostics"))
        self.safe_words.setText(
            self.tr(
                "Safe form: the program ended badly several times in a row. The cameras of the "
                "wall, the map and automatic dragnets were left out. The map comes back with the "
                "next start."
            )
        )
        self.bring_back.setText(self.tr("Bring everything back"))
        self.about.setText(
            self.tr(
                "Logs, figures and facts of this computer in one file, without addresses, "
                "names and passwords."
            )
        )
        self.collect.setText(self.tr("Collect diagnostics…"))
        self.progress.setAccessibleName(self.tr("Collect diagnostics"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
