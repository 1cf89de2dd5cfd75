from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.layout import Cell, Layout, layout_named
from app.domain.tour import CameraStop, Tour, TourId
from app.domain.wall import CameraTile, Wall, WallId
from app.formats.settings_json import FORMAT, MOST_BYTES, Bundle, read, written

WALL = Wall(WallId("w1"), "정문", layout_named("4"), (CameraTile(CameraId("c1")), None, None, None))
WHOLE = Bundle(
    {"theme": "light", "tile_gap": 4, "sounds": False, "operator": "김관제"},
    (Layout("내 것", 2, 1, (Cell(0, 0), Cell(1, 0))),),
    (WALL,),
    (Tour(TourId("t1"), "야간", (CameraStop(CameraId("c1"), 5.0),)),),
)
DATA = written(WHOLE, "0.1.0", "2026-11-27T09:00:00+09:00")


def test_what_is_written_is_read() -> None:
    assert read(DATA) == (WHOLE, ())
    assert read(b"\xef\xbb\xbf" + DATA) == (WHOLE, ())
    assert read(written(Bundle({}), "", "")) == (Bundle({}), ())


def test_an_address_with_a_password_stays_at_home() -> None:
    data = written(Bundle({"base_map": "https://kim:geheim@server/map"}), "", "")
    assert b"geheim" not in data
    assert read(data)[0].preferences == {}


def changed(**parts: object) -> bytes:
    return json.dumps(json.loads(DATA) | parts).encode()


def test_what_a_newer_version_added_is_said_and_the_rest_is_taken() -> None:
    preferences = {"theme": "light", "wings": 2, "tile_gap": 99}
    walls = [{"name": "이상한 벽"}, "wall", *json.loads(DATA)["walls"]]
    bundle, problems = read(changed(preferences=preferences, walls=walls, sounds={"x": 1}))
    assert bundle.preferences == {"theme": "light"}
    assert bundle.walls == (WALL,)
    said = "\n".join(problem.en for problem in problems)
    assert len(problems) == 5
    for part in ("“sounds”", "“wings”", "tile_gap", "wall “이상한 벽”"):
        assert part in said


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (DATA[: len(DATA) // 2], "cut off"),
        (DATA[:-3], "cut off"),
        (b"", "Not a file of settings"),
        (b"camera,number\n1,2\n", "Not a file of settings"),
        (b'{"format": 1}', "Not a file of settings"),
        (b"[" * 200_000, "Not a file of settings"),
        (changed(format=FORMAT + 1), "Update this console"),
        (changed(format="1"), "damaged"),
        (changed(operator="\ud800"), "damaged"),
        (b" " * (MOST_BYTES + 1), "more than 5 MB"),
    ],
)
def test_files_that_are_none(data: bytes, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        read(data)
    assert said in caught.value.text.en


@given(st.dictionaries(st.text(max_size=9), st.none() | st.integers() | st.text(max_size=9)))
def test_whatever_stands_in_it_is_said(parts: dict[str, object]) -> None:
    for name in ("preferences", "walls", "layouts", "tours"):
        bundle, problems = read(changed(**{name: parts}))
        # An empty one is nothing to be said.
        assert problems or (name == "preferences" and bundle.preferences == {})


def test_parts_of_another_kind() -> None:
    bundle, problems = read(changed(preferences=3, walls=None))
    assert (bundle.preferences, bundle.walls, len(problems)) == ({}, (), 2)


def test_a_number_that_no_clock_has_leaves_its_tour_out() -> None:
    tour = {"id": "t", "name": "n", "only_live": False}
    stops = [{"camera": "c", "dwell": 10**400}]
    document = {"kind": "gwanje-settings", "format": 1, "tours": [tour | {"stops": stops}]}
    bundle, problems = read(json.dumps(document).encode())
    assert bundle.tours == ()
    assert len(problems) == 1
