from __future__ import annotations

import pytest

from app.demo.recipes import (
    AVC_MAIN_VIEWS,
    RECIPES,
    VIEWS,
    Recipe,
    main,
    sub,
)


def recipe(name: str) -> Recipe:
    return next(found for found in RECIPES if found.name == name)


def test_names_are_unique() -> None:
    assert len({each.name for each in RECIPES}) == len(RECIPES)


@pytest.mark.parametrize("number", range(len(VIEWS)))
def test_a_view_lies_inside_the_scene_and_is_wide(number: int) -> None:
    view = VIEWS[number]
    assert view.left >= 0
    assert view.top >= 0
    assert view.left + view.width <= 768
    assert view.top + view.height <= 576
    assert view.width / view.height == pytest.approx(16 / 9, abs=0.01)


def test_the_clips_that_the_issue_names_are_there() -> None:
    subs = [recipe(sub(view)) for view in range(len(VIEWS))]
    assert {(each.width, each.height, each.fps, each.encoder) for each in subs} == {
        (640, 360, 15, "libx264")
    }
    mains = [recipe(main(view)) for view in range(len(VIEWS))]
    assert {(each.width, each.height, each.fps) for each in mains} == {
        (1280, 720, 25),
        (1920, 1080, 30),
    }
    assert {each.encoder for each in mains} == {"libx264", "libx265"}
    assert all(1.0 <= each.gop_seconds <= 2.0 for each in RECIPES)


def test_an_overload_can_be_made_of_equal_streams() -> None:
    streams = [recipe(main(view)) for view in AVC_MAIN_VIEWS]
    assert {(each.width, each.fps, each.encoder) for each in streams} == {(1280, 25, "libx264")}
