"""Files of the incident that is looked at: shown, saved, added; the still of a new one as well."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog

from app.domain.camera import CameraId
from app.domain.errors import Failure
from app.domain.rights import Action
from app.services.attachments import MIMES, Attached
from app.services.hub_session import HubParts
from app.services.incident_overlay import IncidentItem
from ui.incidents.files import FileStrip, PictureDialog
from ui.incidents.panel import IncidentPanel
from ui.shell.case_desk import CaseDesk
from ui.shell.desk import Desk
from ui.shell.main_window import MainWindow

_WHAT: Final = "attachment"


class FileDesk(QObject):
    """`strip` stands in the incident's view, above what is shared of it."""

    def __init__(
        self, desk: Desk, parts: HubParts, main: MainWindow, cases: CaseDesk, panel: IncidentPanel
    ) -> None:
        super().__init__(main)
        self._desk, self._main, self._cases = desk, main, cases
        self._files, self._incidents = parts.attachments, parts.incidents
        self.strip = FileStrip(desk.theme)
        cases.detail.sharing.insertWidget(0, self.strip)
        cases.followed.connect(self._follow)
        cases.seen.connect(self._seen)
        panel.created.connect(self._created)
        self._stills: dict[CameraId, Path] = {}
        self._opened: dict[CameraId, str] = {}
        self.strip.opened.connect(self._open)
        self.strip.add_wanted.connect(self._ask)

    def _follow(self, item: IncidentItem | None) -> None:
        self.strip.render_item(item, may_add=self._incidents.may(Action.NOTE))

    # adding

    def _ask(self) -> None:
        item = self._cases.detail.item
        if item is None:
            return
        incident = item.row.id
        dialog = QFileDialog(self._main, self.tr("Attach a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(" ".join(f"*{ending}" for ending in MIMES))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.add(incident, Path(file)))
        dialog.open()

    def add(self, incident: str, file: Path) -> None:
        self._desk.attempt(self._added(incident, file), _WHAT)

    async def _added(self, incident: str, file: Path) -> None:
        await self._files.add(incident, file)
        said = self.tr("Attached: {file}").format(file=file.name)
        self._desk.notices.done(lambda: said)

    # the picture on which somebody saw it

    def _seen(self, camera: CameraId) -> None:
        """Now, not when the incident has been written down: they may have walked on by then."""
        self._stills.pop(camera, None)
        self._opened.pop(camera, None)
        self._desk.attempt(self._take(camera), _WHAT)

    async def _take(self, id_: CameraId) -> None:
        console, desk = self._desk.console, self._desk
        camera = console.catalog.get(id_)
        if camera is None:
            return
        truth, folder = console.streams.truth(id_), desk.stills_folder()
        try:
            file = await console.snapshots.take(camera, truth, desk.operator, folder)
        except Failure:
            # A camera without a picture is no reason to speak while somebody is in danger.
            return
        self._stills[id_] = file
        self._join(id_)

    def _created(self, incident: str, camera: CameraId) -> None:
        self._opened[camera] = incident
        self._join(camera)

    def _join(self, camera: CameraId) -> None:
        """Whichever of the two is there first waits for the other."""
        if camera in self._stills and camera in self._opened:
            self.add(self._opened.pop(camera), self._stills.pop(camera))

    # looking

    def _open(self, one: Attached) -> None:
        item = self._cases.detail.item
        if item is None:
            return
        if one.picture:
            self._desk.attempt(self._show(item.row.id, one), _WHAT)
        else:
            self._save(item.row.id, one)

    async def _show(self, incident: str, one: Attached) -> None:
        data = await self._files.read(incident, one.id)
        dialog = PictureDialog(one, QImage.fromData(data), self._main)
        dialog.save_wanted.connect(lambda: self._save(incident, one))
        dialog.open()

    def _save(self, incident: str, one: Attached) -> None:
        dialog = QFileDialog(self._main, self.tr("Save the file"), one.name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.save(incident, one, Path(file)))
        dialog.open()

    def save(self, incident: str, one: Attached, file: Path) -> None:
        self._desk.attempt(self._saved(incident, one, file), _WHAT)

    async def _saved(self, incident: str, one: Attached, file: Path) -> None:
        await self._files.save(incident, one.id, file)
        said = self.tr("Saved: {file}").format(file=file)
        self._desk.notices.done(lambda: said)
