from __future__ import annotations

import pytest

from tests.bench.marks import Sighting
from tests.bench.seeing import firsts, longest_waits, missed_pictures, oldest_pictures


def seen(tile: int, *moments: tuple[float, float]) -> list[Sighting]:
    """`moments`: (sent, on the screen)."""
    return [Sighting(tile, number, at, sent) for number, (sent, at) in enumerate(moments)]


PICTURES = seen(0, (0.0, 0.1), (0.5, 0.6), (2.0, 2.3)) + seen(1, (0.0, 0.2), (0.5, 0.6))


def test_first_pictures_are_those_sent_afterwards() -> None:
    assert {tile: one.at for tile, one in firsts(PICTURES, 0.2).items()} == {0: 0.6, 1: 0.6}


def test_the_longest_wait_of_each_tile() -> None:
    assert longest_waits(PICTURES) == {0: pytest.approx(1.7), 1: pytest.approx(0.4)}


def test_how_old_a_picture_became() -> None:
    assert oldest_pictures(PICTURES) == {0: pytest.approx(1.8), 1: pytest.approx(0.6)}


def test_pictures_between_two_seen_ones_were_missed() -> None:
    assert missed_pictures(PICTURES, 2.0) == {0: 2, 1: 0}
