"""The incidents of this console: the hub's rows, what was done to them here laid over."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from pydantic import ValidationError

from app.domain.account import Role
from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.geo.earth import Place
from app.domain.hub_act import HubAct
from app.domain.incident_state import Move, State, needs_reason
from app.domain.incident_steps import How
from app.domain.rights import RIGHTS, Action
from app.domain.text import Text
from app.services import incident_overlay as overlay
from app.services.hub_rows import HubRows
from app.services.incident_overlay import IncidentItem
from app.services.outbox import Outbox
from app.signals import Signal
from app.wire.entities import IncidentRow, NoteRow
from app.wire.session import Account
from app.wire.stream import Frame, Row

_KINDS = frozenset({"incident", "note"})


@dataclass(frozen=True, slots=True)
class NewIncident:
    """What a person says who opens one by hand. `type` is a key of the table of types.

    `camera`: the one on which he saw it; its place is that of the incident where none is given.
    """

    type: str
    title: str
    place: str = ""
    position: Place | None = None
    camera: CameraId | None = None


class Incidents:
    """On the loop's thread.

    changed  some of them are other than before
    """

    def __init__(
        self,
        rows: HubRows,
        outbox: Outbox,
        who: Callable[[], Account | None],
        new_id: Callable[[], str],
    ) -> None:
        self.changed: Signal[None] = Signal("incidents changed")
        self._rows = rows
        self._outbox = outbox
        self._who = who
        self._new_id = new_id
        self._read: dict[str, tuple[int, IncidentRow]] = {}
        self._all: list[IncidentItem] = []
        # Of which rows, acts and person that is.
        self._known: tuple[int, tuple[HubAct, ...], Account] | None = None
        rows.changed.connect(self._heard)
        rows.replaced.connect(self._replaced)
        outbox.changed.connect(lambda _: self.changed.emit(None))

    # what a person sees

    def all(self) -> list[IncidentItem]:
        """In the order in which they want attention. Rows that cannot be read are left out.

        The queue, maps, markers, tracks and alarms all ask after every change: it is worked out
        once for all of them.
        """
        who = self._who()
        if who is None:
            return []
        waiting = self._outbox.acts()
        known = (self._rows.version, waiting, who)
        if known != self._known:
            self._all, self._known = self._laid_out(overlay.of_incidents(waiting)), known
        return list(self._all)

    def _laid_out(self, acts: Mapping[str, Sequence[HubAct]]) -> list[IncidentItem]:
        rows = self._rows.all("incident")
        found = [
            item
            for row in rows.values()
            if (item := self._item(row, acts.get(row.id, ()))) is not None
        ]
        found += [
            self._made_here(own)
            for target, own in acts.items()
            if target not in rows and overlay.is_made_here(own)
        ]
        return sorted(found, key=lambda item: item.order)

    def get(self, incident: str) -> IncidentItem | None:
        if self._who() is None:
            return None
        acts = overlay.of_incidents(self._outbox.acts()).get(incident, [])
        row = self._rows.get("incident", incident)
        if row is not None:
            return self._item(row, acts)
        return self._made_here(acts) if overlay.is_made_here(acts) else None

    def notes(self, incident: str) -> list[tuple[NoteRow, bool]]:
        """Oldest first; whether each one waits to be sent."""
        found = [
            (note, False)
            for row in self._rows.all("note").values()
            if row.d.get("incident") == incident and (note := _note(row)) is not None
        ]
        found += [
            (overlay.note_of(act), True)
            for act in self._outbox.acts()
            if act.type == overlay.NOTE and act.target == incident and act.state.open
        ]
        return sorted(found, key=lambda pair: pair[0].at)

    @property
    def me(self) -> str:
        """The account that is signed in; "" for nobody."""
        who = self._who()
        return who.id if who is not None else ""

    @property
    def may_act(self) -> bool:
        """Whether whoever is signed in handles incidents; others only look."""
        return self.may(Action.RESPOND)

    def may(self, action: Action) -> bool:
        """Whether the role that is signed in has that right on any incident."""
        who = self._who()
        if who is None or who.role not in set(Role):
            return False
        return bool(RIGHTS[Role(who.role)].get((action, "incident")))

    def colleagues(self) -> dict[str, str]:
        """Names of those who are signed in at another console, by account."""
        rows = self._rows.all("console").values()
        found = {str(row.d.get("account", "")): str(row.d.get("name", "")) for row in rows}
        found.pop(self.me, None)
        return found

    def site_name(self, site: str) -> str:
        row = self._rows.get("site", site)
        return str(row.d.get("name", site)) if row is not None else site

    # what a person does; each raises `Failure` and is on the disk when it returns

    async def move(self, incident: str, move: Move, reason: str = "") -> HubAct:
        reason = reason.strip()
        if needs_reason(move) and not reason:
            raise BadInput(_REASON)
        args = {"reason": reason} if reason else {}
        return await self._act(f"{overlay.PREFIX}{move}", incident, args)

    async def note(self, incident: str, text: str) -> HubAct:
        if not text.strip():
            raise BadInput(_EMPTY)
        args = {"id": self._new_id(), "text": text.strip()}
        return await self._act(overlay.NOTE, incident, args)

    async def step(self, incident: str, key: str, how: How, reason: str = "") -> HubAct:
        """Ticks a step of the SOP or a golden time; skipping needs a reason."""
        reason = reason.strip()
        if how is How.SKIPPED and not reason:
            raise BadInput(_REASON)
        args = {"step": key, "how": str(how)} | ({"reason": reason} if reason else {})
        return await self._act(overlay.STEP, incident, args)

    async def reveal(self, incident: str) -> HubAct:
        """The personal facts are looked at; it is written down before they are shown."""
        return await self._act(overlay.REVEAL, incident, {})

    async def notify(self, incident: str) -> HubAct:
        """All who are to be told of it are told now."""
        return await self._act(overlay.NOTIFY, incident, {})

    async def assign(self, incident: str, account: str | None) -> HubAct:
        """Hands it over; None: nobody works on it."""
        return await self._act(overlay.ASSIGN, incident, {"account": account})

    async def merge(self, incident: str, into: str) -> HubAct:
        """It becomes a part of another one."""
        return await self._act(overlay.MERGE, incident, {"into": into})

    async def unmerge(self, incident: str) -> HubAct:
        """It is an incident of its own again, as it was before."""
        return await self._act(overlay.UNMERGE, incident, {})

    async def create(self, new: NewIncident) -> HubAct:
        """The target of the act is the id of the new incident."""
        if not new.title.strip():
            raise BadInput(_TITLE)
        who = self._who()
        args: dict[str, object] = {
            "type": new.type,
            "title": new.title.strip(),
            "place": new.place.strip(),
            "site": who.site if who is not None else "",
        }
        if new.position is not None:
            args |= {"latitude": new.position.latitude, "longitude": new.position.longitude}
        if new.camera is not None:
            args["camera"] = new.camera
        return await self._outbox.act(overlay.CREATE, self._new_id(), 0, args)

    # inside

    async def _act(self, type_: str, incident: str, args: Mapping[str, object]) -> HubAct:
        row = self._rows.get("incident", incident)
        return await self._outbox.act(type_, incident, row.ver if row is not None else 0, args)

    def _item(self, row: Row, acts: Sequence[HubAct]) -> IncidentItem | None:
        known = self._read.get(row.id)
        if known is None or known[0] != row.ver:
            try:
                known = (row.ver, IncidentRow.model_validate(row.d))
                State(known[1].state)
            except ValueError:
                return None
            self._read[row.id] = known
        return overlay.laid_over(known[1], row.ver, acts, self._name())

    def _made_here(self, acts: Sequence[HubAct]) -> IncidentItem:
        who = self._who()
        first = next(act for act in acts if act.type == overlay.CREATE)
        row = overlay.made_here(first, who.site if who is not None else "?")
        return overlay.laid_over(row, 0, acts, self._name())

    def _name(self) -> str:
        who = self._who()
        return who.name if who is not None else ""

    def _heard(self, frames: Sequence[Frame]) -> None:
        if any(frame.t in _KINDS for frame in frames):
            self.changed.emit(None)

    def _replaced(self, _: None) -> None:
        self._read = {}
        self.changed.emit(None)


def _note(row: Row) -> NoteRow | None:
    try:
        return NoteRow.model_validate(row.d)
    except ValidationError:
        return None


_REASON = Text("사유를 입력하세요.", "Give a reason.")
_EMPTY = Text("메모를 입력하세요.", "Write something first.")
_TITLE = Text("제목을 입력하세요.", "Give it a title.")
