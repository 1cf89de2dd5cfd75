"""Asks for a name."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)


class NameDialog(QDialog):
    """Open it with `open()`; `accepted_name` is called with what was typed, trimmed.

    It stays open on an empty name. `title` and `action` are asked for once: the dialog is gone
    before anyone changes the language.
    """

    def __init__(
        self,
        title: str,
        action: str,
        name: str,
        accepted_name: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self._accepted_name = accepted_name
        self.field = QLineEdit(name)
        self.field.selectAll()
        self.field.setMinimumWidth(320)
        self.field.textChanged.connect(self._follow)
        label = QLabel(self.tr("Name"))
        label.setBuddy(self.field)
        self.cancel = QPushButton(self.tr("Cancel"))
        self.cancel.clicked.connect(self.reject)
        self.save = QPushButton(action)
        self.save.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        self.save.setDefault(True)
        self.save.clicked.connect(self._save)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        box.addWidget(label)
        box.addWidget(self.field)
        box.addSpacing(8)
        box.addLayout(foot)
        self._follow()

    def _follow(self) -> None:
        self.save.setEnabled(bool(self.field.text().strip()))

    def _save(self) -> None:
        self.accept()
        self._accepted_name(self.field.text().strip())
