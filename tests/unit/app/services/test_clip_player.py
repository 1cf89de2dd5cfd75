from __future__ import annotations

from app.services.clip_player import SPEEDS, ClipState


def test_speeds_are_a_quarter_to_eight_and_contain_the_true_one() -> None:
    assert (SPEEDS[0], SPEEDS[-1]) == (0.25, 8.0)
    assert ClipState().speed in SPEEDS
    assert list(SPEEDS) == sorted(SPEEDS)
