"""The keys of the dragnet: open it, go through its candidates, and back to one's own wall."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.domain.errors import Failure
from app.domain.incident_state import State
from app.domain.text import Text
from app.domain.wall import MAIN_WINDOW, WindowId
from app.services.dragnets import Dragnets, OpenDragnet
from app.services.incident_overlay import IncidentItem
from app.services.incidents import Incidents
from ui.shell.desk import Desk
from ui.shell.main_window import MainWindow
from ui.translations import words
from ui.wall.view import ViewState, WallView

translate = QCoreApplication.translate

# A new incident's cameras are connected about as soon as somebody has read its title.
WARM_MS = 2000

ViewOf = Callable[[WindowId], WallView | None]


class DragnetDesk(QObject):
    """`chosen`: the incident that is looked at, "" for none. `view_of`: the wall of a window.

    opened  id of the incident whose cameras stand on a wall now
    """

    opened = Signal(str)

    def __init__(
        self,
        desk: Desk,
        main: MainWindow,
        dragnets: Dragnets,
        incidents: Incidents,
        chosen: Callable[[], str],
        view_of: ViewOf,
    ) -> None:
        super().__init__(main)
        self._desk, self._main = desk, main
        self._dragnets, self._incidents = dragnets, incidents
        self._chosen, self._view_of = chosen, view_of
        self._kept: dict[WindowId, ViewState] = {}
        self._known: set[str] | None = None
        actions = main.frame.actions
        actions.bind("incident.dragnet", self.open_chosen)
        actions.bind("dragnet.next", self.next)
        actions.bind("dragnet.close", self.close)
        self._disconnect = dragnets.changed.connect(lambda _: self._follow())
        self._warm = QTimer(self)
        self._warm.setInterval(WARM_MS)
        self._warm.timeout.connect(self.keep_warm)
        self._follow()

    def begin(self) -> None:
        self._warm.start()

    def end(self) -> None:
        """The program ends."""
        self._warm.stop()
        self._disconnect()

    def leave(self) -> None:
        """Nobody is signed in any more."""
        self._dragnets.end()
        self._kept.clear()
        self._known = None

    def keep_warm(self) -> None:
        items = self._incidents.all()
        self._dragnets.keep_warm(items)
        self._open_by_itself(items)

    def _open_by_itself(self, items: list[IncidentItem]) -> None:
        """For types that were chosen; what lay there when the session began is not new."""
        waiting = {item.row.id: item for item in items if item.state is State.RECEIVED}
        before, self._known = self._known, set(waiting)
        wanted = self._desk.console.preferences.values.auto_dragnet.split(",")
        if before is None or self._dragnets.at(MAIN_WINDOW) is not None:
            return
        for item in items:
            if item.row.id in waiting and item.row.id not in before and item.row.type in wanted:
                self._open(item)
                return

    # keys

    def open_chosen(self) -> None:
        """Of the incident that is looked at, else of the one that wants attention most."""
        found = self._incidents.get(self._chosen()) if self._chosen() else None
        if found is None or not found.state.open:
            found = next((one for one in self._incidents.all() if one.state.open), None)
        if found is None:
            self._desk.notices.failed(NO_INCIDENT)
        else:
            self._open(found)

    def open(self, incident: str) -> None:
        found = self._incidents.get(incident)
        if found is not None:
            self._open(found)

    def _open(self, item: IncidentItem) -> None:
        views = {window: self._view_of(window) for window in self._desk.console.walls.windows()}
        states = {window: view.keep() for window, view in views.items() if view is not None}
        try:
            opened = self._dragnets.open(item)
        except Failure as failure:
            self._desk.notices.failed(failure.text)
            return
        if opened.window in states:
            self._kept.setdefault(opened.window, states[opened.window])
        view = views.get(opened.window)
        if view is not None:
            view.stage.enlarge(None)
            view.set_focus(0)
        if view is self._main.view and not self._main.parts.isHidden():
            self._main.show_wall()
        self.opened.emit(item.row.id)
        self._desk.notices.done(lambda: opened_words(item, opened))
        if opened.found.note is not None:
            self._desk.notices.failed(opened.found.note)

    def next(self) -> None:
        window = self._main.view.window_id
        tile = self._main.view.focused_index or 0
        try:
            found = self._dragnets.replace(window, tile)
        except Failure as failure:
            self._desk.notices.failed(failure.text)
            return
        name = f"{found.camera.number} {found.camera.name}"
        self._desk.notices.done(lambda: f"{name} · {words(found.reason)}")

    def close(self) -> None:
        """Of the main window first, else of the others."""
        windows = self._desk.console.walls.windows()
        for window in windows:
            if self._dragnets.close(window):
                view, state = self._view_of(window), self._kept.pop(window, None)
                if view is not None and state is not None:
                    view.put_back(state)
                return

    def _follow(self) -> None:
        windows = self._desk.console.walls.windows()
        opened = [window for window in windows if self._dragnets.at(window) is not None]
        actions = self._main.frame.actions
        actions["dragnet.close"].setEnabled(bool(opened))
        actions["dragnet.next"].setEnabled(self._main.view.window_id in opened)


def opened_words(item: IncidentItem, opened: OpenDragnet) -> str:
    """What stands on the wall now, and how to get back."""
    said = translate("DragnetDesk", "{title}: {count} cameras. N the next candidate, F9 back.")
    title = " ".join(part for part in (item.row.number, item.row.title) if part)
    return said.format(title=title, count=len(opened.shown))


NO_INCIDENT = Text("진행 중인 사건이 없습니다.", "No incident is open.")
