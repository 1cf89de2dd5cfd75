"""The console's own figures: what is shown, how old it is, and what it costs."""

from __future__ import annotations

import asyncio
from collections import Counter, deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import app
from app.clock import Clock
from app.domain.camera import Camera, CameraId
from app.domain.figures import Sample, percentile, rate
from app.domain.redact import redact
from app.domain.stream import EngineNotice, StreamStatus
from app.domain.tile import TileState, TileTruth
from app.services.figure_rows import CameraRow
from app.services.figure_timings import Timings, delay
from app.services.ports import EngineLoad, VideoEngine
from app.services.report import CameraFigures, Cpu, Memory, Report, ReportedError
from app.tasks import cancel, spawn

# Ages are sampled at a fixed rate: a tile that is not painted any more still grows older.
TICK_SECONDS = 0.5
TICKS_PER_SAMPLE = 2
HISTORY_SAMPLES = 600
# The kernel walks all pages of the process for PSS, about a millisecond: seldom is enough.
_MEMORY_SECONDS = 5.0
_MOST_ERRORS = 200


class WatchedStreams(Protocol):
    """What the figures read of `app.services.streams.Streams`."""

    @property
    def engine(self) -> VideoEngine: ...

    def truth(self, camera: CameraId) -> TileTruth: ...

    def status(self, camera: CameraId) -> StreamStatus: ...


class ProcessMeter(Protocol):
    """What this process costs. `measure` names what `memory_mb` counts: "pss" or "uss"."""

    @property
    def measure(self) -> str: ...

    def cpu_seconds(self) -> float: ...

    def memory_mb(self) -> float: ...


@dataclass(frozen=True, slots=True)
class Watched:
    """What there is to watch: `tiles` gives the camera of every tile on a screen now."""

    streams: WatchedStreams
    tiles: Callable[[], Sequence[CameraId]]
    camera: Callable[[CameraId], Camera | None]


@dataclass(frozen=True, slots=True)
class _Totals:
    """Readings that only grow, at one moment."""

    at: float
    cpu: Cpu
    shown: int = 0
    decoded: int = 0


