"""The ledger beside the wall, for those who answer for it."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Final

from PySide6.QtCore import QCoreApplication, QObject

from app.domain.camera import CameraId
from app.domain.ledger.books import BookName
from app.domain.ledger.record import KOREA
from app.services.hub_session import HubParts
from app.services.sign_in import SignedIn
from ui.ledger.book import BookDialog, form_of
from ui.ledger.inspection import InspectionDialog
from ui.ledger.panel import LedgerPanel
from ui.ledger.paper import WRITERS
from ui.ledger.words import Names
from ui.shell.desk import Desk
from ui.shell.main_window import MainWindow

translate = QCoreApplication.translate

SECTION: Final = "section.ledger"


class LedgerDesk(QObject):
    def __init__(self, desk: Desk, parts: HubParts, main: MainWindow) -> None:
        super().__init__(main)
        self._desk, self._parts, self._main = desk, parts, main
        names = Names(self._camera, self._incident, parts.incidents.site_name)
        self.panel = LedgerPanel(
            parts.auditing, desk.theme, desk.console.clock, names, desk.attempt
        )
        self.panel.find_camera = self._find_camera
        self.panel.find_incident = self._find_incident
        self.panel.book_wanted.connect(self.ask_book)
        self.panel.inspection_wanted.connect(self.inspect)
        main.add_part(SECTION, self.panel)
        self.who(None)

    def who(self, now: SignedIn | None) -> None:
        """Somebody signed in or out."""
        action = self._main.frame.actions[SECTION]
        may = now is not None and self._parts.auditing.may
        action.setEnabled(may)
        action.setVisible(may)
        self.panel.forget()

    def inspect(self) -> None:
        InspectionDialog(
            self._parts.auditing, self._desk.theme, self._today(), self._desk.attempt, self._main
        ).open()

    def ask_book(self) -> None:
        BookDialog(self._book_wanted, self._today(), self._main).open()

    # inside

    def _book_wanted(self, name: BookName, since: datetime, until: datetime, file: Path) -> None:
        self._desk.attempt(self._save(name, since, until, file), "save a ledger")

    async def _save(self, name: BookName, since: datetime, until: datetime, file: Path) -> None:
        book = await self._parts.auditing.book(name, since, until)
        await self._parts.auditing.save(file, WRITERS[form_of(file)](book))
        count = len(book.rows)
        self._desk.notices.done(lambda: _saved(file.name, count))

    def _today(self) -> date:
        return self._desk.console.clock.now().astimezone(KOREA).date()

    def _camera(self, id_: str) -> str:
        camera = self._desk.console.catalog.get(CameraId(id_))
        return f"{camera.number} {camera.name}" if camera is not None else id_

    def _incident(self, id_: str) -> str:
        item = self._parts.incidents.get(id_)
        return f"{item.row.number} {item.row.title}".strip() if item is not None else id_

    def _find_camera(self, text: str) -> str | None:
        """By number, else the first that fits the name."""
        catalog = self._desk.console.catalog
        if text.isdigit() and (camera := catalog.by_number(int(text))) is not None:
            return camera.id
        found = catalog.search(text, 1)
        return found[0].id if found else None

    def _find_incident(self, text: str) -> str | None:
        wanted = text.lower()
        for item in self._parts.incidents.all():
            if wanted in {str(item.row.number).lower(), str(item.row.id).lower()}:
                return item.row.id
        return None


def _saved(name: str, count: int) -> str:
    said = translate("LedgerDesk", "Saved: {name}, {count} entries.")
    return said.format(name=name, count=count)
