"""What the hub does by itself, again and again: outages, time-outs, statuses, trimming."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import replace
from functools import partial
from typing import Final

from app.domain.camera import CameraId
from app.domain.errors import Unavailable
from app.domain.incident import Incident, IncidentId
from app.domain.incident_acts import closed_automatically
from app.domain.incident_intake import opened, timed_out
from app.domain.incident_type import TypeKey
from app.domain.incident_types import INCIDENT_TYPES
from app.domain.intake import IntakeEvent, Kind
from app.domain.outages import Fault, OpenFault, Verdict, judge
from app.domain.text import Text
from app.hub.services.incidents import HUB_FEED, Incidents
from app.hub.services.sites import Sites
from app.hub.services.statuses import Statuses
from app.hub.store.columns import moment
from app.hub.store.store import Store
from app.hub.store.transaction import Clock, Transaction
from app.hub.store.trimming import Keep, trim
from app.hub.tasks import cancel, spawn

_log = logging.getLogger(__name__)

_EVERY_SECONDS: Final = 2.0
_TRIM_EVERY_S: Final = 3600
_SECOND: Final = 1_000_000
_BACK = Text("카메라가 다시 연결되었습니다", "the cameras are back")
_SILENT = Text("정해진 시간 동안 새 소식이 없었습니다", "nothing new for the time laid down")


async def _nothing(_now: int) -> None:
    pass


_TIMED = {key: kind.time_out_s for key, kind in INCIDENT_TYPES.items() if kind.time_out_s}


class Rounds:
    """`go` is one round, with what is `also` to be looked at; a task goes every two seconds."""

    def __init__(
        self,
        store: Store,
        incidents: Incidents,
        statuses: Statuses,
        sites: Sites,
        keep: Keep,
        clock: Clock,
    ) -> None:
        self.also: Callable[[int], Awaitable[None]] = _nothing
        self._store = store
        self._incidents = incidents
        self._statuses = statuses
        self._sites = sites
        self._clock = clock
        self._keep = keep
        self._trimmed = clock()
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        self._task = spawn(self._run(), "rounds")

    async def stop(self) -> None:
        await cancel(self._task)
        self._task = None

    @property
    def alive(self) -> bool:
        """False where it was started and has ended, which only a bug can bring about."""
        return self._task is None or not self._task.done()

    async def _run(self) -> None:
        while True:
            try:
                await self.go()
            except Unavailable as failure:
                _log.warning("the rounds wait: %s", failure)
            except Exception:  # noqa: BLE001 - a bug must not end this for good; the next round may do
                _log.exception("the rounds")
            await asyncio.sleep(_EVERY_SECONDS)

    async def go(self) -> None:
        await self._statuses.flush()
        await self._judge()
        await self._time_out()
        await self.also(self._clock())
        await self._trim()

    async def _trim(self) -> None:
        now = self._clock()
        if now - self._trimmed >= _TRIM_EVERY_S * _SECOND:
            self._trimmed = now
            await trim(self._store.writer, self._keep, now)

    async def _judge(self) -> None:
        outages = self._statuses.outages()
        known = await self._store.reader.read(
            partial(self._incidents.open_of, kinds=[TypeKey.FACILITY_FAULT])
        )
        ours = [
            OpenFault(one.id, frozenset(one.cameras))
            for one in known
            if one.source == HUB_FEED and one.cameras
        ]
        verdict = judge(outages, ours, moment(self._clock()))
        if verdict != Verdict():
            await self._store.writer.do(partial(self._carry_out, verdict=verdict))

    async def _time_out(self) -> None:
        if not _TIMED:
            return
        latest = self._clock() - int(min(_TIMED.values()) * _SECOND)
        silent = await self._store.reader.read(
            partial(self._incidents.open_of, kinds=list(_TIMED), unchanged_since=latest)
        )
        now = moment(self._clock())
        ids = [one.id for one in silent if timed_out(one, now)]
        if ids:
            await self._store.writer.do(partial(self._close, ids=ids, why=_SILENT))

    # --------------------------------------------------------------------- on the writer's thread

    def _carry_out(self, tx: Transaction, verdict: Verdict) -> None:
        for fault in verdict.begun:
            self._incidents.open(tx, self._fault(tx, fault), HUB_FEED)
        self._close(tx, list(verdict.over), _BACK)

    def _close(self, tx: Transaction, ids: list[IncidentId], why: Text) -> None:
        for id_ in ids:
            before = self._incidents.get(tx.connection, id_)
            # Something may have happened to it since it was looked at.
            late = why is _SILENT and before is not None and not timed_out(before, moment(tx.at))
            if before is None or not before.state.open or late:
                continue
            self._incidents.change(tx, before, closed_automatically(before, why, moment(tx.at)))

    def _fault(self, tx: Transaction, fault: Fault) -> Incident:
        first = tx.get("camera", fault.cameras[0])
        d = {} if first is None else first.d
        count = len(fault.cameras)
        title = f"카메라 {count}대 연결 불가" if count > 1 else f"카메라 연결 불가: {d.get('name')}"
        event = IntakeEvent(
            source=HUB_FEED, external="", kind=Kind.OCCURRED, type=TypeKey.FACILITY_FAULT,
            occurred_at=fault.since, title=title, place=str(d.get("address", "")),
            latitude=d.get("latitude"), longitude=d.get("longitude"),
            facts={"cameras": str(count), "group": fault.group} if fault.group else {},
        )  # fmt: skip
        return _with_cameras(
            opened(
                event,
                id_=self._incidents.new_id(),
                number=self._incidents.next_number(tx),
                site=self._statuses.site_of(fault.cameras[0]) or self._sites.top,
                at=moment(tx.at),
            ),
            fault.cameras,
        )


def _with_cameras(incident: Incident, cameras: tuple[CameraId, ...]) -> Incident:
    return replace(incident, camera=cameras[0], cameras=cameras)
