"""What waits to be sent to the hub, and what it would not take, each with a way out."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.hub_act import ActState, HubAct
from app.services.outbox import Outbox
from ui.acts.model import WIDTHS, ActTable
from ui.theme import Theme
from ui.widgets.act_words import act_words
from ui.widgets.ask import Ask
from ui.widgets.calm_table import CalmTable
from ui.widgets.focus import FocusFirst
from ui.widgets.two_records import TwoRecords

Attempt = Callable[[Coroutine[Any, Any, object], str], object]


class ActsPanel(QWidget):
    """`about` names what an act is about, `version` is the hub's newest of it."""

    def __init__(
        self,
        outbox: Outbox,
        theme: Theme,
        about: Callable[[HubAct], str],
        version: Callable[[HubAct], int],
        attempt: Attempt,
    ) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._outbox, self._version, self._attempt = outbox, version, attempt
        self._chosen = ""
        self.heading, self.summary, self.empty = QLabel(), QLabel(), QLabel()
        self.heading.setProperty("role", "heading")
        for label in (self.summary, self.empty):
            label.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.model = ActTable(theme, about, self)
        self.table = CalmTable(self.model, theme, WIDTHS, len(WIDTHS) - 1)
        self.records = TwoRecords()
        self.retry, self.discard = QPushButton(), QPushButton()
        self.retry.clicked.connect(self.try_again)
        self.discard.clicked.connect(self.ask_discard)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._select())
        self._pages = QStackedWidget()
        self._lay_out()
        self._disconnect = outbox.changed.connect(lambda _: self._heard())
        self.destroyed.connect(self._disconnect)
        self.retranslate()

    def _lay_out(self) -> None:
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        # Above: the foot is where notices lie, of the very acts that are decided here.
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.heading)
        head.addWidget(self.summary, 1)
        head.addWidget(self.discard)
        head.addWidget(self.retry)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(self.records)
        box.addWidget(self._pages, 1)
        FocusFirst(self, self.table)

    @property
    def chosen(self) -> HubAct | None:
        return self.model.act(self.table.chosen())

    def follow(self) -> None:
        """Shows what is in the outbox now."""
        self.model.set_acts(self._outbox.acts())
        self.table.choose(self.model.row_of(self._chosen))
        self._pages.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.summary.setText(
            self.tr("{waiting} waiting · {troubled} need a decision").format(
                waiting=self._outbox.waiting, troubled=self._outbox.troubled
            )
        )
        self._enable()

    def try_again(self) -> None:
        act = self.chosen
        if act is not None and not act.state.open:
            self._attempt(self._outbox.retry(act.cmd_id, self._version(act)), "retry an act")

    def ask_discard(self) -> None:
        act = self.chosen
        if act is None or act.state.open:
            return
        Ask(
            self.tr("Discard"),
            self.tr("“{act}” will not be done at the hub. Discard it?").format(act=act_words(act)),
            self.tr("Discard"),
            lambda _: self._attempt(self._outbox.discard(act.cmd_id), "discard an act"),
            self,
        ).open()

    def _heard(self) -> None:
        if self.isVisible():
            self.follow()

    def _select(self) -> None:
        act = self.chosen
        if act is not None:
            self._chosen = act.cmd_id
        self._enable()

    def _enable(self) -> None:
        act = self.chosen
        troubled = act if act is not None and not act.state.open else None
        self.records.render_act(troubled)
        self.retry.setEnabled(troubled is not None)
        self.discard.setEnabled(troubled is not None)
        if troubled is not None and troubled.state is ActState.REFUSED:
            self.retry.setToolTip(self.tr("The hub will most likely refuse it again."))
        else:
            self.retry.setToolTip("")

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Acts for the hub"))
        self.empty.setText(self.tr("Everything that was done here is at the hub."))
        self.retry.setText(self.tr("Try again"))
        self.discard.setText(self.tr("Discard…"))
        self.table.setAccessibleName(self.tr("Acts that wait or were not taken"))
        self.model.retranslate()
        self.follow()

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
