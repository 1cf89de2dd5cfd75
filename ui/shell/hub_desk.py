"""The hub on the screen: sign-in and lock, incidents, acts, and what the status line says."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from app.domain.hub_act import ActState, HubAct
from app.services.hub_link import Link, LinkState
from app.services.hub_session import HubSession
from app.services.sign_in import SignedIn
from ui.acts.panel import ActsPanel
from ui.incidents.panel import IncidentPanel
from ui.shell.case_desk import CaseDesk
from ui.shell.desk import Desk
from ui.shell.dragnet_desk import DragnetDesk, ViewOf
from ui.shell.file_desk import FileDesk
from ui.shell.hub_maps import HubMaps
from ui.shell.hub_shelf import HubWallDesk
from ui.shell.ledger_desk import LedgerDesk
from ui.shell.main_window import MainWindow
from ui.shell.map_desk import MapDesk
from ui.shell.marker_desk import MarkerDesk
from ui.shell.privacy_desk import PrivacyDesk
from ui.shell.receiver_desk import ReceiverDesk
from ui.shell.selective_desk import SelectiveDesk
from ui.shell.share_desk import ShareDesk
from ui.sign_in.dialog import SignInDialog
from ui.sign_in.touches import Touches
from ui.sign_in.words import entered_words
from ui.translations import words
from ui.widgets.act_words import act_words

translate = QCoreApplication.translate

_INCIDENTS, _ACTS = "section.incidents", "section.acts"


class HubDesk(QObject):
    """Made before the main window begins; only where there is a hub."""

    def __init__(
        self,
        desk: Desk,
        hub: HubSession,
        main: MainWindow,
        view_of: ViewOf,
        maps: MapDesk | None = None,
    ) -> None:
        super().__init__(main)
        self._desk, self._hub, self._main = desk, hub, main
        console, parts = desk.console, hub.parts
        self._state = parts.link.link.state
        self.dialog = SignInDialog(hub, desk.theme, console.clock, main)
        self.incidents = IncidentPanel(parts.incidents, desk.theme, console.clock, desk.attempt)
        self.acts = ActsPanel(parts.outbox, desk.theme, self._about, self._version, desk.attempt)
        self._bind()
        self.walls = HubWallDesk(desk, main, console.hub_walls)
        self.cases = CaseDesk(desk, parts, main, self.incidents, maps)
        self.ledger = LedgerDesk(desk, parts, main)
        self.sharing = ShareDesk(desk, parts, main, self.cases, self.incidents)
        self.files = FileDesk(desk, parts, main, self.cases, self.incidents)
        self.privacy = PrivacyDesk(desk, parts, main)
        self.receiver = ReceiverDesk(desk, parts, main, maps)
        self.dragnets = self._dragnets(view_of)
        self.selective = self._selective()
        self.markers = MarkerDesk(desk.walls.markers, parts.incidents, console.tracks, self)
        self.markers.watch(main.view)
        self.maps: HubMaps | None = None
        if maps is not None:
            self.maps = HubMaps(desk, parts, maps, self.incidents, self.markers)
            self.cases.queue.lit.connect(self.maps.point)
        self.touches = Touches(parts.sign_ins.touch, self)
        self._disconnect = (
            parts.sign_ins.changed.connect(self._who),
            parts.link.changed.connect(self._link_changed),
            parts.outbox.settled.connect(self._settled),
            parts.outbox.changed.connect(lambda _: main.follow_status()),
        )
        self._was: SignedIn | None = None

    def _bind(self) -> None:
        self._main.add_part(_INCIDENTS, self.incidents)
        self._main.add_part(_ACTS, self.acts)
        self._main.status.clicked.connect(lambda: self._main.show_part(_ACTS))
        self.dialog.quit_requested.connect(self._main.quit_requested)
        actions, hub = self._main.frame.actions, self._hub
        actions.bind("session.lock", hub.parts.sign_ins.lock)
        actions.bind("session.sign_out", lambda: self._desk.attempt(hub.sign_out(), "sign out"))

    def _selective(self) -> SelectiveDesk | None:
        chosen = self._desk.console.selective
        return SelectiveDesk(self._desk, self._main, chosen) if chosen is not None else None

    def _dragnets(self, view_of: ViewOf) -> DragnetDesk | None:
        dragnets, incidents = self._desk.console.dragnets, self._hub.parts.incidents
        if dragnets is None:
            return None
        chosen = lambda: self.incidents.chosen  # noqa: E731 - what it is now
        made = DragnetDesk(self._desk, self._main, dragnets, incidents, chosen, view_of)
        self.incidents.dragnet_wanted.connect(made.open)
        made.opened.connect(self.cases.dragnet_opened)
        return made

    def open(self) -> None:
        """The windows are on the screen."""
        self.watch(self._main)
        self.dialog.winId()
        self.watch(self.dialog)
        self._who(self._hub.now)
        self.dialog.follow(self._hub.now)
        if self.dragnets is not None:
            self.dragnets.begin()
        self.markers.begin()
        if self.maps is not None:
            self.maps.begin()

    def watch(self, window: QWidget) -> None:
        """A touch of this window keeps the session open."""
        self.touches.watch(window.windowHandle())

    def end(self) -> None:
        for disconnect in self._disconnect:
            disconnect()
        self.walls.end()
        self.markers.end()
        self.cases.end()
        self.sharing.end()
        self.privacy.end()
        self.receiver.end()
        if self.selective is not None:
            self.selective.end()
        if self.maps is not None:
            self.maps.end()
        if self.dragnets is not None:
            self.dragnets.end()
        self.dialog.end()

    # following

    def _who(self, now: SignedIn | None) -> None:
        before, self._was = self._was, now
        for name in ("session.lock", "session.sign_out"):
            self._main.frame.actions[name].setEnabled(now is not None)
        if now is None:
            if self.maps is not None:
                self.maps.leave()
            if self.selective is not None:
                self.selective.leave()
            if self.dragnets is not None:
                self.dragnets.leave()
        self.markers.follow()
        if now is None or now.locked:
            self.privacy.leave()
            # Nothing personal stays beside the wall.
            self._main.show_wall()
        self.receiver.who(now)
        self.ledger.who(now)
        if now is not None and (before is None or before.account != now.account):
            self._desk.console.preferences.set("operator", now.account.name, keep=False)
            left = self._hub.parts.sign_ins.hours_left()
            self._desk.notices.done(lambda: entered_words(now, left))
        self._main.follow_status()

    def _link_changed(self, link: Link) -> None:
        """The lag is read once a second; another state is shown at once."""
        if link.state is not self._state:
            before, self._state = self._state, link.state
            self._main.follow_status()
            if link.state is LinkState.OFFLINE and before is LinkState.LIVE:
                self._desk.notices.done(_away)

    def _settled(self, act: HubAct) -> None:
        if act.state in (ActState.CONFLICT, ActState.REFUSED):
            self._desk.notices.failed(lambda: _not_taken(act))

    # what an act is about

    def _about(self, act: HubAct) -> str:
        item = self._hub.parts.incidents.get(act.target)
        if item is not None:
            return f"{item.row.number} {item.row.title}".strip()
        wall = self._hub.parts.rows.get("wall", act.target)
        return str(wall.d.get("name", "")) if wall is not None else str(act.args.get("name", ""))

    def _version(self, act: HubAct) -> int:
        rows = self._hub.parts.rows
        kind = "wall" if act.type.startswith("wall.") else "incident"
        row = rows.get(kind, act.target)
        return row.ver if row is not None else 0


def _away() -> str:
    return translate("HubDesk", "The hub is away. The wall goes on; acts wait until it is back.")


def _not_taken(act: HubAct) -> str:
    reason = words(act.reason) if act.reason is not None else ""
    said = translate("HubDesk", "The hub did not take “{act}”: {reason} See the list of acts.")
    return said.format(act=act_words(act), reason=reason)
