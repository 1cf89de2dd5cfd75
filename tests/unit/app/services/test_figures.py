from __future__ import annotations

import gc
import json
import tracemalloc
from dataclasses import dataclass, field

import pytest
from typing_extensions import override

from app.domain.camera import Camera, CameraId
from app.domain.stream import EngineNotice, Fault, Phase, StreamStatus
from app.domain.text import Text
from app.domain.tile import TileState, TileTruth, truth
from app.services.figures import Figures, ProcessMeter, Watched, WatchedStreams
from tests.fakes.clock import HandClock
from tests.fakes.engine import FakeEngine

A, B = CameraId("a"), CameraId("b")
CAMERAS = {
    A: Camera(A, 1021, "월성네거리 북", "달서구", "생활방범"),
    B: Camera(B, 1417, "죽전네거리 동", "달서구", "생활방범"),
}


class FakeStreams(WatchedStreams):
    def __init__(self) -> None:
        self._engine = FakeEngine()

    @property
    @override
    def engine(self) -> FakeEngine:
        return self._engine

    @override
    def truth(self, camera: CameraId) -> TileTruth:
        return truth(self._engine.status(camera), self._engine.ages.get(camera))

    @override
    def status(self, camera: CameraId) -> StreamStatus:
        return self._engine.status(camera)


@dataclass
class Meter(ProcessMeter):
    cpu: float = 5.0
    memory: float = 120.0

    @property
    @override
    def measure(self) -> str:
        return "pss"

    @override
    def cpu_seconds(self) -> float:
        return self.cpu

    @override
    def memory_mb(self) -> float:
        return self.memory


