"""Which book, of what time, as what kind of file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Final

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDateEdit,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.domain.ledger.books import BookName
from app.domain.ledger.record import KOREA
from ui.ledger.paper import WRITERS
from ui.translations import words
from ui.widgets.forms import day_pattern

_WIDTH: Final = 420
# What it is to be saved as: book, from, until, file.
Wanted = Callable[[BookName, datetime, datetime, Path], object]


class BookDialog(QDialog):
    """`wanted` is called once a place for the file is chosen. `today`: in Korea."""

    def __init__(self, wanted: Wanted, today: date, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Statutory ledgers"))
        self.setMinimumWidth(_WIDTH)
        self._wanted = wanted
        self.name, self.form = QComboBox(), QComboBox()
        for book in BookName:
            self.name.addItem(words(book.heading), book.value)
        for form, text in (("xlsx", "Excel (XLSX)"), ("csv", "CSV"), ("pdf", "PDF")):
            self.form.addItem(text, form)
        # The month before: it is complete.
        last = today.replace(day=1) - timedelta(days=1)
        self.since, self.until = _day(last.replace(day=1)), _day(last)
        self.cancel, self.save = QPushButton(self.tr("Cancel")), QPushButton(self.tr("Save…"))
        self.cancel.clicked.connect(self.reject)
        self.save.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        self.save.setDefault(True)
        self.save.clicked.connect(self.choose)
        self.since.dateChanged.connect(lambda _: self._enable())
        self.until.dateChanged.connect(lambda _: self._enable())
        self._lay_out()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(6)
        for text, field in (
            (self.tr("Ledger"), self.name),
            (self.tr("From"), self.since),
            (self.tr("Until"), self.until),
            (self.tr("As"), self.form),
        ):
            label = QLabel(text)
            label.setProperty("role", "secondary")
            label.setBuddy(field)
            box.addWidget(label)
            box.addWidget(field)
        note = QLabel(self.tr("That it was taken is written into the ledger."))
        note.setProperty("role", "secondary")
        note.setWordWrap(True)
        foot = QHBoxLayout()
        foot.addStretch()
        foot.addWidget(self.cancel)
        foot.addWidget(self.save)
        box.addWidget(note)
        box.addSpacing(8)
        box.addLayout(foot)

    def _enable(self) -> None:
        self.save.setEnabled(self.since.date() <= self.until.date())

    def choose(self) -> None:
        """Where to."""
        form = str(self.form.currentData())
        dialog = QFileDialog(self, self.tr("Save the ledger"), self._proposed(form))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(form)
        dialog.setNameFilter(f"{form.upper()} (*.{form})")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.take)
        dialog.open()

    def take(self, file: str) -> None:
        """The file was chosen."""
        since, until = _moment(self.since.date()), _moment(self.until.date()) + timedelta(days=1)
        self.accept()
        self._wanted(BookName(str(self.name.currentData())), since, until, Path(file))

    def _proposed(self, form: str) -> str:
        since = self.since.date().toString("yyyy-MM-dd")
        return f"{self.name.currentText()} {since}.{form}"


def form_of(file: Path) -> str:
    """By its ending; a workbook where that says nothing."""
    ending = file.suffix.lower().removeprefix(".")
    return ending if ending in WRITERS else "xlsx"


def _day(day: date) -> QDateEdit:
    field = QDateEdit(QDate(day.year, day.month, day.day))
    field.setCalendarPopup(True)
    field.setDisplayFormat(day_pattern())
    return field


def _moment(day: QDate) -> datetime:
    return datetime(day.year(), day.month(), day.day(), tzinfo=KOREA)
