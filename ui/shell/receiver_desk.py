"""The console as a police, fire or disaster room: what is shared with it, and nothing else.

The same window: its rail, its lists and everything that keeps a picture are away; the wall shows
the cameras of the share that is looked at, with who, where and when in every picture.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any, Final

from PySide6.QtCore import QObject

from app.domain import wall as rule
from app.domain.camera import CameraId
from app.domain.geo.earth import Place
from app.domain.layout import layout_named, smallest_for
from app.domain.site import SiteKind
from app.domain.wall import MAIN_WINDOW, WallId
from app.services.hub_session import HubParts
from app.services.incident_overlay import IncidentItem
from app.services.sign_in import SignedIn
from ui.incidents.facts import Facts
from ui.sharing.received import ReceivedPanel
from ui.sharing.words import title_words
from ui.shell.desk import Desk
from ui.shell.main_window import MainWindow
from ui.shell.map_desk import MapDesk
from ui.widgets.forms import moment_form
from ui.widgets.timing import timer

_PAGE: Final = "panel.received"
_SECOND_MS: Final = 1000
_STREET: Final = 16.0
# Everything else is for who works at the centre, or would keep a picture.
ALLOWED: Final = frozenset(
    {
        "focus.left", "focus.right", "focus.up", "focus.down", "tile.enlarge", "tile.restore",
        "zoom.in", "zoom.out", "zoom.reset", "window.full_screen", "session.lock",
        "session.sign_out", "program.keys", "program.quit", "kiosk.leave", "share.next",
        "share.map",
    }
)  # fmt: skip
# One large picture and the others beside it, as the centre has them.
_BESIDE: Final = 6
# A patrol car has one tile, the largest there is.
_ONE: Final = frozenset({SiteKind.PATROL})


class ReceiverDesk(QObject):
    def __init__(self, desk: Desk, parts: HubParts, main: MainWindow, maps: MapDesk | None) -> None:
        super().__init__(main)
        self._desk, self._parts, self._main, self._maps = desk, parts, main, maps
        self.on = False
        self._looked_at = ""
        self.facts = Facts()
        self.panel = ReceivedPanel(parts.receiving, desk.theme, desk.console.clock, self.facts)
        main.side.add(_PAGE, self.panel, lambda: self.tr("Shared with us"))
        self._withheld: list[str] = []
        self._shown: tuple[str, tuple[str, ...]] = ("", ())
        self._at = 0
        self.panel.chosen.connect(lambda _: self.follow())
        self.panel.stepped.connect(self.step)
        self.panel.more_time.connect(
            lambda share, minutes: self._attempt(parts.shares.ask(share, minutes=minutes))
        )
        self.panel.more_place.connect(
            lambda share, place: self._attempt(parts.shares.ask(share, place=place))
        )
        self.panel.given_back.connect(lambda share: self._attempt(parts.shares.end(share)))
        self.facts.reveal_wanted.connect(self._reveal)
        self._revealed = ""
        self._second = timer(self, _SECOND_MS, self._stamp)
        self._disconnect: tuple[Callable[[], None], ...] = (
            parts.receiving.changed.connect(lambda _: self.follow()),
            parts.shares.changed.connect(lambda _: self.follow()),
            parts.incidents.changed.connect(lambda _: self.follow()),
            desk.console.catalog.changed.connect(lambda _: self.follow()),
        )
        actions = main.frame.actions
        actions.bind("share.next", lambda: self.panel.step(1))
        actions["share.next"].setEnabled(False)

    def end(self) -> None:
        self._second.stop()
        for disconnect in self._disconnect:
            disconnect()

    def who(self, now: SignedIn | None) -> None:
        """Somebody else is signed in."""
        if now is not None and self._parts.receiving.on:
            self._enter(now)
        elif self.on:
            self._leave()

    # entering and leaving

    def _enter(self, now: SignedIn) -> None:
        if not self.on:
            self.on = True
            self._desk.console.snapshots.allowed = lambda: False
            self._desk.console.replay.allowed = lambda: False
            self._withhold()
        self._main.rail.hide()
        if now.locked:
            self._main.side.hide()
        else:
            self._main.show_wall()
            self._main.side.turn_to(_PAGE)
        self._second.start()
        self.follow()

    def _leave(self) -> None:
        self.on = False
        self._second.stop()
        self._desk.walls.watermark.text = ""
        self._desk.console.snapshots.allowed = lambda: True
        self._desk.console.replay.allowed = lambda: True
        actions = self._main.frame.actions
        for name in self._withheld:
            actions[name].setEnabled(True)
        self._withheld.clear()
        actions["share.next"].setEnabled(False)
        self._main.rail.show()
        self._desk.console.walls.cover(MAIN_WINDOW, None)
        self._shown = ("", ())

    def _withhold(self) -> None:
        actions = self._main.frame.actions
        for action in actions.bound():
            if action.id in actions and action.id not in ALLOWED and actions[action.id].isEnabled():
                actions[action.id].setEnabled(False)
                self._withheld.append(action.id)
        actions["share.next"].setEnabled(True)

    # following

    def follow(self) -> None:
        """The wall shows the share that is looked at; nothing where none runs."""
        if not self.on:
            return
        # What we are is known once the hub's rows are here.
        self._stamp()
        now = self._parts.sign_ins.now
        if now is not None and not now.locked and self._main.aside.isHidden() != self._small:
            self._main.show_beside(shown=not self._small)
        if self.panel.large != self._small:
            self.panel.set_large(large=self._small)
        self.panel.follow()
        share = self.panel.share
        item = self._parts.incidents.get(share.incident) if share is not None else None
        if item is not None:
            self.facts.render_item(item, revealed=self._revealed == item.row.id)
        wanted = share.cameras if share is not None else ()
        known = [c for c in wanted if self._desk.console.catalog.get(CameraId(c)) is not None]
        if self._small and known:
            known = [known[self._at % len(known)]]
        shown = ("" if share is None else share.id, tuple(known))
        if shown == self._shown and self._desk.console.walls.covered(MAIN_WINDOW):
            return
        self._shown = shown
        self._look_at(item)
        self._cover(title_words(share) if share is not None else "", known)

    def step(self, by: int) -> None:
        """Of a patrol car: another of the pictures that are shared."""
        self._at += by
        self.follow()

    def _cover(self, name: str, cameras: list[str]) -> None:
        walls = self._desk.console.walls
        count = len(cameras)
        some = 1 < count <= _BESIDE
        layout = layout_named("1+5") if some else smallest_for(max(1, count))
        if self._small:
            layout = layout_named("1")
        base = rule.empty_wall(WallId(f"received {name}"), layout, name)
        walls.cover(MAIN_WINDOW, rule.fill(base, [CameraId(camera) for camera in cameras]))

    def _look_at(self, item: IncidentItem | None) -> None:
        """The map goes to the place, once for each incident: a person may have moved it."""
        row = item.row if item is not None else None
        if row is None or row.latitude is None or row.longitude is None or self._maps is None:
            return
        if row.id != self._looked_at:
            self._looked_at = row.id
            self._maps.look_at(Place(row.latitude, row.longitude), _STREET)

    @property
    def _small(self) -> bool:
        """A patrol car: one picture, however many are shared; a key steps through them."""
        now = self._parts.sign_ins.now
        site = self._parts.rows.get("site", now.account.site) if now is not None else None
        return site is not None and site.d.get("kind") in {str(kind) for kind in _ONE}

    def _stamp(self) -> None:
        """Who, where, when: in every picture, to the minute."""
        now = self._parts.sign_ins.now
        if now is None:
            return
        place = self._parts.incidents.site_name(now.account.site)
        time = moment_form(self._desk.console.clock.now())
        text = f"{place}  {now.account.name}  {now.account.username}  {time}"
        if text != self._desk.walls.watermark.text:
            self._desk.walls.watermark.text = text
            self._main.view.update()

    # what a person does

    def _attempt(self, work: Coroutine[Any, Any, object]) -> None:
        self._desk.attempt(work, "share")

    def _reveal(self) -> None:
        share = self.panel.share
        if share is None:
            return
        self._revealed = share.incident
        self._desk.attempt(self._parts.incidents.reveal(share.incident), "personal facts")
        self.follow()
