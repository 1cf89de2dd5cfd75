from __future__ import annotations

import pytest

from app.domain.camera import ProfileName
from app.domain.stream import DecodeMode, Fault, Tier
from app.domain.tile import TileState
from ui.health import words


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(0.4, "0 s"), (59.9, "59 s"), (60, "1 min 0 s"), (754, "12 min 34 s"), (7300, "2 h 1 min")],
)
def test_duration(seconds: float, said: str) -> None:
    assert words.duration(seconds) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, "–"), (0.4, "0 ms"), (92.4, "92 ms"), (1400, "1.4 s"), (14_040, "14 s")],
)
def test_milliseconds(value: float | None, said: str) -> None:
    assert words.milliseconds(value) == said


@pytest.mark.parametrize(
    ("bits", "said"), [(0, "–"), (512_000, "512 kbit/s"), (1_100_000, "1.1 Mbit/s")]
)
def test_bit_rate(bits: float, said: str) -> None:
    assert words.bit_rate(bits) == said


@pytest.mark.parametrize(
    ("share", "said"),
    [(None, "–"), (1.0, "100%"), (0.9999, "99.9%"), (0.994, "99.4%"), (0.0, "0.0%")],
)
def test_only_what_is_whole_is_a_hundred_percent(share: float | None, said: str) -> None:
    assert words.percent(share) == said


@pytest.mark.parametrize(
    ("tier", "said"),
    [
        (None, "–"),
        (Tier(ProfileName.MAIN, DecodeMode.FULL), "Main"),
        (Tier(ProfileName.SUB, DecodeMode.KEYFRAMES), "Sub · key frames"),
        (Tier(ProfileName.SUB, DecodeMode.PARTIAL), "Sub · in part"),
    ],
)
def test_tier(tier: Tier | None, said: str) -> None:
    assert words.tier_words(tier) == said


def test_every_state_and_every_fault_has_words_of_its_own() -> None:
    assert len({words.state_words(state) for state in TileState}) == len(TileState)
    assert len({words.fault_words(fault) for fault in Fault}) == len(Fault)
    assert words.fault_words(None) == ""


def test_a_size_that_is_not_known() -> None:
    assert words.size(640, 360) == "640 × 360"
    assert words.size(0, 0) == "–"
