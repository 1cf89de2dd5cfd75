from __future__ import annotations

import pytest

from app.formats.registry.places import Odd, Spot, metres, odd

NEAR = [Spot(n, "b", f"a{n}", 36.3 + n / 1000, 127.4) for n in range(1, 12)]


def spot(line: int, latitude: float, longitude: float, address: str = "") -> Spot:
    return Spot(line, "b", address or f"x{line}", latitude, longitude)


def test_nothing_odd() -> None:
    assert odd(NEAR) == Odd()
    assert odd([]) == Odd()


def test_one_far_away_is_only_told() -> None:
    assert odd([*NEAR, spot(99, 36.9683, 127.937)]) == Odd(far=frozenset({99}))


def test_many_addresses_far_away_are_wrong_and_near_only_told() -> None:
    far = [spot(100 + n, 36.9, 127.9) for n in range(10)]
    assert odd([*NEAR, *far]).wrong == {s.line for s in far}
    near = [spot(100 + n, 36.31, 127.41) for n in range(10)]
    assert odd([*NEAR, *near]) == Odd(crowded=frozenset(s.line for s in near))


def test_one_address_on_one_point_is_a_pole() -> None:
    assert odd([*NEAR, *(spot(100 + n, 36.31, 127.41, "same") for n in range(30))]) == Odd()


def test_seconds_read_as_decimals() -> None:
    found = odd([*NEAR, spot(99, 36.181709, 127.232518)])
    assert found.corrected[99] == pytest.approx((36.304747, 127.390328), abs=1e-6)
    assert found.far == frozenset()


def test_a_body_that_is_all_in_one_far_place_has_no_middle_but_its_own() -> None:
    far = [spot(100 + n, 36.9, 127.9) for n in range(10)]
    assert odd(far) == Odd(crowded=frozenset(s.line for s in far))


def test_a_degree_of_latitude() -> None:
    assert metres(36, 127, 37, 127) == pytest.approx(111_195, abs=1)
    assert metres(36, 127, 36, 127) == 0
