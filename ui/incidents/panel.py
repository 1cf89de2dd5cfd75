"""The plain incident list: all of them above, the chosen one below."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.clock import Clock
from app.domain.camera import CameraId
from app.domain.geo.earth import Place
from app.domain.rights import Action
from app.services.incidents import Incidents, NewIncident
from ui.incidents.detail import IncidentDetail
from ui.incidents.model import PLACE, WIDTHS, IncidentTable
from ui.incidents.new import NewIncidentDialog
from ui.incidents.wishes import fulfil
from ui.theme import Theme
from ui.widgets.calm_table import CalmTable
from ui.widgets.focus import FocusFirst
from ui.widgets.timing import timer

Attempt = Callable[[Coroutine[Any, Any, object], str], object]

# A burst of 500 events a second is shown ten times a second: more no eye follows.
_TOGETHER_MS = 100
_SECOND_MS = 1000


class IncidentPanel(QWidget):
    """`chosen_changed`, `dragnet_wanted` (incident id).

    Costs nothing while it is not on the screen.
    """

    chosen_changed = Signal(str)
    dragnet_wanted = Signal(str)
    created = Signal(str, str)

    def __init__(self, incidents: Incidents, theme: Theme, clock: Clock, attempt: Attempt) -> None:
        super().__init__()
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._incidents, self._attempt = incidents, attempt
        self._chosen = ""
        self._following = False
        self.heading, self.count, self.empty = QLabel(), QLabel(), QLabel()
        self.heading.setProperty("role", "heading")
        for label in (self.count, self.empty):
            label.setProperty("role", "secondary")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.ended, self.new = QCheckBox(), QPushButton()
        self.ended.toggled.connect(lambda _: self.follow())
        self.new.clicked.connect(lambda _checked: self.ask_new())
        self.model = IncidentTable(theme, clock, self)
        self.table = CalmTable(self.model, theme, WIDTHS, PLACE)
        self.table.selectionModel().selectionChanged.connect(lambda *_: self._select())
        self.table.viewport().installEventFilter(self)
        self.detail = IncidentDetail(incidents, theme, clock)
        fulfil(self.detail, incidents, attempt)
        self.detail.dragnet_wanted.connect(self.dragnet_wanted)
        _key(self.table, Qt.Key.Key_D, self.detail.ask_dragnet)
        self._pages = QStackedWidget()
        self._together = timer(self, _TOGETHER_MS, self.follow, once=True)
        self._second = timer(self, _SECOND_MS, self.model.second)
        self._lay_out()
        self._disconnect = incidents.changed.connect(lambda _: self._heard())
        self.destroyed.connect(self._disconnect)
        self.retranslate()

    def _lay_out(self) -> None:
        self._pages.addWidget(self.table)
        self._pages.addWidget(self.empty)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.heading)
        head.addWidget(self.count, 1)
        head.addWidget(self.ended)
        head.addWidget(self.new)
        split = QSplitter(Qt.Orientation.Vertical)
        split.addWidget(self._pages)
        split.addWidget(self.detail)
        split.setChildrenCollapsible(False)
        split.setSizes([360, 400])
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(8)
        box.addLayout(head)
        box.addWidget(split, 1)
        FocusFirst(self, self.table)

    @property
    def held(self) -> bool:
        """Whether rows must stay where they are: somebody points at one."""
        return self.table.viewport().underMouse()

    def follow(self) -> None:
        """Shows the incidents as they are now."""
        found = self._incidents.all()
        self.new.setVisible(self._incidents.may(Action.CREATE))
        opened = sum(item.state.open for item in found)
        with_ended = self.ended.isChecked()
        shown = [item for item in found if with_ended or item.state.open or item.trouble]
        self._following = True
        # When the session is over nothing personal stays, wherever the mouse is.
        self.model.set_items(shown, hold=self.held and bool(found))
        self.table.choose(self.model.row_of(self._chosen))
        self._following = False
        self._pages.setCurrentIndex(0 if self.model.rowCount() else 1)
        self.count.setText(
            self.tr("{open} open · {all} in all").format(open=opened, all=len(found))
        )
        self.detail.render_item(self._incidents.get(self._chosen) if self._chosen else None)

    @property
    def chosen(self) -> str:
        """The incident that is looked at; "" for none."""
        return self._chosen

    def choose(self, incident: str) -> None:
        """From elsewhere; a wall of one that has ended is not hidden from whoever asks for it."""
        changed = incident != self._chosen
        self._chosen = incident
        self.follow()
        if changed:
            self.chosen_changed.emit(incident)

    def ask_new(
        self, place: Place | None = None, camera: CameraId | None = None, where: str = ""
    ) -> None:
        """`place`, `camera`: where it is known already, by which camera; `where`: in words."""
        dialog = NewIncidentDialog(self._create, self, place, camera)
        dialog.place.setText(where)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _create(self, new: NewIncident) -> None:
        self._attempt(self._created(new), "new incident")

    async def _created(self, new: NewIncident) -> None:
        act = await self._incidents.create(new)
        self.choose(act.target)
        if new.camera is not None:
            self.created.emit(act.target, new.camera)

    def _heard(self) -> None:
        if self.isVisible() and not self._together.isActive():
            self._together.start()

    def _select(self) -> None:
        item = self.model.item(self.table.chosen())
        if item is None or self._following:
            return
        self._chosen = item.row.id
        self.detail.render_item(self._incidents.get(self._chosen))
        self.chosen_changed.emit(self._chosen)

    def retranslate(self) -> None:
        self.heading.setText(self.tr("Incidents"))
        self.ended.setText(self.tr("Ended ones as well"))
        self.new.setText(self.tr("New incident…"))
        self.empty.setText(self.tr("No incident is open."))
        self.table.setAccessibleName(self.tr("Incidents"))
        self.model.retranslate()
        self.follow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave and self.isVisible():
            self._together.start()
        return super().eventFilter(watched, event)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.follow()
        self._second.start()

    @override
    def hideEvent(self, event: QHideEvent) -> None:
        self._second.stop()
        self._together.stop()
        super().hideEvent(event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _key(owner: QWidget, key: Qt.Key, work: Callable[[], object]) -> None:
    """While `owner` has the keyboard: elsewhere the same key may mean the wall."""
    shortcut = QShortcut(QKeySequence(key), owner)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(work)
