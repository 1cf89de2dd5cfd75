from __future__ import annotations

from app.domain.camera import CameraId
from app.domain.stream import Importance, Want
from ui.wall.wants import Seen, want, wants

A, B = CameraId("a"), CameraId("b")


def test_a_tile_asks_for_its_own_pixels() -> None:
    assert want(Seen(A, 320, 180)) == Want(320, 180, Importance.SHOWN, sharp=False)


def test_the_focus_matters_and_enlarging_asks_for_main() -> None:
    assert want(Seen(A, 320, 180, focused=True)).importance is Importance.FOCUSED
    assert not want(Seen(A, 320, 180, focused=True)).sharp
    assert want(Seen(A, 1920, 1080, enlarged=True)).sharp
    assert want(Seen(A, 320, 180, sharp=True)).sharp


def test_a_zoomed_tile_asks_for_what_its_crop_shows_but_no_more_than_there_is() -> None:
    assert want(Seen(A, 320, 180, zoom=2.0)) == Want(640, 360, Importance.SHOWN, sharp=True)
    most = want(Seen(A, 320, 180, zoom=8.0, main_size=(1280, 720)))
    assert (most.width, most.height) == (1280, 720)
    large = want(Seen(A, 1920, 1080, zoom=4.0, main_size=(1280, 720)))
    assert (large.width, large.height) == (1920, 1080)


def test_a_tile_behind_the_enlarged_one_only_keeps_its_place() -> None:
    hidden = want(Seen(A, 320, 180, focused=True, zoom=3.0, hidden=True))
    assert hidden == Want(320, 180, Importance.HIDDEN)


def test_a_camera_in_two_tiles_gets_the_most_of_both() -> None:
    asked = wants([Seen(A, 320, 400), Seen(B, 10, 10), Seen(A, 640, 180, focused=True)])
    assert asked == {
        A: Want(640, 400, Importance.FOCUSED),
        B: Want(10, 10, Importance.SHOWN),
    }
