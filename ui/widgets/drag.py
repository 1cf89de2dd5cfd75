"""What cameras and tiles look like while they are dragged, also from window to window."""

from __future__ import annotations

import json
from collections.abc import Iterable

from PySide6.QtCore import QMimeData

from app.domain.camera import CameraId

# A list of camera ids; {"window": id, "index": tile}. Both JSON, UTF-8.
CAMERAS_MIME = "application/x-gwanje-cameras"
TILE_MIME = "application/x-gwanje-tile"


def cameras_data(cameras: Iterable[CameraId]) -> QMimeData:
    data = QMimeData()
    data.setData(CAMERAS_MIME, json.dumps(list(cameras)).encode())
    return data
