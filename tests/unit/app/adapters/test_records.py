from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.adapters.records import (
    act_row,
    layout_text,
    placement_text,
    read_act,
    read_layout,
    read_placement,
    read_tour,
    read_value,
    read_wall,
    tour_text,
    value_text,
    wall_text,
)
from app.domain.act import Act, ActKind
from app.domain.camera import CameraId
from app.domain.layout import LAYOUTS, layout_named
from app.domain.tour import CameraStop, Tour, TourId, WallStop
from app.domain.wall import (
    CameraTile,
    HotSpotTile,
    TileContent,
    TourTile,
    Wall,
    WallId,
    empty_wall,
    put,
)
from app.domain.wall_set import Placement
from app.formats.wall_json import UNREADABLE

WALL = put(empty_wall(WallId("w"), layout_named("4"), "벽"), 1, CameraTile(CameraId("c")))
TOUR = Tour(TourId("t"), "야간", (CameraStop(CameraId("a"), 10.0),))
PLACEMENT = Placement("DP-1", "7X1", -5, 0, 800, 600)
READERS: dict[str, tuple[Callable[[str], object], str]] = {
    "wall": (read_wall, wall_text(WALL)),
    "layout": (read_layout, layout_text(WALL.layout)),
    "tour": (read_tour, tour_text(TOUR)),
    "placement": (read_placement, placement_text(PLACEMENT)),
}

names = st.text(max_size=20)
contents: st.SearchStrategy[TileContent] = st.one_of(
    names.map(lambda name: CameraTile(CameraId(name))),
    names.map(lambda name: TourTile(TourId(name))),
    st.just(HotSpotTile()),
)
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | names,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=3),
    max_leaves=5,
)


@given(st.sampled_from(LAYOUTS), names, st.data())
def test_walls_there_and_back(layout: Any, name: str, data: st.DataObject) -> None:
    count = len(layout.cells)
    tiles = tuple(data.draw(st.lists(st.none() | contents, min_size=count, max_size=count)))
    wall = Wall(WallId("w"), name, layout, tiles)
    assert read_wall(wall_text(wall)) == wall
    assert read_layout(layout_text(layout)) == layout


def test_tours_and_placements_there_and_back() -> None:
    walls = Tour(TourId("t"), "벽", (WallStop(WallId("w"), 60.0),), only_live=True)
    for tour in (TOUR, walls):
        assert read_tour(tour_text(tour)) == tour
    assert read_placement(placement_text(PLACEMENT)) == PLACEMENT
    assert read_value(value_text("값")) == "값"


def test_an_act_is_kept_in_utc() -> None:
    seoul = timezone(timedelta(hours=9))
    act = Act("1", datetime(2026, 3, 2, 9, 0, 0, 5, seoul), ActKind.CLIP, None, "김", {"n": 1})
    names = ("id", "at", "kind", "camera", "operator", "detail")
    row = dict(zip(names, act_row(act), strict=True))
    assert row["at"] == "2026-03-02T00:00:00.000005+00:00"
    assert read_act(row) == act
    assert read_act(row).at.tzinfo == UTC


@pytest.mark.parametrize("kind", READERS)
@pytest.mark.parametrize("text", ["", "{", "[]", "null", "1", '"x"', "{}"])
def test_what_is_no_record_is_refused(kind: str, text: str) -> None:
    with pytest.raises(UNREADABLE):
        READERS[kind][0](text)


@pytest.mark.parametrize("kind", READERS)
@given(data=st.data())
def test_whatever_is_changed_is_read_or_refused_but_never_worse(
    kind: str, data: st.DataObject
) -> None:
    read, text = READERS[kind]
    value = json.loads(text)
    key = data.draw(st.sampled_from(sorted(value)))
    if data.draw(st.booleans()):
        del value[key]
    else:
        value[key] = data.draw(anything)
    try:
        read(json.dumps(value))
    except UNREADABLE:
        return


@pytest.mark.parametrize(
    ("kind", "change"),
    [
        ("wall", {"tiles": [{"robot": 1}, None, None, None]}),
        ("wall", {"tiles": [None]}),
        ("wall", {"name": 5}),
        ("layout", {"columns": True}),
        ("layout", {"cells": [[0, 0, 1]] * 2}),
        ("tour", {"stops": [{"camera": "a"}]}),
        ("tour", {"stops": []}),
        ("tour", {"only_live": 1}),
        ("placement", {"x": 1.5}),
        ("placement", {"visible": "yes"}),
    ],
)
def test_a_record_with_a_wrong_part_is_refused(kind: str, change: dict[str, object]) -> None:
    read, text = READERS[kind]
    read(text)
    with pytest.raises(UNREADABLE):
        read(json.dumps(json.loads(text) | change))