@dataclass
class Console:
    """A console without a screen: the test plays the engine and the painter."""

    settle: float = 0.0
    clock: HandClock = field(default_factory=HandClock)
    streams: FakeStreams = field(default_factory=FakeStreams)
    meter: Meter = field(default_factory=Meter)
    tiles: list[CameraId] = field(default_factory=lambda: [A, B])

    def __post_init__(self) -> None:
        watched = Watched(self.streams, lambda: self.tiles, CAMERAS.get)
        self.figures = Figures(watched, self.meter, self.clock, settle=self.settle)

    def decode(self, camera: CameraId, frames: int = 1, *, at: float | None = None) -> None:
        engine = self.streams.engine
        arrived = self.clock.at if at is None else at
        engine.shows(camera, engine.picture_number(camera) + frames, arrived=arrived)
        engine.ages[camera] = 0.0

    def paint(self, camera: CameraId, *, captured: float | None = None) -> None:
        picture = self.streams.engine.pictures[camera]
        now = self.clock.at
        self.figures.painted(camera, picture.number, picture.arrived, captured, now, now)

    def say(self, camera: CameraId, **what: object) -> None:
        values = {"phase": Phase.PLAYING} | what
        self.streams.engine.says(StreamStatus(camera, **values))  # type: ignore[arg-type]

    def run(self, seconds: float, fps: int, *, shown: int = 1) -> None:
        """Both cameras deliver; every `shown`-th picture is painted; a status each second."""
        counts = {A: 0, B: 0}
        for step in range(int(seconds * fps)):
            self.clock.at += 1 / fps
            for camera in (A, B):
                self.decode(camera)
                if step % shown == 0:
                    self.paint(camera)
                counts[camera] = self.streams.engine.picture_number(camera)
                if step % fps == 0:
                    done = counts[camera]
                    self.say(camera, frames_decoded=done, frames_received=done, source_fps=fps)
            if step % max(1, fps // 2) == 0:
                self.figures.tick()


def test_every_picture_painted_is_counted_to_the_moment() -> None:
    console = Console()
    console.run(10.0, 14)
    report = console.figures.report()
    # The last status is most of a second old; the count is not.
    assert report.frames_decoded == report.frames_shown == 2 * 140
    assert report.fps_shown == {
        "1021": pytest.approx(14, abs=0.2),
        "1417": pytest.approx(14, abs=0.2),
    }


def test_pictures_that_were_not_painted_show_in_the_ratio() -> None:
    console = Console()
    console.run(10.0, 14, shown=2)
    report = console.figures.report()
    assert report.frames_shown == report.frames_decoded // 2
    assert console.figures.history[-1].shown_ratio == pytest.approx(0.5, abs=0.01)


def test_the_same_picture_in_two_tiles_is_one_picture() -> None:
    console = Console(tiles=[A, A])
    console.decode(A)
    console.paint(A)
    console.paint(A)
    report = console.figures.report()
    assert (report.tiles, report.frames_shown, report.frames_decoded) == (2, 1, 1)


def test_pictures_decoded_for_no_tile_do_not_count() -> None:
    console = Console(tiles=[A])
    console.decode(B, 500)
    console.say(B, frames_decoded=500)
    console.figures.tick()
    assert console.figures.report().frames_decoded == 0


def test_a_camera_that_comes_back_to_a_tile_goes_on_counting_there() -> None:
    console = Console(tiles=[A])
    console.decode(A)
    console.paint(A)
    console.tiles = []
    console.figures.tick()
    console.decode(A, 90)
    console.tiles = [A]
    console.paint(A)
    report = console.figures.report()
    assert (report.frames_shown, report.frames_decoded) == (2, 2)


def test_counters_survive_a_decoder_that_starts_again() -> None:
    console = Console(tiles=[A])
    console.decode(A, 100)
    console.say(A, frames_decoded=100, frames_received=100, reconnects=2)
    console.figures.tick()
    console.streams.engine.shows(A, 30)
    console.say(A, frames_decoded=30, frames_received=30, reconnects=1)
    report = console.figures.report()
    assert report.frames_decoded == report.frames_received == 30
    assert report.reconnects == 1


def test_a_tile_that_is_not_painted_any_more_grows_older() -> None:
    console = Console(tiles=[A])
    console.decode(A)
    console.paint(A)
    for _ in range(20):
        console.clock.at += 0.5
        console.figures.tick()
    ages = console.figures.report().age_ms
    assert ages is not None
    assert ages.p50 == pytest.approx(5000, rel=0.02)
    assert ages.p99 == pytest.approx(10000, rel=0.02)


def test_a_tile_without_a_first_picture_has_no_age() -> None:
    console = Console()
    console.figures.tick()
    report = console.figures.report()
    assert report.age_ms is None
    assert [row.age_ms for row in report.cameras] == [None, None]


def test_delay_is_null_without_a_clock_at_the_source() -> None:
    console = Console(tiles=[A])
    console.decode(A)
    console.paint(A)
    assert console.figures.report().latency_ms is None
    console.decode(A)
    console.paint(A, captured=console.clock.at - 0.2)
    latency = console.figures.report().latency_ms
    assert latency is not None
    assert latency.p95 == pytest.approx(200, rel=0.02)


def test_the_demos_mark_is_a_figure_of_its_own() -> None:
    console = Console(tiles=[A])
    assert console.figures.report().mark_latency_ms is None
    console.figures.marked(0.15)
    report = console.figures.report()
    assert report.mark_latency_ms is not None
    assert report.mark_latency_ms.p95 == pytest.approx(150, rel=0.02)
    assert report.latency_ms is None


def test_opening_is_per_camera_and_kept_over_settling() -> None:
    console = Console(settle=2.0)
    console.figures.tick()
    console.figures.opened(A, 0.4)
    console.figures.opened(B, 0.9)
    console.clock.at += 3.0
    console.figures.tick()
    report = console.figures.report()
    assert report.open_ms is not None
    assert report.open_ms.max == pytest.approx(900)
    assert [row.open_ms for row in report.cameras] == [400, 900]


def test_what_was_before_settling_is_left_out() -> None:
    console = Console(settle=5.0)
    console.run(4.0, 14)
    console.figures.ui_blocked(0.9)
    console.meter.cpu += 50.0
    console.clock.at += 2.0
    console.figures.tick()
    console.run(10.0, 14)
    console.meter.cpu += 1.0
    console.streams.engine.costs(decoder_cpu_seconds=2.0)
    console.figures.ui_blocked(0.02)
    report = console.figures.report()
    assert report.settle_s == pytest.approx(6.0, abs=0.1)
    assert report.duration_s == pytest.approx(10.0, abs=0.1)
    assert report.frames_shown == report.frames_decoded == 280
    assert (report.cpu_s.ui, report.cpu_s.decoders, report.cpu_s.total) == (1.0, 2.0, 3.0)
    assert report.cpu_ms_per_shown_frame == pytest.approx(3000 / 280)
    assert report.ui_block_ms is not None
    assert report.ui_block_ms.max == pytest.approx(20)
    ages = report.age_ms
    assert ages is not None
    assert ages.p99 < 100


def test_states_are_counted_per_tile() -> None:
    console = Console(tiles=[A, A, B])
    console.decode(A)
    console.say(A)
    console.say(B, phase=Phase.WAITING, fault=Fault.NOT_FOUND)
    report = console.figures.report()
    assert report.states == {"live": 2, "not found": 1}
    assert (report.tiles, report.tiles_live) == (3, 2)


def test_time_without_a_live_picture_counts_from_the_last_one() -> None:
    console = Console(tiles=[A])
    console.decode(A)
    console.say(A)
    console.figures.tick()
    assert console.figures.rows()[0].not_live_s == 0.0
    console.streams.engine.ages[A] = 4.0
    console.figures.tick()
    console.clock.at += 10.0
    row = console.figures.rows()[0]
    assert row.state is TileState.FROZEN
    assert row.not_live_s == pytest.approx(14.0)


def test_an_error_is_listed_once_with_its_count_and_without_secrets() -> None:
    console = Console(tiles=[A])
    console.figures.tick()
    for _ in range(3):
        console.say(A, fault=Fault.UNAUTHORISED, detail="401 for rtsp://admin:s3cret@10.0.0.7/live")
        console.say(A, fault=Fault.UNAUTHORISED)
        console.say(A)
    report = console.figures.report()
    assert [(e.camera, e.what, e.count) for e in report.errors] == [
        ("1021 월성네거리 북", "unauthorised", 3)
    ]
    assert "s3cret" not in report.to_json()
    assert "10.0.0.7" in report.cameras[0].last_error


def test_engine_notices_are_errors_of_no_camera_and_their_number_is_bounded() -> None:
    console = Console(tiles=[])
    for n in range(250):
        console.streams.engine.notices.emit(EngineNotice(Text(f"{n}", f"decoder {n} died")))
    errors = console.figures.report().errors
    assert len(errors) == 200
    assert errors[-1].text == "decoder 249 died"


def test_ui_blocking_in_the_last_minute_forgets() -> None:
    console = Console(tiles=[])
    console.figures.ui_blocked(0.4)
    for _ in range(2):
        console.clock.at += 0.5
        console.figures.tick()
    assert console.figures.history[-1].block_largest == 0.4
    for _ in range(130):
        console.clock.at += 0.5
        console.figures.ui_blocked(0.001)
        console.figures.tick()
    assert console.figures.history[-1].block_largest == 0.001
    report = console.figures.report()
    assert report.ui_block_ms is not None
    assert report.ui_block_ms.max == 400


def test_history_is_a_sample_a_second_and_ten_minutes_long() -> None:
    console = Console(tiles=[])
    for _ in range(2 * 700):
        console.clock.at += 0.5
        console.meter.cpu += 0.05
        console.figures.tick()
    assert len(console.figures.history) == 600
    assert console.figures.history[-1].cpu_ui == pytest.approx(0.1)


def test_memory_does_not_grow_with_time() -> None:
    console = Console()
    console.run(60.0, 15)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    console.run(600.0, 15)
    gc.collect()
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    assert grown < 300_000  # the rest of the ten minutes of samples


def test_the_report_of_a_console_without_tiles_is_whole() -> None:
    read = json.loads(Console(tiles=[]).figures.report().to_json())
    assert (read["tiles"], read["cpu_ms_per_shown_frame"], read["cameras"]) == (0, None, [])


def test_a_camera_that_left_the_catalogue_keeps_its_row() -> None:
    console = Console(tiles=[CameraId("gone")])
    assert console.figures.report().cameras[0].name == "gone"


async def test_it_samples_by_itself_until_stopped() -> None:
    console = Console()
    console.figures.start()
    await console.figures.stop()
    assert len(console.streams.engine.status_changed) == 0
