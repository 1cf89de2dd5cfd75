"""The cameras around a place: who is first, who is last, and what is said of it."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.camera import Camera, CameraId
from app.domain.dragnet import LARGEST_M, CameraField, Target, dragnet, radius_of, same_pole
from app.domain.geo.earth import Place, destination
from app.domain.incident_type import DragnetDefault

SCENE = Place(35.8189, 128.5376)
FIVE = DragnetDefault(5, 500.0)


def camera(
    number: int, bearing: float, metres: float, looks: float | None = None, **values: object
) -> Camera:
    """So far from the scene that way; `looks`: degrees off the scene, None for unknown."""
    place = destination(SCENE, bearing, metres)
    azimuth = None if looks is None else (bearing + 180 + looks) % 360
    made = Camera(
        CameraId(f"c{number}"), number, f"카메라 {number}", "달서구", "생활방범",
        latitude=place.latitude, longitude=place.longitude, azimuth=azimuth, fov=60.0,
    )  # fmt: skip
    return replace(made, **values)  # type: ignore[arg-type]


def numbers(cameras: list[Camera], target: Target | None = None, **given_: object) -> list[int]:
    found = dragnet(
        CameraField.of(cameras),
        target or Target(SCENE),
        FIVE,
        **given_,  # type: ignore[arg-type]
    )
    return [candidate.camera.number for candidate in found.candidates]


def test_what_sees_goes_before_what_is_only_near() -> None:
    away, sees, unknown = camera(1, 0, 30, 180), camera(2, 90, 110, 5), camera(3, 180, 60)
    assert numbers([away, unknown, sees]) == [2, 3, 1]


def test_the_reporting_camera_is_first_wherever_it_looks() -> None:
    sees, reporting = camera(1, 0, 20, 0), camera(2, 0, 490, 180)
    assert numbers([sees, reporting], Target(SCENE, CameraId("c2"))) == [2, 1]


def test_a_dead_reporting_camera_gives_way_to_one_of_its_pole() -> None:
    reporting, twin = camera(1, 0, 300, 0, pole="P7"), camera(2, 0, 300, 90, pole="P7")
    sees = camera(3, 90, 40, 0)
    found = numbers([sees, reporting, twin], Target(SCENE, CameraId("c1")), dead={"c1"})
    assert found == [2, 3, 1]


def test_the_reporting_camera_counts_also_from_out_of_reach() -> None:
    far = camera(1, 0, 3_000, 0)
    assert numbers([far, camera(2, 0, 50, 0)], Target(SCENE, CameraId("c1"))) == [1, 2]


def test_dead_ones_come_last_and_say_so() -> None:
    cameras = [camera(1, 0, 20, 0), camera(2, 0, 400, 180)]
    found = dragnet(CameraField.of(cameras), Target(SCENE), FIVE, dead={CameraId("c1")})
    assert [one.camera.number for one in found.candidates] == [2, 1]
    assert found.candidates[1].reason.en.startswith("no picture")
    assert found.note is None
    both = {CameraId("c1"), CameraId("c2")}
    nothing = dragnet(CameraField.of(cameras), Target(SCENE), FIVE, dead=both)
    assert len(nothing.candidates) == 2
    assert nothing.note is not None
    assert "gives a picture" in nothing.note.en


def test_five_of_one_pole_do_not_take_all_the_tiles() -> None:
    pole = [camera(n, 0, 30 + n, 0, pole="P1") for n in range(1, 6)]
    others = [camera(10 + n, 40.0 * n, 200 + n, 0) for n in range(1, 4)]
    assert numbers(pole + others)[:5] == [1, 2, 11, 12, 13]


def test_nothing_near_is_looked_for_further_away_once_and_told() -> None:
    found = dragnet(CameraField.of([camera(1, 0, 1_500, 0)]), Target(SCENE), FIVE)
    assert [one.camera.number for one in found.candidates] == [1]
    assert (found.radius_m, found.note is not None) == (4_000.0, True)
    none = dragnet(CameraField.of([camera(1, 0, 9_000, 0)]), Target(SCENE), FIVE)
    assert (none.candidates, none.note is not None) == ((), True)


def test_too_few_for_the_tiles_are_joined_by_those_further_away_without_a_word() -> None:
    near = [camera(n, 30.0 * n, 100, 0) for n in range(1, 4)]
    far = [camera(10 + n, 30.0 * n, 900, 0) for n in range(1, 4)]
    found = dragnet(CameraField.of(near + far), Target(SCENE), FIVE)
    assert [one.camera.number < 10 for one in found.candidates] == [True] * 3 + [False] * 3
    assert (found.radius_m, found.note) == (1_000.0, None)


def test_without_a_place_the_reporting_camera_stands_for_it() -> None:
    cameras = [camera(1, 0, 100, 0), camera(2, 0, 140, 0)]
    target = Target(None, CameraId("c1"))
    assert numbers(cameras, target) == [1, 2]
    found = dragnet(CameraField.of(cameras), Target(None), FIVE)
    assert (found.candidates, found.note is not None) == ((), True)
    nowhere = replace(cameras[0], latitude=None, longitude=None)
    lonely = dragnet(CameraField.of([nowhere, cameras[1]]), target, FIVE)
    assert [one.camera.number for one in lonely.candidates] == [1]
    assert lonely.candidates[0].reason.en == "the camera that reported it"


def test_what_one_may_not_see_is_not_there() -> None:
    cameras = [camera(1, 0, 20, 0), camera(2, 0, 40, 0)]
    target = Target(SCENE, CameraId("c1"))
    assert numbers(cameras, target, may_see=lambda one: one.number != 1) == [2]


def test_the_ring_grows_with_a_target_that_moves() -> None:
    moving = DragnetDefault(5, 500.0, speed_mps=10.0)
    assert radius_of(moving, 0) == radius_of(moving, -5) == 500.0
    assert radius_of(moving, 60) == 1_100.0
    assert radius_of(moving, 1e9) == LARGEST_M
    assert radius_of(FIVE, 1e9) == 500.0


def test_reasons_are_in_words() -> None:
    found = dragnet(CameraField.of([camera(1, 0, 80, 0)]), Target(SCENE), FIVE)
    assert found.chosen[0].reason.en == "has it in its picture · 80 m"
    assert found.chosen[0].reason.ko == "현장이 화면 안 · 80 m"


def test_a_pole_by_name_or_by_place() -> None:
    one, other = camera(1, 0, 100, pole="P1"), camera(2, 50, 100, pole="P1")
    assert same_pole(one, other)
    assert not same_pole(one, replace(other, site="다른 구"))
    unnamed = replace(one, pole="")
    assert same_pole(unnamed, replace(unnamed, id=CameraId("x")))
    assert not same_pole(unnamed, replace(unnamed, approximate=True))


@pytest.mark.parametrize("place", [Place(48.8, 2.3), Place(0.0, 0.0), Place(-90.0, 180.0)])
def test_a_place_outside_the_country_finds_nothing_and_says_so(place: Place) -> None:
    found = dragnet(CameraField.of([camera(1, 0, 50, 0)]), Target(place), FIVE)
    assert found.candidates == ()
    assert found.note is not None


around = st.builds(
    camera,
    st.integers(1, 10_000),
    st.floats(0, 359),
    st.floats(1, 2_500),
    st.one_of(st.none(), st.floats(-180, 180)),
)


@given(st.lists(around, max_size=30, unique_by=lambda one: one.number), st.data())
def test_each_camera_in_reach_stands_once_the_live_ones_first(
    cameras: list[Camera], data: st.DataObject
) -> None:
    ids = [one.id for one in cameras]
    dead = data.draw(st.sets(st.sampled_from(ids))) if ids else set()
    found = dragnet(CameraField.of(cameras), Target(SCENE), FIVE, dead=dead)
    shown = [one.camera.id for one in found.candidates]
    assert len(shown) == len(set(shown))
    live = [one.live for one in found.candidates]
    assert live == sorted(live, reverse=True)
    for one in found.candidates:
        assert one.view is not None
        assert one.view.distance_m <= found.radius_m + 1e-6
    # Whoever is nearer and sees at least as well never stands behind a farther one of another pole.
    for before, after in zip(found.candidates, found.candidates[1:], strict=False):
        assert before.view is not None
        assert after.view is not None
        if before.live and after.live and not same_pole(before.camera, after.camera):
            worse = (before.view.sight, before.view.distance_m)
            better = (after.view.sight, after.view.distance_m)
            of_pole = sum(same_pole(one.camera, after.camera) for one in found.candidates)
            if of_pole <= 2:
                assert not (better[0] <= worse[0] and better[1] < worse[1])
