"""An incident opened by hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.incident_types import INCIDENT_TYPES
from app.services.incidents import NewIncident
from ui.incidents.words import type_words

_WIDTH = 420


class NewIncidentDialog(QDialog):
    """Open it with `open()`; `made` is called with what was filled in."""

    def __init__(self, made: Callable[[NewIncident], object], parent: QWidget) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_WIDTH)
        self.setWindowTitle(self.tr("New incident"))
        self._made = made
        self.type, self.title, self.place = QComboBox(), QLineEdit(), QLineEdit()
        for key in INCIDENT_TYPES:
            self.type.addItem(type_words(key), str(key))
        self.title.setMaxLength(200)
        self.place.setMaxLength(200)
        self.cancel, self.save = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Open it"))
        self.cancel.clicked.connect(self.reject)
        self.save.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        self.save.setDefault(True)
        self.save.clicked.connect(self._save)
        self.title.textChanged.connect(lambda _: self._enable())
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(6)
        for words, field in (
            (self.tr("Type"), self.type),
            (self.tr("What happened"), self.title),
            (self.tr("Where"), self.place),
        ):
            label = QLabel(words)
            label.setProperty("role", "secondary")
            label.setBuddy(field)
            box.addWidget(label)
            box.addWidget(field)
        box.addSpacing(8)
        box.addLayout(foot)
        self.title.setFocus()
        self._enable()

    def _enable(self) -> None:
        self.save.setEnabled(bool(self.title.text().strip()))

    def _save(self) -> None:
        self.accept()
        key = str(self.type.currentData())
        self._made(NewIncident(key, self.title.text(), self.place.text()))
