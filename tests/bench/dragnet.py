"""The cameras around a place among a hundred thousand: `python -m tests.bench dragnet`.

CPU time of one dragnet, as the console makes it: from an incident's place to candidates in order.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Sequence

import numpy as np

from app.domain.camera import Camera, CameraId
from app.domain.dragnet import CameraField, Target, dragnet
from app.domain.geo.earth import Place
from app.domain.incident_type import DragnetDefault
from tests.bench import machine
from tests.bench.tables import number, table

CAMERAS = 100_000
# Half of them over the country, half as dense as in a city of 20 by 20 km.
_CITY = (35.75, 128.45, 35.93, 128.67)
_COUNTRY = (34.3, 126.3, 38.3, 129.4)
GOAL_MS = 20.0


def cameras(count: int) -> list[Camera]:
    rng = random.Random(7)
    found = []
    for n in range(count):
        south, west, north, east = _CITY if n % 2 else _COUNTRY
        looks = rng.random() < 0.5
        found.append(
            Camera(
                CameraId(f"c{n}"), n + 1, f"카메라 {n}", "기관", "생활방범", pole=f"P{n // 3}",
                latitude=rng.uniform(south, north), longitude=rng.uniform(west, east),
                azimuth=rng.uniform(0, 360) if looks else None, fov=60.0 if looks else None,
            )
        )  # fmt: skip
    return found


def measure(
    field: CameraField, default: DragnetDefault, elapsed: float, rounds: int
) -> list[float]:
    """Milliseconds of CPU, one a round, each at another place of the city."""
    rng = random.Random(11)
    south, west, north, east = _CITY
    times = []
    for _ in range(rounds):
        place = Place(rng.uniform(south, north), rng.uniform(west, east))
        begun = time.process_time_ns()
        dragnet(field, Target(place, None, elapsed), default)
        times.append((time.process_time_ns() - begun) / 1e6)
    return times


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="dragnet", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200)
    given = parser.parse_args(arguments)
    begun = time.process_time()
    field = CameraField.of(cameras(CAMERAS))
    made = time.process_time() - begun
    kinds = {
        "500 m": (DragnetDefault(), 0.0),
        "8 cameras within 1 km": (DragnetDefault(cameras=8, radius_m=1000.0), 0.0),
        "a vehicle after five minutes": (DragnetDefault(speed_mps=14.0), 300.0),
    }
    figures = {name: measure(field, *kind, given.rounds) for name, kind in kinds.items()}
    print(machine.one_line())
    rows = [
        (name, number(float(np.median(times)), 2, " ms"), number(max(times), 2, " ms"), "20 ms")
        for name, times in figures.items()
    ]
    print(table((f"dragnet, {CAMERAS:,} cameras", "median", "longest", "goal"), rows))
    print(f"\ncameras and arrays made in {made:.2f} s")
    told = {name: {"p50": float(np.median(t)), "max": max(t)} for name, t in figures.items()}
    print(json.dumps({"dragnet_100k_ms": told}, ensure_ascii=False))
    return 0
