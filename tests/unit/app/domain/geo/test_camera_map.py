from __future__ import annotations

import math
from dataclasses import replace

from app.domain.camera import Camera, CameraId
from app.domain.geo import mercator
from app.domain.geo.camera_map import CameraMap
from app.domain.geo.earth import Place, destination
from tests.fakes.camera_site import camera

SCENE = Place(35.8189, 128.5376)


def placed(number: int, bearing: float, metres: float, purpose: str = "생활방범") -> Camera:
    where = destination(SCENE, bearing, metres)
    one = camera(number, f"카메라 {number}", purpose=purpose)
    return replace(one, latitude=where.latitude, longitude=where.longitude, azimuth=90.0, fov=60.0)


CAMERAS = CameraMap.of(
    [
        placed(1, 0, 50),
        camera(2, "위치 없음"),
        placed(3, 90, 300, "어린이보호"),
        replace(placed(4, 180, 20), approximate=True),
    ]
)


def ids(numbers: object) -> list[str]:
    return [CAMERAS.cameras[int(n)].id for n in numbers]  # type: ignore[attr-defined]


def test_only_cameras_with_a_position_are_on_it() -> None:
    assert [c.number for c in CAMERAS.cameras] == [1, 3, 4]
    assert CAMERAS.index == {"c1": 0, "c3": 1, "c4": 2}
    assert CAMERAS.place(1) == (CAMERAS.cameras[1].latitude, CAMERAS.cameras[1].longitude)


def test_one_that_stands_at_its_quarter_looks_nowhere() -> None:
    assert CAMERAS.azimuth[0] == 90.0
    assert math.isnan(CAMERAS.azimuth[2])


def test_a_radius_finds_the_nearest_first() -> None:
    assert ids(CAMERAS.around(SCENE, 100)) == ["c4", "c1"]
    assert ids(CAMERAS.around(SCENE, 400, CAMERAS.purpose.shown({"어린이보호"}))) == ["c3"]


def test_a_lasso_may_cross_itself_or_be_no_more_than_a_line() -> None:
    corners = [destination(SCENE, bearing, 120) for bearing in (45, 225, 135, 315)]
    bow = [mercator.project(corner) for corner in corners]
    assert set(ids(CAMERAS.inside(bow))) <= {"c1", "c4"}
    square = [mercator.project(destination(SCENE, b, 120)) for b in (45, 135, 225, 315)]
    assert set(ids(CAMERAS.inside(square))) == {"c1", "c4"}
    assert ids(CAMERAS.inside(bow[:2])) == []


def test_sites_and_purposes_are_those_there_are() -> None:
    assert set(CAMERAS.purpose.words) == {"생활방범", "어린이보호"}
    assert CAMERAS.site.shown({CameraId("nobody")}).tolist() == [False, False, False]
