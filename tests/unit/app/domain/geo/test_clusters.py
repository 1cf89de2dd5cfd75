from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from app.domain.geo.clusters import STREET_ZOOM, Clusters, clusters, radius_at
from app.domain.geo.mercator import pixels

WORLD = (0.0, 0.0, 1.0, 1.0)


def made(points: list[tuple[float, float]], zoom: float, dead: set[int] | None = None) -> Clusters:
    """Points in logical pixels of that zoom, around the middle of the world."""
    xs = np.array([0.5 + x / pixels(zoom) for x, _ in points])
    ys = np.array([0.5 + y / pixels(zoom) for _, y in points])
    flags = np.array([n in (dead or set()) for n in range(len(points))], dtype=np.bool_)
    return clusters(xs, ys, flags, None, zoom, WORLD)


def test_neighbours_are_one_and_strangers_are_not() -> None:
    found = made([(0, 0), (5, 3), (400, 0)], 12.0, dead={1})
    assert sorted(found.count.tolist()) == [1, 2]
    pair = int(np.argmax(found.count))
    assert set(found.of(pair).tolist()) == {0, 1}
    assert found.dead[pair] == 1
    assert found.dead[1 - pair] == 0
    assert found.first[1 - pair] == 2


def test_two_beside_a_line_of_the_grid_are_put_together() -> None:
    cell = radius_at(12.0)
    found = made([(cell - 1, 0), (cell + 1, 0)], 12.0)
    assert found.count.tolist() == [2]


def test_from_street_level_on_a_pole_is_a_number_and_the_next_one_is_not() -> None:
    found = made([(0, 0), (0, 0), (30, 0)], STREET_ZOOM)
    assert sorted(found.count.tolist()) == [1, 2]


def test_a_filter_and_the_edge_of_the_picture_leave_cameras_out() -> None:
    xs, ys = np.array([0.1, 0.2, 0.9]), np.array([0.1, 0.2, 0.9])
    dead = np.zeros(3, np.bool_)
    found = clusters(xs, ys, dead, np.array([True, False, True]), 15.0, (0, 0, 0.5, 0.5))
    assert found.members.tolist() == [0]
    nothing = clusters(xs, ys, dead, None, 15.0, (0.5, 0.5, 0.6, 0.6))
    assert len(nothing.x) == len(nothing.members) == 0


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.floats(-2000, 2000), st.floats(-2000, 2000)), max_size=120),
    st.floats(5, 19),
)
def test_every_camera_is_in_exactly_one_cluster(
    points: list[tuple[float, float]], zoom: float
) -> None:
    found = made(points, zoom, dead={0, 2, 4})
    assert found.count.sum() == len(points)
    assert found.dead.sum() == len({0, 2, 4} & set(range(len(points))))
    members = [n for cluster in range(len(found.x)) for n in found.of(cluster).tolist()]
    assert sorted(members) == list(range(len(points)))
