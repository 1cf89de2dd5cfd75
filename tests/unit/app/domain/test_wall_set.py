from __future__ import annotations

import pytest

from app.domain.errors import BadInput
from app.domain.layout import layout_named, renamed
from app.domain.wall import MAIN_WINDOW, Wall, WallId, WindowId, empty_wall
from app.domain.wall_set import (
    MAX_WINDOWS,
    WallSet,
    closed,
    dropped,
    kept,
    named,
    opened,
    shown,
    with_own_layout,
    without_own_layout,
)

MAIN = empty_wall(WallId("main"))
SPARE = WindowId("2")


def one_window() -> WallSet:
    return WallSet(((MAIN_WINDOW, MAIN),))


def wall(name: str) -> Wall:
    return empty_wall(WallId(name), name=name)


def test_windows_take_the_lowest_free_number_up_to_eight() -> None:
    walls = one_window()
    for number in range(2, MAX_WINDOWS + 1):
        walls, window = opened(walls, wall(f"w{number}"))
        assert window == str(number)
    with pytest.raises(BadInput):
        opened(walls, wall("ninth"))
    walls, window = opened(closed(walls, WindowId("3")), wall("again"))
    assert window == "3"
    assert walls.windows == ("main", "2", "3", "4", "5", "6", "7", "8")


def test_the_main_window_stays() -> None:
    with pytest.raises(BadInput):
        closed(one_window(), MAIN_WINDOW)


def test_other_walls_on_open_windows_only() -> None:
    walls, _ = opened(one_window(), wall("a"))
    after = shown(walls, {SPARE: wall("b")})
    assert (after.wall(MAIN_WINDOW), after.wall(SPARE)) == (MAIN, wall("b"))
    with pytest.raises(KeyError):
        shown(one_window(), {SPARE: wall("b")})


def test_saving_takes_the_place_of_the_same_id() -> None:
    walls = kept(kept(one_window(), wall("a")), wall("b"))
    again = empty_wall(WallId("a"), layout_named("4"), "a")
    assert kept(walls, again).saved == (again, wall("b"))
    assert dropped(walls, WallId("a")).saved == (wall("b"),)
    assert walls.find(WallId("a")) == wall("a")
    assert walls.find(WallId("c")) is None


def test_a_new_name_shows_where_the_wall_is_shown() -> None:
    walls = shown(kept(one_window(), wall("a")), {MAIN_WINDOW: wall("a")})
    after = named(walls, WallId("a"), "정문")
    assert after.wall(MAIN_WINDOW).name == "정문"
    assert after.saved[0].name == "정문"


def test_own_layouts_have_a_name_of_their_own() -> None:
    own, changed = renamed(layout_named("4"), "own"), renamed(layout_named("9"), "own")
    walls = with_own_layout(with_own_layout(one_window(), own), changed)
    assert walls.layouts == (changed,)
    assert without_own_layout(walls, "own").layouts == ()
