"""The desk: the queue beside the wall, and one incident with its map around the wall."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QPushButton

from app.domain.geo.earth import Place
from app.domain.incident_state import Move
from app.domain.incident_steps import How
from app.domain.incident_type import GoldenStep
from app.domain.incident_types import type_of
from app.domain.text import Text
from app.services.camera_source import Stepped
from app.services.hub_session import HubParts
from app.services.sign_in import SignedIn
from ui.incidents.detail import IncidentDetail
from ui.incidents.log import lines
from ui.incidents.panel import IncidentPanel
from ui.incidents.paper import page_of, print_page
from ui.incidents.queue import Queue
from ui.incidents.wishes import fulfil
from ui.shell.desk import Desk
from ui.shell.main_window import MainWindow
from ui.shell.map_desk import MapDesk
from ui.widgets.timing import timer

_TOGETHER_MS = 60
_QUEUE = "panel.queue"
_DESK = "section.desk"
NOTHING_CHOSEN = Text("먼저 사건을 고르세요.", "Choose an incident first.")
_NOT_ALLOWED = Text(
    "지금 이 사건에는 그렇게 할 수 없습니다.", "You cannot do that with this incident now."
)
_MOVES = {
    "incident.acknowledge": Move.ACKNOWLEDGE,
    "incident.release": Move.RELEASE,
    "incident.close": Move.CLOSE,
}


class CaseDesk(QObject):
    """`panel` knows which incident is looked at; queue, detail and maps follow it.

    followed  the IncidentItem that is looked at as it is now, or None
    seen      a camera on which somebody sees an incident that is not opened yet
    """

    followed = Signal(object)
    seen = Signal(str)

    def __init__(
        self,
        desk: Desk,
        parts: HubParts,
        main: MainWindow,
        panel: IncidentPanel,
        maps: MapDesk | None,
    ) -> None:
        super().__init__(main)
        self._desk, self._main, self._panel = desk, main, panel
        self._incidents = parts.incidents
        self.queue = Queue(parts.incidents, desk.theme, desk.console.clock)
        self.detail = IncidentDetail(parts.incidents, desk.theme, desk.console.clock, margin=12)
        self.map = maps.make_panel() if maps is not None else None
        main.side.add(_QUEUE, self.queue, lambda: self.tr("Incidents"))
        main.set_desk(_DESK, self.map, self.detail)
        fulfil(self.detail, parts.incidents, desk.attempt)
        self.detail.dragnet_wanted.connect(panel.dragnet_wanted)
        self.queue.chosen.connect(panel.choose)
        self.queue.opened.connect(self.open)
        self.queue.new_wanted.connect(panel.ask_new)
        panel.chosen_changed.connect(self._chosen)
        self._together = timer(self, _TOGETHER_MS, self.follow, once=True)
        self._disconnect: list[Callable[[], None]] = [
            parts.incidents.changed.connect(lambda _: self._soon()),
            parts.sign_ins.changed.connect(self._who),
        ]
        self._bind()

    def _bind(self) -> None:
        actions = self._main.frame.actions
        actions.bind(_QUEUE, lambda: self._main.side.toggle(_QUEUE))
        actions.bind(_DESK, self._show)
        for name, move in _MOVES.items():
            actions.bind(name, partial(self._with_chosen, partial(self.detail.ask, move)))
        for name, button in (
            ("incident.notify", self.detail.notify),
            ("incident.assign", self.detail.assign),
            ("incident.merge", self.detail.merge),
        ):
            actions.bind(name, partial(self._with_chosen, partial(self._press, button)))
        actions.bind("incident.print", self._print)
        actions.bind("incident.new", self._new)
        source = self._desk.console.source
        if isinstance(source, Stepped):
            actions.bind("demo.step", partial(self._step, source))

    def end(self) -> None:
        self._together.stop()
        if self._desk.console.alarms is not None:
            self._desk.console.alarms.stop()
        for disconnect in self._disconnect:
            disconnect()

    def open(self, incident: str) -> None:
        """The incident with its map and its steps, around the wall."""
        self._panel.choose(incident)
        self._main.show_desk()

    def dragnet_opened(self, incident: str) -> None:
        """By whichever way: the step is done, nobody has to tick it."""
        item = self._incidents.get(incident)
        known = type_of(item.row.type) if item is not None else None
        if item is None or known is None or not item.state.open or not self._incidents.may_act:
            return
        has_step = any(step.key == "dragnet" for step in known.sop)
        step = "dragnet" if has_step else str(GoldenStep.VIDEO)
        if step not in item.ticks():
            self._desk.attempt(self._incidents.step(incident, step, How.DONE), "step")

    # following

    def follow(self) -> None:
        if self._desk.console.alarms is not None:
            self._desk.console.alarms.follow(self._incidents.all())
        item = self._incidents.get(self._panel.chosen) if self._panel.chosen else None
        self.detail.render_item(item)
        self.followed.emit(item)

    def _soon(self) -> None:
        if not self._together.isActive():
            self._together.start()

    def _chosen(self, incident: str) -> None:
        self.queue.choose(incident)
        self.follow()

    def _who(self, now: SignedIn | None) -> None:
        if now is None:
            self._panel.choose("")
            if self._desk.console.alarms is not None:
                self._desk.console.alarms.forget()
        elif self._main.side.page != _QUEUE and not now.locked:
            self._main.side.turn_to(_QUEUE)
        self.queue.follow(hold=False)

    # keys

    def _show(self) -> None:
        """Of the one that is looked at, else of the one that wants attention most."""
        if not self._panel.chosen:
            first = next((one for one in self._incidents.all() if one.state.open), None)
            if first is not None:
                self._panel.choose(first.row.id)
        self._main.show_desk()

    def _with_chosen(self, work: Callable[[], object]) -> None:
        if self.detail.item is None:
            self._desk.notices.failed(NOTHING_CHOSEN)
        else:
            work()

    def _press(self, button: QPushButton) -> None:
        """What is not offered is not done by its key either."""
        if button.isHidden():
            self._desk.notices.failed(_NOT_ALLOWED)
        else:
            button.click()

    def _step(self, source: Stepped) -> None:
        self._desk.attempt(source.step(), "demo step")

    def _new(self) -> None:
        """112 긴급출동: somebody on the wall needs help. With the camera's place, and a still."""
        id_ = self._main.view.focused_camera
        camera = self._desk.console.catalog.get(id_) if id_ is not None else None
        place = None
        if camera is not None and camera.latitude is not None and camera.longitude is not None:
            place = Place(camera.latitude, camera.longitude)
        where = ""
        if camera is not None:
            self.seen.emit(camera.id)
            where = f"{camera.address} {camera.name}".strip()
        self._panel.ask_new(place, id_, where)

    def _print(self) -> None:
        item = self.detail.item
        if item is None:
            self._desk.notices.failed(NOTHING_CHOSEN)
            return
        log = lines(item.row.history, self._incidents.notes(item.row.id))
        page = page_of(item, log, revealed=self.detail.revealed)
        print_page(page, self._main)
