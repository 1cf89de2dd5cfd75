"""Which version runs, who looks after it, and what the last update said; under the settings."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget
from typing_extensions import override

from app.domain.update import Keeper, Standing
from app.services.updates import Updates
from ui.translations import words
from ui.widgets.forms import moment_form


class UpdateRow(QWidget):
    """Words only: an update is brought by the system's own account, never from here."""

    def __init__(self, updates: Updates) -> None:
        super().__init__()
        self._updates = updates
        self._title, self._version, self._about, self._last = (QLabel() for _ in range(4))
        self._title.setProperty("role", "title")
        for label in (self._about, self._last):
            label.setProperty("role", "secondary")
            label.setWordWrap(True)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        for label in (self._title, self._version, self._about, self._last):
            box.addWidget(label)
        self.destroyed.connect(updates.changed.connect(lambda _: self.retranslate()))
        self.retranslate()

    def retranslate(self) -> None:
        standing = self._updates.standing
        self._title.setText(self.tr("Version"))
        self._version.setText(standing.running if standing is not None else "")
        self._about.setText(_about(standing) if standing is not None else "")
        self._last.setText(_last(standing) if standing is not None else "")
        self._last.setVisible(bool(self._last.text()))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _about(standing: Standing) -> str:
    if standing.waits:
        ready = QCoreApplication.translate("UpdateRow", "Version {0} runs from the next start on.")
        return ready.format(standing.next)
    match standing.keeper:
        case Keeper.OWN:
            return QCoreApplication.translate(
                "UpdateRow", "Signed updates are looked for at night, and used from the next start."
            )
        case Keeper.MSI:
            return QCoreApplication.translate(
                "UpdateRow", "Group policy looks after the version of this program."
            )
        case Keeper.PACKAGE:
            return QCoreApplication.translate(
                "UpdateRow", "The system's packages look after the version of this program."
            )


def _last(standing: Standing) -> str:
    if standing.last is None:
        return ""
    return f"{moment_form(datetime.fromisoformat(standing.last_at))}  {words(standing.last)}"
