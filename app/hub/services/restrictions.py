"""`camera.restrict`: for a time only people of one role see a camera, whoever it is shared with.

The row of the camera says so, and what follows (it leaves the consoles, its shares and the relay)
follows from the row.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from app.domain.account import Role
from app.domain.errors import Refused
from app.domain.ledger.entry import Deed, Kind
from app.domain.rights import Action
from app.domain.text import Text
from app.hub.services.acting import Acting, Handler
from app.hub.services.incident_json import stamp
from app.hub.services.ledger import Ledger, person_of
from app.hub.services.shares import CAMERA, Shares
from app.hub.services.visibility import thing_of_row
from app.hub.store import settings
from app.hub.store.columns import micros
from app.hub.store.rows import Entity, Entry
from app.hub.store.store import Store
from app.hub.store.transaction import Transaction
from app.wire.acts import Nothing, Restrict

# By camera, until when in microseconds: the cameras are too many to look through for it.
_SETTING: Final = "restricted_cameras"
_NO_CAMERA = Text("그런 카메라가 없습니다", "there is no such camera")


class Restrictions:
    def __init__(self, store: Store, shares: Shares, ledger: Ledger) -> None:
        self._store = store
        self._shares = shares
        self._ledger = ledger

    def handlers(self) -> dict[str, Handler]:
        return {
            f"{CAMERA}.restrict": self.restrict,
            f"{CAMERA}.unrestrict": self.unrestrict,
        }

    def restrict(self, acting: Acting) -> Entry:
        """Anew, longer or shorter as well: the last one holds."""
        args = acting.args(Restrict)
        camera = to_withhold(acting).id
        until = acting.at + timedelta(minutes=args.minutes)
        row = {
            "role": args.role.value,
            "since": acting.at.isoformat(),
            "until": until.isoformat(),
            "reason": args.reason,
            "by": acting.author.name,
        }
        if args.role is not Role.RECEIVER:
            self._shares.camera_gone(acting.tx, camera)
        facts = {"role": args.role.value, "until": stamp(until), "reason": args.reason}
        self._write(acting, camera, facts)
        self._note(acting.tx, camera, micros(until))
        # As it is now: its shares have just ended.
        now = acting.tx.get(CAMERA, camera)
        return acting.tx.put(CAMERA, camera, {**({} if now is None else now.d), "restricted": row})

    def unrestrict(self, acting: Acting) -> Entry | None:
        acting.args(Nothing)
        camera = to_withhold(acting).id
        entry = _lifted(acting.tx, camera)
        if entry is not None:
            self._write(acting, camera, {"lifted": "yes"})
            self._note(acting.tx, camera, None)
        return entry

    async def lift_due(self, now: int) -> None:
        """Those whose time is over are seen again. `now` in microseconds."""
        known = await self._store.reader.read(settings.read_all)
        if any(until <= now for until in _noted(known).values()):
            await self._store.writer.do(self._lift_due)

    # --------------------------------------------------------------------- on the writer's thread

    def _lift_due(self, tx: Transaction) -> None:
        noted = _noted(settings.read_all(tx.connection))
        for camera, until in noted.items():
            if until <= tx.at:
                _lifted(tx, camera)
        left = {camera: until for camera, until in noted.items() if until > tx.at}
        settings.save(tx, _SETTING, left)

    def _note(self, tx: Transaction, camera: str, until: int | None) -> None:
        noted = {**_noted(settings.read_all(tx.connection))}
        noted.pop(camera, None)
        settings.save(tx, _SETTING, noted if until is None else {**noted, camera: until})

    def _write(self, acting: Acting, camera: str, facts: Mapping[str, str]) -> None:
        person = person_of(acting.subject)
        site = str(acting.subject.site)
        deed = Deed(Kind.RESTRICT, acting.at, site, camera, facts=facts, person=person)
        self._ledger.write(acting.tx, deed)


def to_withhold(acting: Acting) -> Entity:
    """The camera that the act is about. Raises Refused: none, or no right to withhold of it."""
    found = acting.tx.get(CAMERA, acting.command.target)
    thing = None if found is None else thing_of_row(CAMERA, found.id, found.d)
    if found is None or thing is None:
        raise Refused(_NO_CAMERA)
    acting.demand(Action.RESTRICT, thing)
    return found


def only_role(camera: Mapping[str, Any], now: datetime) -> Role | None:
    """Who alone may see it now, by its row; None: it is not restricted."""
    found = camera.get("restricted")
    if not found or now >= datetime.fromisoformat(found["until"]):
        return None
    return Role(found["role"])


def _lifted(tx: Transaction, camera: str) -> Entry | None:
    found = tx.get(CAMERA, camera)
    if found is None or not found.d.get("restricted"):
        return None
    return tx.put(CAMERA, camera, {**found.d, "restricted": None})


def _noted(known: Mapping[str, Any]) -> Mapping[str, int]:
    return {str(camera): int(until) for camera, until in known.get(_SETTING, {}).items()}
