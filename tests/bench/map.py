"""The map with a hundred thousand cameras: `python -m tests.bench map`.

CPU time of the whole process, the worker's as well, per frame that is painted; a real window on a
virtual screen. `blocked`: how late a timer of the screen's thread was while everything came in.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QPointF, QTimer
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from app.adapters.boundaries import KoreanBoundaries
from app.domain.geo.camera_map import CameraMap
from app.domain.geo.earth import Place, destination
from app.services.map_ports import TilePictures
from tests.bench import machine
from tests.bench.dragnet import CAMERAS, cameras
from tests.bench.tables import number, table
from ui.map.live import IncidentMark, Live, Track
from ui.map.view import MapView
from ui.theme import Theme

CITY = Place(35.84, 128.56)
_FRAME_S = 1 / 60
_GOALS = {
    "pan": 8.0, "zoom": 8.0, "pan, raster": 8.0, "zoom, raster": 8.0, "pan, 4K": 40.0,
    "zoom, 4K": 40.0,
}  # fmt: skip


class Checks(TilePictures):
    """A raster base map that is made, not read: 256 × 256 pictures of two greys."""

    attribution = "made for the bench"
    least_zoom, most_zoom = 5, 18

    def __init__(self) -> None:
        image = np.full((256, 256, 3), 30, np.uint8)
        image[::2] = 36
        self._data = b"P6 256 256 255\n" + image.tobytes()

    @override
    def read(self, zoom: int, column: int, row: int) -> bytes | None:
        return self._data


class Rig:
    def __init__(self, application: QApplication, view: MapView) -> None:
        self._application, self.view = application, view

    def spin(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            self._application.processEvents()
            time.sleep(0.002)

    def frames(self, step: Callable[[int], object], count: int, zoom: float = 13.0) -> float:
        """Milliseconds of CPU a frame, the picture that follows the last one counted in."""
        self.view.look_at(CITY, zoom)
        self.spin(0.8)
        begun = time.process_time()
        for frame in range(count):
            step(frame)
            self._application.processEvents()
            time.sleep(_FRAME_S / 2)
        self.spin(0.4)
        return (time.process_time() - begun) / count * 1000

    def pan(self, frame: int) -> None:
        right = 12 if frame % 80 < 40 else -12
        self.view.set_viewport(self.view.viewport.panned(right, 5))

    def wheel(self, frame: int) -> None:
        self.view.zoom_by(0.25 if frame % 20 < 10 else -0.25, QPointF(600, 300))


def live(tracks: int, incidents: int, moment: float) -> Live:
    red = QColor("#ff5d52")
    ways = tuple(
        Track(
            f"t{n}",
            tuple(destination(CITY, n * 7.0 + s, 200 + n * 25 + s * 8 + moment) for s in range(20)),
            f"순찰 {n} · 1분",
            QColor("#4fb3d9"),
        )
        for n in range(tracks)
    )
    marks = tuple(
        IncidentMark(
            f"i{n}", destination(CITY, n * 18.0, n * 60.0), "diamond", red, "112 긴급영상", new=True
        )
        for n in range(incidents)
    )
    return Live(tracks=ways, incidents=marks)


def measure(frames: int, *, large: bool) -> dict[str, Any]:
    application = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(application, QApplication)
    theme = Theme()
    theme.apply()
    found = CameraMap.of(cameras(CAMERAS))
    begun = time.process_time()
    view = MapView(KoreanBoundaries(), theme)
    rig = Rig(application, view)
    late = _watch(view)
    view.resize(1280, 800)
    view.set_cameras(found)
    view.fit_cameras()
    view.show()
    while view.canvas._scene is None:
        rig.spin(0.01)
    first = time.process_time() - begun
    rig.spin(0.5)
    figures: dict[str, Any] = {
        "first_paint_cpu_s": first,
        "blocked_p99_ms": float(np.percentile(late, 99)),
        "blocked_max_ms": max(late),
        "pan": rig.frames(rig.pan, frames),
        "zoom": rig.frames(rig.wheel, frames),
    }
    view.set_base_map(Checks())
    rig.frames(rig.wheel, frames // 2)
    figures["pan, raster"] = rig.frames(rig.pan, frames)
    figures["zoom, raster"] = rig.frames(rig.wheel, frames)
    view.set_base_map(None)
    figures["live_cores"] = _live(rig)
    if large:
        view.resize(3840, 2160)
        figures["pan, 4K"] = rig.frames(rig.pan, frames)
        figures["zoom, 4K"] = rig.frames(rig.wheel, frames)
    view.shut()
    view.close()
    return figures


def _watch(view: MapView) -> list[float]:
    """How late a timer of 10 ms was, in milliseconds, from now on."""
    late: list[float] = []
    last = [time.monotonic()]

    def tick() -> None:
        now = time.monotonic()
        late.append(max(0.0, (now - last[0]) * 1000 - 10))
        last[0] = now

    timer = QTimer(view)
    timer.setInterval(10)
    timer.timeout.connect(tick)
    timer.start()
    return late


def _live(rig: Rig) -> float:
    """Cores for 50 tracks that move once a second and 20 pulses, above the same loop without."""
    rig.view.look_at(CITY, 15.0)
    costs = []
    for tracks, incidents in ((0, 0), (50, 20)):
        rig.view.set_live(live(tracks, incidents, 0.0))
        rig.spin(1.0)
        begun = time.process_time()
        for second in range(5):
            rig.view.set_live(live(tracks, incidents, second * 3.0))
            rig.spin(1.0)
        costs.append((time.process_time() - begun) / 5)
    rig.view.set_live(Live())
    return costs[1] - costs[0]


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="map", description=__doc__)
    parser.add_argument("--frames", type=int, default=160)
    parser.add_argument("--no-4k", action="store_true")
    parser.add_argument("--json", type=Path)
    given = parser.parse_args(arguments)
    figures = measure(given.frames, large=not given.no_4k)
    print(machine.one_line())
    rows = [
        (name, number(figures[name], 1, " ms"), number(goal, 0, " ms"))
        for name, goal in _GOALS.items()
        if name in figures
    ]
    rows.append(("first paint", number(figures["first_paint_cpu_s"], 2, " s"), "2.5 s"))
    rows.append(("blocked meanwhile, p99", number(figures["blocked_p99_ms"], 0, " ms"), "50 ms"))
    rows.append(("50 tracks, 20 pulses", number(figures["live_cores"], 3, " cores"), "0.1 cores"))
    print(table((f"map, {CAMERAS:,} cameras, CPU a frame", "measured", "goal"), rows))
    told = json.dumps({"map": figures}, ensure_ascii=False)
    if given.json is not None:
        given.json.write_text(told, encoding="utf-8")
    print(told)
    return 0
