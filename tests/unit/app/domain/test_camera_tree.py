from __future__ import annotations

import pytest

from app.domain.camera import Camera, CameraId
from app.domain.camera_tree import natural_key, tree


def camera(number: int, name: str, site: str = "달서구", purpose: str = "방범") -> Camera:
    return Camera(CameraId(str(number)), number, name, site, purpose)


def test_sites_hold_purposes_and_those_cameras() -> None:
    sites = tree(
        [
            camera(3, "다"),
            camera(1, "가", site="남구"),
            camera(2, "나", purpose="교통"),
            camera(4, "라"),
        ]
    )
    assert [(site.name, site.count) for site in sites] == [("남구", 1), ("달서구", 3)]
    assert [(p.name, [c.number for c in p.cameras]) for p in sites[1].purposes] == [
        ("교통", [2]),
        ("방범", [3, 4]),
    ]


def test_names_are_sorted_as_people_count() -> None:
    cameras = [camera(1, "문 10"), camera(2, "문 2"), camera(4, "문 1"), camera(3, "문 1")]
    (site,) = tree(cameras)
    assert [c.number for c in site.purposes[0].cameras] == [3, 4, 2, 1]


def test_what_has_no_name_comes_last() -> None:
    sites = tree([camera(1, "a", site="", purpose=""), camera(2, "b", site="", purpose="힣")])
    sites += tree([camera(3, "c")])
    assert [p.name for p in sites[0].purposes] == ["힣", ""]
    assert [s.name for s in tree([camera(1, "a", site=""), camera(2, "b")])] == ["달서구", ""]


def test_nothing_makes_no_tree() -> None:
    assert tree([]) == ()


@pytest.mark.parametrize(
    ("less", "more"), [("a2", "a10"), ("A1", "b1"), ("7", "12"), ("1동", "1서")]
)
def test_natural_order(less: str, more: str) -> None:
    assert natural_key(less) < natural_key(more)
