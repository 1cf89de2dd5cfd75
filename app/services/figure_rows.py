"""What the figures keep of one camera."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass

from app.domain.camera import Camera, CameraId
from app.domain.figures import Growing, rate
from app.domain.redact import redact
from app.domain.stream import Fault, StreamStatus
from app.domain.tile import TileTruth
from app.services.report import CameraFigures

# Half-second marks: rates in the live view are over five seconds, long enough to be calm and
# short enough to show what happens now.
_MARKS = 11


@dataclass(frozen=True, slots=True)
class _Mark:
    at: float
    received: int
    decoded: int
    shown: int


class CameraRow:
    """Counters of one camera; they count only while it is on a tile.

    `shown`, `number`, `arrived` and `latency` are written by the paint path.
    """

    __slots__ = (
        "_decoded",
        "_last_decoded",
        "_last_received",
        "_marks",
        "_received",
        "_reconnects",
        "arrived",
        "camera",
        "decoded",
        "fault",
        "last_error",
        "last_fault",
        "last_reconnects",
        "latency",
        "not_live_since",
        "number",
        "on_tile",
        "opened",
        "period",
        "received",
        "reconnects",
        "shown",
        "since",
    )

    def __init__(self, camera: CameraId, now: float) -> None:
        self.camera = camera
        self.shown = 0
        self.number = 0
        self.arrived: float | None = None
        self.latency: float | None = None
        self.opened: float | None = None
        self.fault: Fault | None = None
        self.last_fault: Fault | None = None
        self.last_error = ""
        self.not_live_since: float | None = now
        self.on_tile = False
        self.decoded = self.received = self.reconnects = 0
        self._decoded, self._received, self._reconnects = Growing(), Growing(), Growing()
        self._last_decoded = self._last_received = self.last_reconnects = 0
        self.since = now
        self.period = 0.0
        self._marks: deque[_Mark] = deque(maxlen=_MARKS)

    def restart(self, now: float) -> None:
        """Begins a new period: what was counted before does not count."""
        self.shown = self.decoded = self.received = self.reconnects = 0
        self.since, self.period = now, 0.0
        self._marks.clear()

    def begin(self, status: StreamStatus, number: int, now: float, painted: int = 0) -> None:
        """The camera is on a tile from now on; `painted` pictures of `number` are shown already."""
        self.on_tile = True
        self._read(status, number)
        self._last_decoded -= painted
        self.since = self.not_live_since = now

    def read(self, status: StreamStatus, number: int, now: float) -> None:
        """Counts what came since the last reading, while on a tile."""
        decoded, received = self._last_decoded, self._last_received
        reconnects = self.last_reconnects
        self._read(status, number)
        if not self.on_tile:
            return
        self.decoded += self._last_decoded - decoded
        self.received += self._last_received - received
        self.reconnects += self.last_reconnects - reconnects
        self.period += now - self.since
        self.since = now
        self._marks.append(_Mark(now, self.received, self.decoded, self.shown))

    def leave(self) -> None:
        """The camera is on no tile any more: nothing is shown, nothing ages."""
        self.on_tile = False
        self.arrived = self.latency = None
        self._marks.clear()

    def _read(self, status: StreamStatus, number: int) -> None:
        # Every decoded picture gets the next number, and the number is as new as the picture, so
        # that shown and decoded are counted up to the same moment.
        self._last_decoded = self._decoded.read(number)
        self._last_received = self._received.read(status.frames_received)
        self.last_reconnects = self._reconnects.read(status.reconnects)

    def age(self, now: float) -> float | None:
        """Seconds since the picture on the screen arrived."""
        return None if self.arrived is None else max(0.0, now - self.arrived)

    def _recent(self) -> tuple[float, float, float]:
        if not self._marks:
            return 0.0, 0.0, 0.0
        first, last = self._marks[0], self._marks[-1]
        seconds = last.at - first.at
        return (
            rate(last.received - first.received, seconds),
            rate(last.decoded - first.decoded, seconds),
            rate(last.shown - first.shown, seconds),
        )

    def figures(
        self, camera: Camera, status: StreamStatus, truth: TileTruth, now: float, *, live: bool
    ) -> CameraFigures:
        """The row for a person or the report; `live` takes the rates of the last seconds."""
        if live:
            received, decoded, shown = self._recent()
        else:
            received = rate(self.received, self.period)
            decoded = rate(self.decoded, self.period)
            shown = rate(self.shown, self.period)
        age = self.age(now)
        opened = self.opened if self.opened is not None else (status.open_seconds or None)
        return CameraFigures(
            camera=self.camera,
            number=camera.number,
            name=camera.name,
            state=truth.state,
            not_live_s=0.0 if self.not_live_since is None else now - self.not_live_since,
            tier=status.tier,
            codec=status.codec,
            width=status.width,
            height=status.height,
            bitrate=status.bitrate,
            fps_source=received if status.frames_received else status.source_fps,
            fps_decoded=decoded,
            fps_shown=shown,
            frames_received=self.received,
            frames_decoded=self.decoded,
            frames_shown=self.shown,
            age_ms=None if age is None else age * 1000,
            latency_ms=None if self.latency is None else self.latency * 1000,
            open_ms=None if opened is None else opened * 1000,
            reconnects=self.reconnects,
            decode_errors=status.decode_errors,
            last_fault=self.last_fault,
            last_error=redact(self.last_error),
        )
