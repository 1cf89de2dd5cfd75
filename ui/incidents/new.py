"""An incident opened by hand."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.camera import CameraId
from app.domain.geo.earth import Place
from app.domain.incident_types import INCIDENT_TYPES
from app.services.incidents import NewIncident
from ui.incidents.words import type_words
from ui.widgets.choice_field import ChoiceField

_WIDTH = 420


class NewIncidentDialog(QDialog):
    """Open it with `open()`; `made` is called with what was filled in.

    `position`, `camera`: of the place on the map or the tile that it is opened from.
    """

    def __init__(
        self,
        made: Callable[[NewIncident], object],
        parent: QWidget,
        position: Place | None = None,
        camera: CameraId | None = None,
    ) -> None:
        super().__init__(parent)
        self.setMinimumWidth(_WIDTH)
        self.setWindowTitle(self.tr("New incident"))
        self._made, self._position, self._camera = made, position, camera
        self.type, self.title, self.place = ChoiceField(), QLineEdit(), QLineEdit()
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
        self._lay_out()
        self.title.setFocus()
        self._enable()

    def _lay_out(self) -> None:
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
        if self._position is not None:
            words = f"{self._position.latitude:.6f}, {self._position.longitude:.6f}"
            label = QLabel(self.tr("Position {position}").format(position=words))
            label.setProperty("role", "secondary")
            box.addWidget(label)
        box.addSpacing(8)
        box.addLayout(foot)

    def _enable(self) -> None:
        self.save.setEnabled(bool(self.title.text().strip()))

    def _save(self) -> None:
        self.accept()
        key = str(self.type.currentData())
        self._made(
            NewIncident(key, self.title.text(), self.place.text(), self._position, self._camera)
        )
