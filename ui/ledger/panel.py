"""The ledger on the screen: what is looked for above, what was found below."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date, datetime, timedelta
from typing import Any, Final

from PySide6.QtCore import QDate, QEvent, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.clock import Clock
from app.domain.errors import BadInput
from app.domain.ledger.entry import Kind
from app.domain.ledger.record import KOREA
from app.domain.text import Text
from app.services.auditing import PAGE, Auditing
from app.wire.ledger import Asked, Line
from ui.ledger.model import STRETCH, WIDTHS, LineTable
from ui.ledger.words import Names
from ui.theme import Theme
from ui.translations import words
from ui.widgets.calm_table import CalmTable
from ui.widgets.focus import FocusFirst
from ui.widgets.forms import day_pattern
from ui.widgets.hint import set_hint

Attempt = Callable[[Coroutine[Any, Any, object], str], object]
# By what people call it: number, name; None: there is no such thing.
Find = Callable[[str], str | None]

_DAYS: Final = 7
_NO_CAMERA: Final = Text("그런 카메라가 없습니다: {text}", "There is no such camera: {text}")
_NO_INCIDENT: Final = Text("그런 사건이 없습니다: {text}", "There is no such incident: {text}")


class LedgerPanel(QWidget):
    """What a person wants beyond searching is said by signals.

    book_wanted        one of the books of the law
    inspection_wanted  the monthly inspection
    """

    book_wanted = Signal()
    inspection_wanted = Signal()

    def __init__(
        self,
        auditing: Auditing,
        theme: Theme,
        clock: Clock,
        names: Names,
        attempt: Attempt,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self._auditing, self._clock, self._attempt = auditing, clock, attempt
        self.find_camera: Find = _as_it_is
        self.find_incident: Find = _as_it_is
        self._asked = Asked()
        self._lines: list[Line] = []
        self._begun = False
        self.heading, self.empty = QLabel(), QLabel()
        self.heading.setProperty("role", "heading")
        self.empty.setProperty("role", "secondary")
        self.empty.setWordWrap(True)
        self.who, self.camera, self.incident = QLineEdit(), QLineEdit(), QLineEdit()
        self.kind = QComboBox()
        self.since, self.until = QDateEdit(), QDateEdit()
        self.search, self.older = QPushButton(), QPushButton()
        self.book, self.inspection = QPushButton(), QPushButton()
        self.model = LineTable(names, self)
        self.table = CalmTable(self.model, theme, WIDTHS, STRETCH)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()
        self.retranslate()

    def _lay_out(self) -> None:
        self.search.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        today = self._clock.now().astimezone(KOREA).date()
        for field, day in ((self.since, today - timedelta(days=_DAYS)), (self.until, today)):
            field.setCalendarPopup(True)
            field.setDate(QDate(day.year, day.month, day.day))
        head, filters, limits = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for row in (head, filters, limits):
            row.setSpacing(8)
        head.addWidget(self.heading, 1)
        head.addWidget(self.inspection)
        head.addWidget(self.book)
        # Two lines: beside the wall there is no room for seven fields.
        for text in (self.who, self.camera, self.incident):
            filters.addWidget(text, 1)
        for widget in (self.kind, self.since, self.until):
            limits.addWidget(widget)
        limits.addStretch()
        limits.addWidget(self.search)
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.older)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        for part in (head, filters, limits):
            box.addLayout(part)
        box.addWidget(self._pages, 1)
        box.addLayout(foot)
        FocusFirst(self, self.who)

    def _connect(self) -> None:
        for field in (self.who, self.camera, self.incident):
            field.returnPressed.connect(self.look)
            field.setClearButtonEnabled(True)
        self.search.clicked.connect(self.look)
        self.older.clicked.connect(self.look_further)
        self.book.clicked.connect(self.book_wanted)
        self.inspection.clicked.connect(self.inspection_wanted)

    def look(self) -> None:
        """What fits, the newest first."""
        self._attempt(self._look(), "ledger")

    def look_further(self) -> None:
        """What is older than the last line."""
        if self._lines:
            self._attempt(self._further(), "ledger")

    async def _look(self) -> None:
        self._asked = self._wanted()
        self._lines = list((await self._auditing.search(self._asked)).rows)
        self._follow()

    async def _further(self) -> None:
        asked = self._asked.model_copy(update={"below": self._lines[-1].n})
        found = (await self._auditing.search(asked)).rows
        self._lines += found
        self._follow()
        self.older.setEnabled(len(found) == PAGE)

    def _wanted(self) -> Asked:
        """Raises BadInput for a camera or an incident that is not there."""
        camera = _found(self.camera.text(), self.find_camera, _NO_CAMERA)
        incident = _found(self.incident.text(), self.find_incident, _NO_INCIDENT)
        after = _midnight(self.until.date()) + timedelta(days=1)
        return Asked(
            camera=camera, incident=incident, kind=str(self.kind.currentData() or ""),
            who=self.who.text().strip(), since=_midnight(self.since.date()), until=after,
            limit=PAGE,
        )  # fmt: skip

    def _follow(self) -> None:
        self.model.set_rows(self._lines)
        self._pages.setCurrentIndex(0 if self._lines else 1)
        self.older.setEnabled(len(self._lines) >= PAGE)

    def forget(self) -> None:
        """Somebody else sits down here."""
        self._lines, self._begun = [], False
        self._follow()

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Ledger"))
        self.empty.setText(self.tr("Nothing in the ledger fits."))
        self.search.setText(self.tr("Search"))
        self.older.setText(self.tr("Older"))
        self.book.setText(self.tr("Statutory ledgers…"))
        self.inspection.setText(self.tr("Monthly inspection…"))
        for field, text in (
            (self.who, self.tr("Person")),
            (self.camera, self.tr("Camera (number or name)")),
            (self.incident, self.tr("Incident (number)")),
        ):
            set_hint(field, text)
        for day in (self.since, self.until):
            day.setDisplayFormat(day_pattern())
        self.since.setAccessibleName(self.tr("From"))
        self.until.setAccessibleName(self.tr("Until"))
        self.kind.setAccessibleName(self.tr("What was done"))
        self.table.setAccessibleName(self.tr("Entries of the ledger"))
        chosen = self.kind.currentIndex()
        self.kind.clear()
        self.kind.addItem(self.tr("Everything"), "")
        for kind in Kind:
            self.kind.addItem(words(kind.words), kind.value)
        self.kind.setCurrentIndex(max(0, chosen))
        self.model.retranslate()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._begun:
            self._begun = True
            self.look()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _found(text: str, find: Find, missing: Text) -> str:
    if not text.strip():
        return ""
    id_ = find(text.strip())
    if id_ is None:
        told = text.strip()[:40]
        raise BadInput(Text(missing.ko.format(text=told), missing.en.format(text=told)))
    return id_


def _midnight(day: QDate) -> datetime:
    """In Korea."""
    found = date(day.year(), day.month(), day.day())
    return datetime.combine(found, datetime.min.time(), KOREA)


def _as_it_is(text: str) -> str | None:
    return text
