from __future__ import annotations

from app.domain.camera import Camera, CameraId
from app.services.catalog import CameraSet, Catalog


def camera(number: int, name: str = "문", own: str = "") -> Camera:
    return Camera(CameraId(own or f"c{number}"), number, name, "달서구", "방범")


def test_it_begins_empty() -> None:
    catalog = Catalog()
    assert catalog.cameras == ()
    assert catalog.tree() == ()
    assert catalog.search("달서") == []


def test_a_loaded_list_is_found_by_id_number_and_words() -> None:
    catalog = Catalog()
    catalog.load([camera(1, "남문"), camera(2, "북문")])
    assert catalog.get(CameraId("c2")) == camera(2, "북문")
    assert catalog.by_number(1) == camera(1, "남문")
    assert catalog.search("ㅂㅁ") == [camera(2, "북문")]
    assert catalog.tree()[0].count == 2
    assert catalog.get(CameraId("c3")) is None
    assert catalog.by_number(3) is None


def test_loading_replaces_and_is_told() -> None:
    catalog = Catalog()
    heard: list[int] = []
    catalog.changed.connect(lambda _: heard.append(len(catalog.cameras)))
    catalog.load([camera(1), camera(2)])
    catalog.load(CameraSet.of([camera(3)]))
    assert heard == [2, 1]
    assert catalog.get(CameraId("c1")) is None


def test_of_two_with_one_id_or_number_the_first_counts() -> None:
    catalog = Catalog()
    catalog.load([camera(1, "가"), camera(2, "나", own="c1"), camera(1, "다", own="c3")])
    assert [c.name for c in catalog.cameras] == ["가", "다"]
    found = catalog.by_number(1)
    assert found is not None
    assert found.name == "가"
    assert catalog.by_number(2) is None
