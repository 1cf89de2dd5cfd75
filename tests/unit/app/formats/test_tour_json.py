from __future__ import annotations

import pytest

from app.domain.camera import CameraId
from app.domain.tour import CameraStop, Tour, TourId, WallStop
from app.domain.wall import WallId
from app.formats.tour_json import tour_of, tour_value
from app.formats.wall_json import UNREADABLE


@pytest.mark.parametrize("stop", [CameraStop(CameraId("c1"), 5.0), WallStop(WallId("w1"), 2.5)])
def test_a_tour_comes_back(stop: CameraStop | WallStop) -> None:
    tour = Tour(TourId("t"), "야간", (stop, stop), only_live=True)
    assert tour_of(tour_value(tour)) == tour


@pytest.mark.parametrize(
    "wrong", [{"stops": []}, {"stops": [{"camera": 1, "dwell": 5}]}, {"name": 3}, {"only_live": 1}]
)
def test_anything_else_is_refused(wrong: dict[str, object]) -> None:
    value = tour_value(Tour(TourId("t"), "야간", (CameraStop(CameraId("c1"), 5.0),)))
    with pytest.raises(UNREADABLE):
        tour_of(value | wrong)
