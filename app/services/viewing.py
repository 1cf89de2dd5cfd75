"""Which cameras this console shows, and since when: each view goes into the ledger.

Once when it begins and again, with its end, when it is over. What was open when the console died
is ended at the next start, at the last moment that it is known to have run.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from app.clock import Clock
from app.domain.camera import CameraId
from app.domain.errors import Failure
from app.domain.ledger.entry import Kind
from app.services.hub_store_port import DeedBox
from app.services.ledger import Ledger, Line, Writing

_log = logging.getLogger(__name__)

_OPEN: Final = "open views"
# A picture that flashes by in a tour is one, too; but what is on for less than a look is not.
SHORTEST_SECONDS: Final = 1.0
_ALIVE_SECONDS: Final = 30.0


@dataclass(frozen=True, slots=True)
class Why:
    """What a camera is watched for."""

    incident: str = ""
    share: str = ""
    purpose: str = ""


@dataclass
class _View:
    since: datetime
    why: Why
    written: bool = False


class Viewing:
    """`tick` once a second. `shown`: what is on a screen now; `why`: what for."""

    def __init__(
        self,
        ledger: Ledger,
        box: DeedBox,
        clock: Clock,
        shown: Callable[[], Iterable[CameraId]],
        why: Callable[[CameraId], Why] = lambda _camera: Why(),
    ) -> None:
        self._ledger, self._box, self._clock = ledger, box, clock
        self._shown, self.why = shown, why
        self._open: dict[CameraId, _View] = {}
        self._alive_at = float("-inf")

    async def start(self) -> None:
        """Ends what an earlier run left open, in the line of who was signed in then."""
        try:
            left = json.loads(await self._box.remembered(_OPEN) or "{}")
            if left.get("views"):
                await self._ledger.write_for(
                    Line(left["client"], left["account"]), _left_open(left)
                )
            await self._box.remember(_OPEN, "")
        except (Failure, ValueError, KeyError, TypeError) as error:
            _log.warning("what the last run showed is not ended: %s", type(error).__name__)

    async def tick(self) -> None:
        """Never raises for what the disk does: it is told, and tried again."""
        try:
            await self._look()
        except Failure as failure:
            _log.warning("a view is not written yet: %s", failure)

    async def end(self) -> None:
        """Nobody is signed in any more, or the console ends."""
        now = self._clock.now()
        await self._close(list(self._open), now)
        self._open.clear()
        await self._remember()

    async def _look(self) -> None:
        now, shown = self._clock.now(), set(self._shown())
        for camera in shown - self._open.keys():
            self._open[camera] = _View(now, self.why(camera))
        for camera in shown:
            view = self._open[camera]
            # Somebody has opened its dragnet meanwhile: from now on it is for that.
            if view.written and self.why(camera) != view.why:
                await self._close([camera], now)
                self._open[camera] = _View(now, self.why(camera))
        new = [
            camera
            for camera, view in self._open.items()
            if not view.written
            and camera in shown
            and (now - view.since).total_seconds() >= SHORTEST_SECONDS
        ]
        gone = [camera for camera in self._open if camera not in shown]
        await self._ledger.write(*(self._begun(camera) for camera in new))
        for camera in new:
            self._open[camera].written = True
        await self._close(gone, now)
        for camera in gone:
            del self._open[camera]
        if new or gone or self._clock.monotonic() - self._alive_at >= _ALIVE_SECONDS:
            await self._remember()

    def _begun(self, camera: CameraId) -> Writing:
        view = self._open[camera]
        why = view.why
        return Writing(Kind.VIEW, camera, why.incident, why.share, why.purpose, begun=view.since)

    async def _close(self, cameras: Iterable[CameraId], now: datetime) -> None:
        await self._ledger.write(
            *(
                Writing(
                    Kind.VIEW_END, camera, view.why.incident, view.why.share, view.why.purpose,
                    begun=view.since, ended=now,
                )
                for camera in cameras
                if (view := self._open[camera]).written
            )
        )  # fmt: skip

    async def _remember(self) -> None:
        """What is open now, for the case that this is the last that is heard of this run."""
        self._alive_at = self._clock.monotonic()
        line = self._ledger.line
        views = {
            camera: [view.since.isoformat(), view.why.incident, view.why.share]
            for camera, view in self._open.items()
            if view.written
        }
        if line is None or not views:
            await self._box.remember(_OPEN, "")
            return
        kept = {
            "alive": self._clock.now().isoformat(), "client": line.client,
            "account": line.account, "views": views,
        }  # fmt: skip
        await self._box.remember(_OPEN, json.dumps(kept))


def _left_open(left: Mapping[str, Any]) -> list[Writing]:
    alive = datetime.fromisoformat(left["alive"])
    return [
        Writing(
            Kind.VIEW_END, camera, incident, share, begun=datetime.fromisoformat(since),
            ended=alive, facts={"console": "ended without a word"},
        )
        for camera, (since, incident, share) in left["views"].items()
    ]  # fmt: skip
