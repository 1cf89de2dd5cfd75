from __future__ import annotations

import pytest

from app.domain.camera import Camera, CameraId
from app.domain.camera_search import Index


def camera(number: int, name: str, address: str = "", site: str = "달서구청") -> Camera:
    return Camera(CameraId(f"id-{number}"), number, name, site, "어린이보호", address=address)


CAMERAS = (
    camera(1203, "두류공원 정문", "대구 달서구 공원순환로 36 (두류동 1)"),
    camera(102, "월성네거리 북", "대구 달서구 월배로 102 (월성동 7)"),
    camera(1021, "상인역 4번출구", "대구 달서구 월배로 201 (상인동 1502-3)"),
    camera(10, "Dalseo CCTV-A", "대구 남구 대명로 10", site="남구청"),
    camera(33, "구민회관 앞 달서", "대구 달서구 달구벌대로 3 (성당동 5)"),
    camera(44, "달서구수영장", "대구 달서구 학산로 50 (월성동 3)"),
)


@pytest.fixture(scope="module")
def index() -> Index:
    return Index(CAMERAS)


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("102", [102, 1021]),
        ("1", [10, 102, 1021, 1203]),
        ("1203", [1203]),
        ("두류", [1203]),
        ("ㄷㄹㄱㅇ", [1203]),
        ("달서ㄱㅅ", [44]),
        ("cctv", [10]),
        ("월성", [102, 44]),  # the name, then the address
        ("달서", [44, 33, 102, 1021, 1203]),
        ("월배로 상인", [1021]),
        ("상인 월배로", [1021]),
        ("102 월", [102, 1021]),
        ("남구청", [10]),
        ("어린이 두류", [1203]),
        ("없는곳", []),
        ("달서 없는곳", []),
        ("", []),
        ("  ", []),
        ("\n", []),
    ],
)
def test_best_first(index: Index, query: str, numbers: list[int]) -> None:
    assert [c.number for c in index.search(query)] == numbers


def test_the_number_itself_comes_before_numbers_that_begin_so() -> None:
    index = Index([camera(12, "a"), camera(1, "b"), camera(123, "c")])
    assert [c.number for c in index.search("12")] == [12, 123]


def test_no_more_than_asked(index: Index) -> None:
    assert len(index.search("대구", limit=2)) == 2


def test_a_match_never_runs_from_one_camera_into_the_next() -> None:
    index = Index([camera(1, "가나"), camera(2, "다라")])
    assert index.search("나다") == []
    assert index.search("ㄴㄷ") == []


def test_each_camera_comes_once(index: Index) -> None:
    found = [c.number for c in index.search("ㄷ")]
    assert len(found) == len(set(found)) == len(CAMERAS)


def test_characters_beyond_the_basic_plane() -> None:
    index = Index([camera(1, "공원 📷 앞"), camera(2, "\ud800")])
    assert [c.number for c in index.search("📷 앞")] == [1]


def test_an_empty_list_finds_nothing() -> None:
    assert Index([]).search("달서") == []


def test_a_long_pasted_text_finds_nothing(index: Index) -> None:
    assert index.search("가" * 5000) == []
