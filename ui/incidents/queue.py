"""The queue on the right of the wall: what wants attention, what I work on, everything open."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from typing import Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QHideEvent, QKeyEvent, QShowEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLabel,
    QListView,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.clock import Clock
from app.domain.incident_state import State
from app.domain.rights import Action
from app.services.incident_overlay import IncidentItem
from app.services.incidents import Incidents
from ui.incidents import words
from ui.incidents.card import ITEM, CardDelegate
from ui.theme import Theme
from ui.widgets.focus import FocusFirst
from ui.widgets.timing import timer

_SECOND_MS: Final = 1000
# A thousand incidents a minute are one repaint a moment.
_TOGETHER_MS: Final = 60
_Index = QModelIndex | QPersistentModelIndex


class Page(StrEnum):
    NEW = "new"
    MINE = "mine"
    ALL = "all"


def on_page(item: IncidentItem, page: Page, me: str) -> bool:
    if not item.state.open:
        return False
    if page is Page.NEW:
        return item.state is State.RECEIVED
    return page is Page.ALL or (bool(me) and item.row.assignee == me)


class QueueModel(QAbstractListModel):
    """Keeps selection and place where a card only moves."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._items: list[IncidentItem] = []
        self._rows: dict[str, int] = {}

    def set_items(self, items: Sequence[IncidentItem], *, hold: bool = False) -> None:
        """With `hold` every card stays where it is; what is new comes below."""
        if hold:
            fresh = {item.row.id: item for item in items}
            kept = [fresh.pop(i.row.id, i) for i in self._items]
            items = [*kept, *fresh.values()]
        before = [item.row.id for item in self._items]
        after = [item.row.id for item in items]
        if before == after:
            changed = [n for n, item in enumerate(items) if item != self._items[n]]
            self._items = list(items)
            for n in changed:
                self.dataChanged.emit(self.index(n), self.index(n))
            return
        if after[: len(before)] == before:
            self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
            self._take(items)
            self.endInsertRows()
            if before:
                self.dataChanged.emit(self.index(0), self.index(len(before) - 1))
            return
        self.layoutAboutToBeChanged.emit()
        old = self.persistentIndexList()
        self._take(items)
        new = [self.index(row) if (row := self._rows.get(before[i.row()], -1)) >= 0
               else QModelIndex() for i in old]  # fmt: skip
        self.changePersistentIndexList(old, new)
        self.layoutChanged.emit()

    def _take(self, items: Sequence[IncidentItem]) -> None:
        self._items = list(items)
        self._rows = {item.row.id: n for n, item in enumerate(self._items)}

    def row_of(self, incident: str) -> int:
        return self._rows.get(incident, -1)

    def item(self, row: int) -> IncidentItem | None:
        return self._items[row] if 0 <= row < len(self._items) else None

    @override
    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        return 0 if parent.isValid() else len(self._items)

    @override
    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        item = self.item(index.row())
        if item is None:
            return None
        if role == ITEM:
            return item
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{words.type_words(item.row.type)} {words.place_words(item)}"
        return None


