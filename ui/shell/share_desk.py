"""The centre's side of sharing: what of the incident is shared, and one key that shares it."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from app.domain.camera import CameraId
from app.domain.incident_steps import How
from app.domain.incident_types import type_of
from app.domain.text import Text
from app.services.hub_session import HubParts
from app.services.shares import Receiver
from ui.incidents.panel import IncidentPanel
from ui.sharing.given import GivenShares
from ui.shell.case_desk import NOTHING_CHOSEN, CaseDesk
from ui.shell.desk import Desk
from ui.shell.main_window import MainWindow
from ui.widgets.ask import Ask

translate = QCoreApplication.translate

_NO_TILE = Text("먼저 제공할 카메라의 타일을 고르세요.", "Choose the tile of the camera first.")


class ShareDesk(QObject):
    """`given` stands in the incident's view; it follows the incident that is looked at."""

    def __init__(
        self, desk: Desk, parts: HubParts, main: MainWindow, cases: CaseDesk, panel: IncidentPanel
    ) -> None:
        super().__init__(main)
        self._desk, self._parts, self._main = desk, parts, main
        self._cases, self._panel = cases, panel
        self.given = GivenShares(parts.shares, desk.theme, desk.console.clock)
        cases.detail.put_sharing(self.given)
        cases.followed.connect(self.given.render_item)
        self.given.share_wanted.connect(self._share)
        self.given.end_wanted.connect(lambda s: self._do(parts.shares.end(s)))
        self.given.approve_wanted.connect(lambda s: self._do(parts.shares.approve(s)))
        self.given.reject_wanted.connect(lambda s: self._do(parts.shares.reject(s)))
        self.given.longer_wanted.connect(lambda s, m: self._do(parts.shares.extend(s, m)))
        self.given.answer_wanted.connect(self._answer)
        main.frame.actions.bind("incident.share", self._propose)
        self._disconnect: tuple[Callable[[], None], ...] = (
            parts.shares.changed.connect(lambda _: self._changed()),
            parts.accesses.purpose_needed.connect(self._ask_purpose),
            parts.ledger.alarm.connect(self._alarm),
        )
        self._asking = False
        self._counts: dict[str, int] = {}
        cases.queue.cards.rooms = lambda incident: self._counts.get(incident, 0)

    def end(self) -> None:
        for disconnect in self._disconnect:
            disconnect()

    def counts(self) -> dict[str, int]:
        """How many rooms see each incident now: for the badges of the queue."""
        return self._counts

    def _changed(self) -> None:
        self._counts = self._parts.shares.counts()
        self._cases.queue.list.viewport().update()
        self.given.render_item(self._cases.detail.item)

    # what a person does

    def _do(self, work: Coroutine[Any, Any, object]) -> None:
        self._desk.attempt(work, "share")

    def _propose(self) -> None:
        if self._cases.detail.item is None:
            # Whoever has a dragnet before him means that incident.
            dragnets = self._desk.console.dragnets
            opened = dragnets.all() if dragnets is not None else ()
            if not opened:
                self._desk.notices.failed(NOTHING_CHOSEN)
                return
            self._panel.choose(opened[0].incident)
        self.given.propose()

    def _share(self, incident: str, receiver: Receiver, ground: str, purpose: str) -> None:
        self._do(self._shared(incident, receiver, ground, purpose))

    async def _shared(self, incident: str, receiver: Receiver, ground: str, purpose: str) -> None:
        """With the cameras of its dragnet: those on the wall, else those that would be."""
        cameras = self._cameras(incident)
        await self._parts.shares.propose(incident, receiver, cameras, ground, purpose)
        name = receiver.name
        self._desk.notices.done(lambda: _shared_words(name))
        item = self._parts.incidents.get(incident)
        known = type_of(item.row.type) if item is not None else None
        if item is None or known is None or "share" in item.ticks():
            return
        if any(step.key == "share" for step in known.sop):
            await self._parts.incidents.step(incident, "share", How.DONE)

    def _cameras(self, incident: str) -> list[CameraId]:
        dragnets, item = self._desk.console.dragnets, self._parts.incidents.get(incident)
        if dragnets is None or item is None:
            return []
        for opened in dragnets.all():
            if opened.incident == incident:
                return list(opened.shown)
        return [one.camera.id for one in dragnets.find(item).chosen]

    def _answer(self, share: str, ask: str, granted: bool, camera: bool) -> None:  # noqa: FBT001 - a Qt signal
        chosen = self._main.view.focused_camera
        if granted and camera and chosen is None:
            self._desk.notices.failed(_NO_TILE)
            return
        cameras = [chosen] if granted and camera and chosen is not None else []
        self._do(self._parts.shares.answer(share, ask, grant=granted, cameras=cameras))

    def _ask_purpose(self, _camera: CameraId) -> None:
        """Once a session: cameras beyond one's own area need a purpose."""
        if self._asking or self._parts.accesses.purpose:
            return
        self._asking = True
        dialog = Ask(
            self.tr("Purpose of watching"),
            self.tr(
                "This camera is outside your area. Why is it watched? "
                "It is asked once and stands in the ledger."
            ),
            self.tr("Watch"),
            self._purpose_given,
            self._main,
            reason=True,
        )
        dialog.finished.connect(lambda _: self._asked())
        dialog.open()

    def _purpose_given(self, purpose: str) -> None:
        self._parts.accesses.purpose = purpose
        self._parts.addresses.again()

    def _asked(self) -> None:
        self._asking = False

    def _alarm(self, text: Text) -> None:
        self._desk.notices.failed(text)


def _shared_words(name: str) -> str:
    return translate("ShareDesk", "The video is shared with {name}.").format(name=name)
