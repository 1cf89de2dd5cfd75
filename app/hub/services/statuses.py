"""What consoles see of the cameras, coalesced; and what follows from a camera that none reaches."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from app.domain.account import Subject
from app.domain.camera import CameraId
from app.domain.outages import Outage, Seen, unreachable_since
from app.domain.permit import Thing, permit
from app.domain.rights import Action
from app.domain.site import SiteId
from app.domain.tile import TileState
from app.hub.services.incident_json import stamp
from app.hub.store import queries
from app.hub.store.columns import moment
from app.hub.store.store import Store
from app.hub.store.transaction import Clock, Transaction
from app.wire.entities import CameraStatusRow

KIND = "camera_status"
# A console repeats what it shows within five minutes; one that does not is gone.
FORGET: Final = timedelta(minutes=6)
_TOGETHER: Final = 250
_NO_NEWS: Final = frozenset({TileState.UNREACHABLE, TileState.CONNECTING, TileState.OFF})
# Who said it before the hub was started; forgotten like any console.
_BEFORE: Final = ""


@dataclass(frozen=True, slots=True)
class _Told:
    seen: Seen
    at: datetime


@dataclass(frozen=True, slots=True)
class _Camera:
    site: SiteId
    purpose: str
    pole: str


class Statuses:
    """In memory and on the loop's thread; what all consoles together see goes to the log."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock
        self._told: dict[CameraId, dict[str, _Told]] = {}
        self._cameras: dict[CameraId, _Camera] = {}
        self._kept: dict[CameraId, Mapping[str, Any]] = {}
        self._changed: set[CameraId] = set()

    async def load(self) -> None:
        """What was known when the hub stopped: else a restart would end every outage."""
        now = self._now()
        for row in await self._store.reader.read(partial(queries.of_kind, kind=KIND)):
            camera = CameraId(row.id)
            self._kept[camera] = row.d
            seen = Seen(TileState(row.d["state"]), datetime.fromisoformat(row.d["since"]))
            self._told[camera] = {_BEFORE: _Told(seen, now)}
        await self._know(self._told)

    async def report(
        self, subject: Subject, rows: Sequence[CameraStatusRow], console: str = ""
    ) -> None:
        """Takes what a console sees; of cameras that are unknown or not its own, nothing.

        `console`: the account where it is not named. Newer words of a console replace older ones.
        """
        now = self._now()
        await self._know([CameraId(row.id) for row in rows])
        for row in rows:
            camera = self._cameras.get(CameraId(row.id))
            if camera is None or row.state not in set(TileState):
                continue
            thing = Thing("camera", camera.site, purpose=camera.purpose)
            if not permit(subject, Action.REPORT_STATUS, thing, now):
                continue
            # A clock that runs ahead would make an outage that has not begun.
            seen = Seen(TileState(row.state), min(row.since, now))
            told = self._told.setdefault(CameraId(row.id), {})
            name = console or subject.account
            before = told.get(name) or told.get(_BEFORE)
            told[name] = _Told(_still_away(before, seen), now)
            told.pop(_BEFORE, None)
            self._changed.add(CameraId(row.id))

    async def flush(self) -> int:
        """Keeps what changed since the last time; how many cameras."""
        self._forget()
        rows = [(c, row) for c in sorted(self._changed) if (row := self._row(c)) is not None]
        self._changed.clear()
        rows = [(camera, row) for camera, row in rows if row != self._kept.get(camera)]
        for start in range(0, len(rows), _TOGETHER):
            part = rows[start : start + _TOGETHER]
            await self._store.writer.do(partial(_keep, rows=part))
            self._kept.update(part)
        return len(rows)

    def outages(self) -> list[Outage]:
        """The cameras that nobody reaches now, with what they may have gone down with."""
        self._forget()
        found = []
        for camera, told in self._told.items():
            since = unreachable_since(one.seen for one in told.values())
            known = self._cameras.get(camera)
            if since is not None and known is not None:
                pole = f"pole {known.pole}" if known.pole else ""
                found.append(Outage(camera, since, (pole, f"site {known.site}")))
        return found

    def viewers(self, camera: str) -> int:
        """How many consoles have told of it lately."""
        return len(self._told.get(CameraId(camera), ()))

    def site_of(self, camera: CameraId) -> SiteId | None:
        known = self._cameras.get(camera)
        return None if known is None else known.site

    def _row(self, camera: CameraId) -> Mapping[str, Any] | None:
        told, known = self._told.get(camera), self._cameras.get(camera)
        if not told or known is None:
            return None
        seen = _newest(one.seen for one in told.values())
        return {
            "id": camera,
            "state": seen.state.value,
            "since": stamp(seen.since),
            "seen_by": len(told),
            "site": known.site,
            "purpose": known.purpose,
        }

    def _forget(self) -> None:
        now = self._now()
        for camera, told in list(self._told.items()):
            gone = [name for name, one in told.items() if now - one.at > FORGET]
            if len(gone) == len(told) and unreachable_since(one.seen for one in told.values()):
                # Nobody looks any more; that does not bring the camera back.
                continue
            for name in gone:
                del told[name]
                self._changed.add(camera)
            if not told:
                del self._told[camera]

    async def _know(self, cameras: Iterable[CameraId]) -> None:
        missing = [camera for camera in cameras if camera not in self._cameras]
        if not missing:
            return

        def read(connection: Any) -> list[Any]:
            return [queries.get(connection, "camera", camera) for camera in missing]

        for row in await self._store.reader.read(read):
            if row is not None:
                d = row.d
                self._cameras[CameraId(row.id)] = _Camera(
                    SiteId(d["site"]), d.get("purpose", ""), d.get("pole", "")
                )

    def forget_camera(self, camera: str) -> None:
        """The registry changed it."""
        self._cameras.pop(CameraId(camera), None)

    def _now(self) -> datetime:
        return moment(self._clock())


def _still_away(before: _Told | None, seen: Seen) -> Seen:
    """A console tries again and again, and may stop: the camera is away since the first time."""
    away = before is not None and before.seen.state is TileState.UNREACHABLE
    return before.seen if before is not None and away and seen.state in _NO_NEWS else seen


def _newest(seen: Iterable[Seen]) -> Seen:
    return max(seen, key=lambda one: one.since)


def _keep(tx: Transaction, rows: Sequence[tuple[CameraId, Mapping[str, Any]]]) -> None:
    for camera, row in rows:
        tx.put(KIND, camera, row)
