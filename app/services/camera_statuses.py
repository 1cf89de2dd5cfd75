"""What this console sees of its cameras, on its way back to the hub: the newest of each only."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.clock import Clock
from app.domain.camera import CameraId
from app.domain.tile import TileState, TileTruth
from app.services.hub_port import HubClient, HubFailure
from app.wire.entities import CameraStatusRow
from app.wire.status import MOST, StatusReport

_log = logging.getLogger(__name__)

# Nothing was seen of these: nobody asks, or nobody has answered yet.
_UNSEEN = frozenset({TileState.OFF, TileState.CONNECTING})


class CameraStatuses:
    """`send` it some times a minute; what could not be sent waits and is overtaken by newer."""

    def __init__(
        self, hub: HubClient, clock: Clock, truth: Callable[[CameraId], TileTruth]
    ) -> None:
        self._hub = hub
        self._clock = clock
        self._truth = truth
        self._seen: dict[CameraId, CameraStatusRow] = {}
        self._due: set[CameraId] = set()
        self._failing = False
        # What a receiver sees says more of the relay than of the camera.
        self.receives: Callable[[], bool] = lambda: False

    def note(self, camera: CameraId) -> None:
        """The truth about this camera may be another."""
        state = self._truth(camera).state
        if state is TileState.OFF:
            self._seen.pop(camera, None)
            self._due.discard(camera)
        before = self._seen.get(camera)
        if state in _UNSEEN or (before is not None and before.state == state):
            return
        self._seen[camera] = CameraStatusRow(id=camera, state=state, since=self._clock.now())
        self._due.add(camera)

    def all_again(self) -> None:
        """The hub was away, and what it knew may have ended with it."""
        self._due = set(self._seen)

    async def send(self) -> None:
        """Never raises for what the world does: a status is worth nothing tomorrow."""
        if not self._due or not self._hub.signed_in or self.receives():
            return
        batch = sorted(self._due)[:MOST]
        rows = tuple(self._seen[camera] for camera in batch)
        self._due -= set(batch)
        try:
            await self._hub.report_statuses(StatusReport(rows=rows))
        except HubFailure as failure:
            self._due |= {camera for camera in batch if camera in self._seen}
            if not self._failing:
                _log.info("camera status not sent: %s", failure.text.en)
            self._failing = True
        else:
            self._failing = False

    @property
    def waiting(self) -> int:
        return len(self._due)
