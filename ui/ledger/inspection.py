"""The monthly inspection: who viewed how much, what is unusual first, and the signing of it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from datetime import date, timedelta
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.services.auditing import Auditing
from app.wire.ledger import Inspected, Inspection
from ui.ledger.model import VIEWER_WIDTHS, ViewerTable
from ui.ledger.words import time_words
from ui.theme import Theme
from ui.widgets.ask import Ask
from ui.widgets.calm_table import CalmTable
from ui.widgets.forms import month_form

Attempt = Callable[[Coroutine[Any, Any, object], str], object]

_MONTHS: Final = 12
_SIZE: Final = (960, 560)


class InspectionDialog(QDialog):
    """`today`: in Korea; the month before is shown first."""

    def __init__(
        self, auditing: Auditing, theme: Theme, today: date, attempt: Attempt, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Monthly inspection of viewing"))
        self.resize(*_SIZE)
        self._auditing, self._attempt = auditing, attempt
        self.month = QComboBox()
        self.month.setAccessibleName(self.tr("Month"))
        for month in _months(today):
            self.month.addItem(month_form(month), f"{month:%Y-%m}")
        self.month.setCurrentIndex(1)
        self.summary, self.signed, self.empty = QLabel(), QLabel(), QLabel()
        for label in (self.summary, self.signed, self.empty):
            label.setProperty("role", "secondary")
            label.setWordWrap(True)
        self.empty.setText(self.tr("Nobody viewed anything in this month."))
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.model = ViewerTable(theme, self)
        self.table = CalmTable(self.model, theme, VIEWER_WIDTHS, len(VIEWER_WIDTHS) - 1)
        self.table.setAccessibleName(self.tr("Viewers of the month"))
        self.close_, self.sign = QPushButton(self.tr("Close")), QPushButton(self.tr("Sign…"))
        self.sign.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        self.sign.setEnabled(False)
        self.sign.clicked.connect(self.ask)
        self.close_.clicked.connect(self.reject)
        self._pages = QStackedWidget()
        self._lay_out()
        self.month.currentIndexChanged.connect(lambda _: self.look())
        self.look()

    def _lay_out(self) -> None:
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.addWidget(self.month)
        head.addWidget(self.summary, 1)
        foot.addWidget(self.signed, 1)
        foot.addWidget(self.close_)
        foot.addWidget(self.sign)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self._pages, 1)
        box.addLayout(foot)

    def look(self) -> None:
        self.sign.setEnabled(False)
        self._attempt(self._look(str(self.month.currentData())), "inspection")

    async def _look(self, month: str) -> None:
        found = await self._auditing.inspection(month)
        # Another month may have been chosen meanwhile.
        if month == self.month.currentData():
            self.show_inspection(found)

    def ask(self) -> None:
        """What was found: it stands in the ledger with the name of who signs."""
        month = str(self.month.currentData())
        Ask(
            self.tr("Sign the inspection"),
            self.tr("What did the inspection of {month} find?").format(
                month=self.month.currentText()
            ),
            self.tr("Sign"),
            lambda note: self._attempt(self._sign(month, note), "inspection"),
            self,
            reason=True,
        ).open()

    async def _sign(self, month: str, note: str) -> None:
        self.show_inspection(await self._auditing.sign(month, note))

    def show_inspection(self, found: Inspection) -> None:
        self.model.set_rows(found.rows)
        self._pages.setCurrentIndex(0 if found.rows else 1)
        flagged = sum(bool(one.flags) for one in found.rows)
        self.summary.setText(
            self.tr("{people} people, {flagged} to be looked at").format(
                people=len(found.rows), flagged=flagged
            )
        )
        self.signed.setText("\n".join(map(_signed, found.signed)))
        self.sign.setEnabled(True)


def _signed(one: Inspected) -> str:
    return f"✓ {one.by} · {time_words(one.at)} · {one.note}"


def _months(today: date) -> list[date]:
    """This one and those before."""
    found, day = list[date](), today.replace(day=1)
    for _ in range(_MONTHS):
        found.append(day)
        day = (day - timedelta(days=1)).replace(day=1)
    return found
