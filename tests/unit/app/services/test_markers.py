from __future__ import annotations

from dataclasses import replace

from app.domain.camera import CameraId
from app.domain.geo.earth import Place, destination
from app.services.incident_overlay import IncidentItem
from app.services.markers import MOST, Markers
from app.wire.entities import IncidentRow
from tests.fakes.camera_site import camera
from tests.fakes.incidents import NOON

HERE = Place(35.8189, 128.5376)
CAMERAS = {
    one.id: one
    for one in (
        replace(
            camera(n, f"카메라 {n}"), latitude=HERE.latitude, longitude=HERE.longitude,
            azimuth=float(n * 180), fov=60.0,
        )
        for n in range(2)
    )
}  # fmt: skip
NORTH, SOUTH = CameraId("c0"), CameraId("c1")


def item(id_: str, bearing: float, metres: float, **values: object) -> IncidentItem:
    place = destination(HERE, bearing, metres)
    given: dict[str, object] = {
        "id": id_, "number": id_, "type": "fall", "grade": 10, "state": 10, "title": "",
        "site": "s", "source": "ai", "occurred_at": NOON, "received_at": NOON,
        "changed_at": NOON, "latitude": place.latitude, "longitude": place.longitude,
    }  # fmt: skip
    return IncidentItem(IncidentRow.model_validate(given | values), 1)


def made() -> tuple[Markers, list[frozenset[CameraId]]]:
    markers = Markers(CAMERAS.get, lambda: [NORTH, SOUTH, CameraId("gone")])
    told: list[frozenset[CameraId]] = []
    markers.changed.connect(told.append)
    return markers, told


def test_only_the_camera_that_sees_it_is_marked_and_told() -> None:
    markers, told = made()
    markers.follow([item("i1", 0, 80)])
    assert [one.incident for one in markers.of(NORTH)] == ["i1"]
    assert markers.of(SOUTH) == ()
    assert told == [frozenset({NORTH})]
    markers.follow([item("i1", 0, 80)])
    assert len(told) == 1, "nothing has changed"


def test_a_marker_goes_with_its_track_to_the_other_camera_and_ends() -> None:
    markers, told = made()
    markers.follow([item("i1", 10, 80)])
    first = markers.of(NORTH)[0]
    markers.follow([item("i1", 14, 80)])
    second = markers.of(NORTH)[0]
    assert first.at is not None
    assert second.at is not None
    assert first.at < second.at
    markers.follow([item("i1", 180, 80)])
    assert (markers.of(NORTH), len(markers.of(SOUTH))) == ((), 1)
    markers.follow([item("i1", 180, 80, state=50)])
    assert not markers.all() or markers.of(SOUTH)
    markers.follow([])
    assert not markers.all()
    assert told[-1] == frozenset({SOUTH})


def test_the_nearest_few_and_none_without_a_place_of_its_own() -> None:
    markers, _ = made()
    many = [item(f"i{n}", 0, 200 - 10 * n) for n in range(9)]
    markers.follow([*many, item("far off", 0, 50_000), item("emd", 0, 20, approximate=True)])
    assert [one.incident for one in markers.of(NORTH)] == ["i8", "i7", "i6"]
    assert len(markers.of(NORTH)) == MOST
    markers.follow([item("nowhere", 0, 20, latitude=None, longitude=None)])
    assert not markers.all()


def test_what_is_pointed_at_is_told_once() -> None:
    markers, _ = made()
    lit: list[str] = []
    markers.lit.connect(lit.append)
    for what in ("i1", "i1", ""):
        markers.light(what)
    assert lit == ["i1", ""]


def test_one_without_a_place_stands_in_the_picture_of_its_own_camera() -> None:
    markers, _ = made()
    nowhere = {"latitude": None, "longitude": None, "camera": "c1"}
    markers.follow([item("i1", 0, 0, **nowhere, facts={"box": "0.1,0.1,0.2,0.2"})])
    assert markers.of(NORTH) == ()
    assert markers.of(SOUTH)[0].box == (0.1, 0.1, 0.2, 0.2)
    markers.follow([item("i1", 0, 50, camera="c0", approximate=True)])
    assert len(markers.of(NORTH)) == 1
