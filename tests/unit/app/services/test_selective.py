from __future__ import annotations

from app.domain.camera import CameraId
from app.domain.wall import CameraTile
from app.services.selective import placed

A, B, C, D = (CameraId(name) for name in "abcd")


def test_whoever_stays_keeps_its_place() -> None:
    first = placed([], [A, B, C], 4)
    assert first == (CameraTile(A), CameraTile(B), CameraTile(C), None)
    now = [tile.camera if tile is not None else None for tile in first]
    second = placed(now, [D, C, A], 4)
    assert second == (CameraTile(A), CameraTile(D), CameraTile(C), None)
    assert placed([A, B], [C, D, A], 2) == (CameraTile(A), CameraTile(C))
