"""Export and import under the settings."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.text import Text
from app.services.settings_transfer import Plan, SettingsTransfer
from ui.shell.desk import Desk
from ui.translations import words

_WHAT: Final = "settings files"
_NAME: Final = "gwanje-settings.json"
# More do not fit a screen; how many there are is said.
_MOST_LINES: Final = 16


class SettingsTools(QWidget):
    """Nothing is taken over before a person saw what would change, and it can be taken back."""

    def __init__(self, desk: Desk, transfer: SettingsTransfer) -> None:
        super().__init__()
        self._desk = desk
        self._transfer = transfer
        self.title, self.exporting, self.importing = QLabel(), QPushButton(), QPushButton()
        self.undoing = QPushButton()
        self.title.setProperty("role", "title")
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for widget in (self.title, self.exporting, self.importing, self.undoing):
            box.addWidget(widget)
        self.exporting.clicked.connect(self._ask_where)
        self.importing.clicked.connect(self._ask_which)
        self.undoing.clicked.connect(lambda: desk.attempt(self._undo(), _WHAT))
        self._disconnect = transfer.changed.connect(lambda _: self._follow())
        self.destroyed.connect(self._disconnect)
        self._follow()
        self.retranslate()

    def _follow(self) -> None:
        self.undoing.setVisible(self._transfer.can_undo)

    # export

    def _ask_where(self) -> None:
        dialog = self._dialog(self.exporting.text())
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("json")
        dialog.selectFile(_NAME)
        dialog.fileSelected.connect(lambda file: self.export(Path(file)))
        dialog.open()

    def export(self, file: Path) -> None:
        self._desk.attempt(self._export(file), _WHAT)

    async def _export(self, file: Path) -> None:
        await self._transfer.export(file)
        said = self.tr("Saved: {file}").format(file=file)
        self._desk.notices.done(lambda: said)

    # import

    def _ask_which(self) -> None:
        dialog = self._dialog(self.importing.text())
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda file: self.look(Path(file)))
        dialog.open()

    def look(self, file: Path) -> None:
        self._desk.attempt(self._look(file), _WHAT)

    async def _look(self, file: Path) -> None:
        plan = await self._transfer.look(file)
        if not plan.changes:
            for problem in plan.problems:
                self._desk.notices.failed(problem)
            self._desk.notices.done(lambda: self.tr("Nothing in it differs from what is here."))
            return
        question = QMessageBox(self.window())
        question.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        question.setIcon(QMessageBox.Icon.NoIcon)
        question.setText(self.tr("Import these settings?"))
        question.setInformativeText(self._summary(plan))
        # Names come from a file; setTextFormat reaches the first of the two labels only.
        for label in question.findChildren(QLabel):
            label.setTextFormat(Qt.TextFormat.PlainText)
        take = question.addButton(self.tr("Import"), QMessageBox.ButtonRole.AcceptRole)
        leave = question.addButton(self.tr("Cancel"), QMessageBox.ButtonRole.RejectRole)
        question.setDefaultButton(leave)
        question.setEscapeButton(leave)
        take.clicked.connect(lambda: self._desk.attempt(self._take(plan), _WHAT))
        question.open()

    def _summary(self, plan: Plan) -> str:
        told: tuple[Text, ...] = (*plan.lines, *plan.problems)
        lines = [words(text) for text in told[:_MOST_LINES]]
        if hidden := len(told) - len(lines):
            lines.append(self.tr("{count} more").format(count=hidden))
        return "\n".join(lines)

    async def _take(self, plan: Plan) -> None:
        await self._transfer.take(plan)
        self._desk.notices.done(
            lambda: self.tr("Settings imported. The button under the settings takes it back.")
        )

    async def _undo(self) -> None:
        await self._transfer.undo()
        self._desk.notices.done(lambda: self.tr("The import was taken back."))

    def _dialog(self, title: str) -> QFileDialog:
        dialog = QFileDialog(self.window(), title)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setNameFilter("JSON (*.json)")
        return dialog

    def retranslate(self) -> None:
        self.title.setText(self.tr("Settings as a file"))
        self.exporting.setText(self.tr("Export settings…"))
        self.importing.setText(self.tr("Import settings…"))
        self.undoing.setText(self.tr("Take the import back"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
