from __future__ import annotations

import json

from app.domain.camera import CameraId
from ui.widgets.drag import CAMERAS_MIME, TILE_MIME, cameras_data


def test_cameras_travel_as_a_list_of_ids() -> None:
    data = cameras_data([CameraId("a"), CameraId("월성")])
    assert data.formats() == [CAMERAS_MIME]
    assert json.loads(bytes(data.data(CAMERAS_MIME).data())) == ["a", "월성"]


def test_cameras_and_tiles_are_not_mistaken_for_each_other() -> None:
    assert CAMERAS_MIME != TILE_MIME
