from __future__ import annotations

from app.formats import camera_csv, identity
from app.formats.camera_rows import CameraList, Problems, Row


def listed(header: str, *rows: str) -> CameraList:
    return camera_csv.parse("\n".join((header, *rows)).encode())


def numbers(result: CameraList) -> list[int]:
    return [camera.number for camera in result.cameras]


def test_own_numbers_are_kept_and_gaps_filled_above() -> None:
    assert numbers(listed("number,name", "7,a", ",b", "30,c", ",d")) == [7, 31, 30, 32]


def test_a_number_that_comes_twice_is_replaced_and_told() -> None:
    result = listed("number,name", "7,a", "7,b", "8,c")
    assert numbers(result) == [7, 9, 8]
    (problem,) = result.problems
    assert (problem.line, problem.column, problem.skipped) == (3, "number", False)


def test_without_numbers_the_last_digits_of_the_ids() -> None:
    assert numbers(listed("관리번호,name", "2026-000101,a", "2026-000202,b")) == [101, 202]
    assert numbers(listed("관리번호,name", "A1001,a", "B2001,b")) == [1001, 2001]


def test_without_telling_ids_the_order_of_the_rows() -> None:
    assert numbers(listed("관리번호,name", "x-1,a", "y-1,b")) == [1, 2]
    assert numbers(listed("관리번호,name", "x000,a", "y001,b")) == [1, 2]
    assert numbers(listed("name,주소", "a,", "b,")) == [1, 2]


def test_ids_that_come_twice_are_told_apart() -> None:
    result = listed("관리번호,name", "k,a", "k,b", "k-2,c", "k,d")
    ids = [camera.id for camera in result.cameras]
    assert ids == ["k", "k-2", "k-2-2", "k-3"]
    assert [problem.line for problem in result.problems] == [3, 4, 5]


def test_made_ids_do_not_depend_on_the_row_or_the_password() -> None:
    first = listed("name,main_url", "a,rtsp://u:old@h/1", "b,rtsp://u:old@h/2")
    later = listed("name,main_url", "new,rtsp://h/0", "b,rtsp://u:new@h/2", "a,rtsp://v:x@h/1")
    before, after = ([camera.id for camera in result.cameras] for result in (first, later))
    assert after[1:] == before[::-1]
    assert all(own.startswith("row-") for own in before)


def test_a_repeated_row_is_told() -> None:
    result = listed("name,주소", "a,b", "a,b")
    assert len({camera.id for camera in result.cameras}) == 2
    assert [problem.line for problem in result.problems] == [3]


def test_ids_and_numbers_of_no_rows() -> None:
    assert identity.ids([], Problems()) == []
    assert identity.numbers([], [], Problems()) == []


def test_a_column_the_list_does_not_have_is_named_by_no_word() -> None:
    problems = Problems()
    row = Row(2, {"name": "a"}, {"name": "name"})
    first, second = identity.ids([row, row], problems)
    assert second == f"{first}-2"
    assert problems.found[0].column == ""