class Figures:
    """Counts from the start, or from `settle` seconds after it.

    Start-up has its own figure (`opened`): what is seen and spent before `settle` is left out of
    everything else. All calls on the loop's thread.
    """

    def __init__(
        self, watched: Watched, process: ProcessMeter, clock: Clock, *, settle: float = 0.0
    ) -> None:
        self._watched = watched
        self._process = process
        self._clock = clock
        self._settle = settle
        self._settled = settle <= 0
        self._started = clock.monotonic()
        self._timings = Timings(self._started)
        self._latency_add = self._timings.latency.add
        self._screen_add = self._timings.screen.add
        self._rows: dict[CameraId, CameraRow] = {}
        self._tiles: tuple[CameraId, ...] = ()
        self._errors: dict[tuple[CameraId | None, str], ReportedError] = {}
        self._begin = self._last = _Totals(self._started, self._cpu(self._engine.load()))
        self._restarts = self._engine.load().decoder_restarts
        self._memory = process.memory_mb()
        self._memory_at = self._started
        self._ticks = 0
        self._task: asyncio.Task[None] | None = None
        self.history: deque[Sample] = deque(maxlen=HISTORY_SAMPLES)
        self._disconnect = (
            self._engine.status_changed.connect(self._heard),
            self._engine.notices.connect(self._noticed),
        )

    @property
    def _engine(self) -> VideoEngine:
        return self._watched.streams.engine

    def start(self) -> None:
        """Begins to sample, twice a second."""
        self._task = spawn(self._run(), "figures")

    async def stop(self) -> None:
        await cancel(self._task)
        for disconnect in self._disconnect:
            disconnect()

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(TICK_SECONDS)
            self.tick()

    def painted(
        self,
        camera: CameraId,
        number: int,
        arrived: float,
        captured: float | None,
        now_monotonic: float,
        now_wall: float,
    ) -> None:
        """A picture is on the screen; the same one in a second tile does not count twice."""
        row = self._rows.get(camera)
        if row is None or not row.on_tile:
            row = self._enter(camera, number)
        elif number == row.number:
            return
        row.number = number
        row.shown += 1
        row.arrived = arrived
        self._screen_add(now_monotonic - arrived)
        if captured is not None:
            row.latency = latency = now_wall - captured
            self._latency_add(latency)

    def opened(self, camera: CameraId, seconds: float) -> None:
        """The first picture of a tile came `seconds` after it was asked for."""
        self._timings.opening.add(seconds)
        if (row := self._rows.get(camera)) is not None:
            row.opened = seconds

    def marked(self, seconds: float) -> None:
        """Capture to screen of one picture, as its mark tells it (demo site only)."""
        self._timings.marked.add(seconds)

    def ui_blocked(self, seconds: float) -> None:
        """One beat of the loop probe: by how much it ran later than due."""
        self._timings.blocked(seconds)

    def tick(self) -> None:
        """Samples what is on the tiles; called twice a second."""
        now = self._clock.monotonic()
        self._read(now)
        if not self._settled and now - self._started >= self._settle:
            self._settled = True
            self._restart(now)
            return
        for camera in self._tiles:
            if (age := self._rows[camera].age(now)) is not None:
                self._timings.age.add(age)
        self._ticks += 1
        if self._ticks % TICKS_PER_SAMPLE == 0:
            self.history.append(self._sample(now))

    def rows(self) -> tuple[CameraFigures, ...]:
        """The cameras on tiles with the rates of the last seconds."""
        return self._figures(self._clock.monotonic(), live=True)

    def report(self) -> Report:
        """Everything since the start, or since it settled."""
        now = self._clock.monotonic()
        self._read(now)
        load = self._engine.load()
        cpu = _spent(self._begin.cpu, self._cpu(load))
        rows = self._figures(now, live=False)
        counted = self._rows.values()
        shown = sum(row.shown for row in counted)
        return Report(
            version=app.__version__,
            duration_s=now - self._begin.at,
            settle_s=self._begin.at - self._started,
            tiles=len(self._tiles),
            tiles_live=self._states()[TileState.LIVE],
            frames_received=sum(row.received for row in counted),
            frames_decoded=sum(row.decoded for row in counted),
            frames_shown=shown,
            fps_source={str(row.number): row.fps_source for row in rows},
            fps_shown={str(row.number): row.fps_shown for row in rows},
            age_ms=self._timings.ages(),
            open_ms=self._timings.openings(),
            latency_ms=delay(self._timings.latency),
            mark_latency_ms=delay(self._timings.marked),
            screen_ms=delay(self._timings.screen),
            ui_block_ms=self._timings.blocking(),
            cpu_s=cpu,
            cpu_ms_per_shown_frame=cpu.total * 1000 / shown if shown else None,
            pss_mb=Memory(self._process.memory_mb(), load.decoder_pss_mb),
            memory_measure=self._process.measure,
            decoder_restarts=load.decoder_restarts - self._restarts,
            reconnects=sum(row.reconnects for row in counted),
            states={state.value: count for state, count in sorted(self._states().items())},
            errors=tuple(self._errors.values()),
            cameras=rows,
        )

    def _figures(self, now: float, *, live: bool) -> tuple[CameraFigures, ...]:
        streams = self._watched.streams
        found = []
        for camera_id in dict.fromkeys(self._tiles):
            camera = self._watched.camera(camera_id) or _unlisted(camera_id)
            row = self._rows[camera_id]
            status, truth = streams.status(camera_id), streams.truth(camera_id)
            found.append(row.figures(camera, status, truth, now, live=live))
        return tuple(found)

    def _states(self) -> Counter[TileState]:
        return Counter(self._watched.streams.truth(camera).state for camera in self._tiles)

    def _enter(self, camera: CameraId, number: int = 0) -> CameraRow:
        """A camera is on a tile from now on; `number` is a picture that is painted already."""
        now = self._clock.monotonic()
        row = self._row(camera, now)
        newest = self._engine.picture_number(camera)
        unseen = newest - number + 1 if number else 0
        row.begin(self._watched.streams.status(camera), newest, now, unseen)
        return row

    def _row(self, camera: CameraId, now: float) -> CameraRow:
        row = self._rows.get(camera)
        if row is None:
            row = self._rows[camera] = CameraRow(camera, now)
        return row

    def _read(self, now: float) -> None:
        self._tiles = tuple(self._watched.tiles())
        on_tiles = set(self._tiles)
        for camera in on_tiles:
            if camera not in self._rows or not self._rows[camera].on_tile:
                self._enter(camera)
        for camera, row in self._rows.items():
            if row.on_tile:
                status = self._watched.streams.status(camera)
                row.read(status, self._engine.picture_number(camera), now)
                self._judge(row, self._watched.streams.truth(camera), now)
                if camera not in on_tiles:
                    row.leave()

    def _judge(self, row: CameraRow, truth: TileTruth, now: float) -> None:
        if truth.state is TileState.LIVE:
            row.not_live_since = None
        elif row.not_live_since is None:
            row.not_live_since = now - (truth.age or 0.0)

    def _restart(self, now: float) -> None:
        for row in self._rows.values():
            row.restart(now)
        self._timings.restart()
        self._begin = self._last = _Totals(now, self._cpu(self._engine.load()))
        self._restarts = self._engine.load().decoder_restarts

    def _heard(self, status: StreamStatus) -> None:
        row = self._row(status.camera, self._clock.monotonic())
        if status.fault is not None and status.fault is not row.fault:
            text = redact(status.detail)
            row.last_fault = status.fault
            row.last_error = f"{status.fault.value}: {text}" if text else status.fault.value
            self._remember(status.camera, status.fault.value, text)
        row.fault = status.fault

    def _noticed(self, notice: EngineNotice) -> None:
        self._remember(None, "engine", redact(notice.text.en))

    def _remember(self, camera: CameraId | None, what: str, text: str) -> None:
        key = (camera, what if camera is not None else text)
        known = self._watched.camera(camera) if camera is not None else None
        name = f"{known.number} {known.name}" if known is not None else camera or ""
        error = ReportedError(self._clock.monotonic() - self._started, name, what, text, 1)
        before = self._errors.pop(key, None)
        if before is not None:
            error = replace(error, count=before.count + 1)
        elif len(self._errors) >= _MOST_ERRORS:
            del self._errors[next(iter(self._errors))]
        self._errors[key] = error

    def _cpu(self, load: EngineLoad) -> Cpu:
        own = self._process.cpu_seconds()
        return Cpu(own, load.decoder_cpu_seconds, own + load.decoder_cpu_seconds)

    def _sample(self, now: float) -> Sample:
        load = self._engine.load()
        rows = self._rows.values()
        totals = _Totals(
            now,
            self._cpu(load),
            sum(row.shown for row in rows),
            sum(row.decoded for row in rows),
        )
        last, self._last = self._last, totals
        seconds = now - last.at
        spent = _spent(last.cpu, totals.cpu)
        on_tile = [row for row in rows if row.on_tile]
        if now - self._memory_at >= _MEMORY_SECONDS:
            self._memory, self._memory_at = self._process.memory_mb(), now
        block_p99, block_largest = self._timings.recent_block(now)
        return Sample(
            at=now,
            cpu_ui=rate(spent.ui, seconds),
            cpu_decoders=rate(spent.decoders, seconds),
            busy=load.busy,
            cores=load.cores,
            shown_per_second=rate(totals.shown - last.shown, seconds),
            decoded_per_second=rate(totals.decoded - last.decoded, seconds),
            age_p95=percentile([a for row in on_tile if (a := row.age(now)) is not None], 0.95),
            latency_p95=percentile([r.latency for r in on_tile if r.latency is not None], 0.95),
            block_p99=block_p99,
            block_largest=block_largest,
            memory_ui_mb=self._memory,
            memory_decoders_mb=load.decoder_pss_mb,
            tiles=len(self._tiles),
            tiles_live=self._states()[TileState.LIVE],
            reconnects=sum(row.reconnects for row in rows),
        )


def _spent(before: Cpu, now: Cpu) -> Cpu:
    return Cpu(now.ui - before.ui, now.decoders - before.decoders, now.total - before.total)


def _unlisted(camera: CameraId) -> Camera:
    return Camera(camera, 0, str(camera), "", "")