class Queue(QWidget):
    """What a person wants is said by signals.

    chosen         id: looked at
    opened         id: Enter or double click
    lit            id of the card under the pointer, "" for none
    new_wanted     an incident is to be opened by hand
    """

    chosen = Signal(str)
    opened = Signal(str)
    lit = Signal(str)
    new_wanted = Signal()

    def __init__(self, incidents: Incidents, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("queue")
        self._incidents, self._theme = incidents, theme
        self._following = False
        self._lit = ""
        self.page = Page.NEW
        self.tabs = {page: QPushButton() for page in Page}
        self.new = QPushButton()
        self.model = QueueModel(self)
        self.list = QListView()
        self.empty = QLabel()
        self._pages = QStackedWidget()
        self.cards = CardDelegate(theme, clock, lambda: incidents.me, self.list)
        self._lay_out(self.cards)
        self._together = timer(self, _TOGETHER_MS, self.follow, once=True)
        self._second = timer(self, _SECOND_MS, self._tick)
        self._disconnect = incidents.changed.connect(lambda _: self._heard())
        self.destroyed.connect(self._disconnect)
        theme.changed.connect(self.list.viewport().update)
        self.retranslate()

    def _lay_out(self, delegate: CardDelegate) -> None:
        self._dress_list(delegate)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setWordWrap(True)
        self.empty.setProperty("role", "secondary")
        self._pages.addWidget(self.list)
        self._pages.addWidget(self.empty)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addLayout(self._head())
        box.addWidget(self._pages, 1)
        FocusFirst(self, self.list)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(8, 4, 8, 4)
        head.setSpacing(2)
        for page, tab in self.tabs.items():
            tab.setCheckable(True)
            tab.setProperty("tab", True)  # noqa: FBT003 - Qt's own signature
            tab.clicked.connect(lambda _checked=False, page=page: self.turn_to(page))
            head.addWidget(tab)
        head.addStretch()
        head.addWidget(self.new)
        self.new.clicked.connect(lambda _checked: self.new_wanted.emit())
        return head

    def _dress_list(self, delegate: CardDelegate) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(delegate)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setFrameShape(QListView.Shape.NoFrame)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.viewport().installEventFilter(self)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._select())
        self.list.clicked.connect(lambda _: self._select())
        self.list.activated.connect(lambda index: self._open(index.row()))
        self.list.entered.connect(lambda index: self._light(index.row()))

    # what is shown

    def turn_to(self, page: Page) -> None:
        self.page = page
        self.follow(hold=False)

    @property
    def held(self) -> bool:
        """Nothing jumps under the mouse."""
        return self.list.viewport().underMouse()

    def follow(self, *, hold: bool | None = None) -> None:
        found, me = self._incidents.all(), self._incidents.me
        counts = {page: sum(on_page(i, page, me) for i in found) for page in Page}
        shown = [item for item in found if on_page(item, self.page, me)]
        keep = self.held if hold is None else hold
        self._following = True
        # When the session is over nothing personal stays, wherever the mouse is.
        self.model.set_items(shown, hold=keep and bool(found))
        self._following = False
        self._pages.setCurrentIndex(0 if self.model.rowCount() else 1)
        for page, tab in self.tabs.items():
            tab.setChecked(page is self.page)
            tab.setText(f"{self._name(page)} {counts[page]}")
        self._say(signed_in=bool(me))

    def choose(self, incident: str) -> None:
        """From elsewhere; on the page where it is."""
        if self.model.row_of(incident) < 0:
            self.page = Page.ALL
            self.follow(hold=False)
        row = self.model.row_of(incident)
        self._following = True
        self.list.setCurrentIndex(self.model.index(row) if row >= 0 else QModelIndex())
        self._following = False

    def _select(self) -> None:
        item = self.model.item(self.list.currentIndex().row())
        if item is not None and not self._following:
            self.chosen.emit(item.row.id)

    def _open(self, row: int) -> None:
        item = self.model.item(row)
        if item is not None:
            self.opened.emit(item.row.id)

    def _light(self, row: int) -> None:
        item = self.model.item(row)
        what = item.row.id if item is not None else ""
        if what != self._lit:
            self._lit = what
            self.lit.emit(what)

    def _heard(self) -> None:
        if self.isVisible() and not self._together.isActive():
            self._together.start()

    def _tick(self) -> None:
        self.list.viewport().update()

    # words

    def _name(self, page: Page) -> str:
        return {
            Page.NEW: self.tr("New"), Page.MINE: self.tr("Mine"), Page.ALL: self.tr("All"),
        }[page]  # fmt: skip

    def _say(self, *, signed_in: bool) -> None:
        self.new.setVisible(self._incidents.may(Action.CREATE))
        texts = {
            Page.NEW: self.tr("Nothing waits to be acknowledged."),
            Page.MINE: self.tr("You work on no incident."),
            Page.ALL: self.tr("No incident is open."),
        }
        self.empty.setText(texts[self.page] if signed_in else self.tr("Nobody is signed in."))

    def retranslate(self) -> None:
        self.new.setText(self.tr("New…"))
        self.new.setToolTip(self.tr("Open an incident by hand"))
        self.list.setAccessibleName(self.tr("Incidents"))
        self.follow()

    # Qt

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Leave:
            self._light(-1)
            self._together.start()
        return super().eventFilter(watched, event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        pages = tuple(Page)
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.turn_to(pages[(pages.index(self.page) + step) % len(pages)])

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
