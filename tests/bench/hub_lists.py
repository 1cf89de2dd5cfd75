"""Lists of cameras for the hub: a genuine one where it is laid out, else generated rows."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

from app.demo import cameras
from app.domain.camera import CameraId
from tests.architecture.sources import ROOT

_GENUINE = "cctv_daejeon_standard_2026.csv"
_ROWS = 9_000


def national_list() -> tuple[str, bytes]:
    """Name and content."""
    folder = Path(os.environ.get("GWANJE_DATA") or ROOT.parent / "shared" / "data")
    genuine = folder / _GENUINE
    if genuine.is_file():
        return genuine.name, genuine.read_bytes()
    return "generated.csv", generated(_ROWS)


def generated(count: int) -> bytes:
    """So many rows in the national form: the demo's cameras again and again, elsewhere."""
    demo = cameras.generate(cameras.MOST_CAMERAS, plain=True)
    pairs = []
    for number in range(count):
        turn, place = divmod(number, len(demo))
        one = demo[place]
        camera = replace(
            one.camera,
            id=CameraId(f"20263470000{number:07d}"),
            number=100_000 + number,
            latitude=(one.camera.latitude or 0.0) + 0.00001 * turn,
        )
        pairs.append((replace(one, camera=camera), camera))
    return cameras.national_csv(pairs)
