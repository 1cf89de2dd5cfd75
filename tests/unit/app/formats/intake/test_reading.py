from __future__ import annotations

from datetime import UTC, datetime

import pytest

from app.formats.intake import reading
from app.formats.intake.land import at_sea


@pytest.mark.parametrize(
    "text",
    [
        "20261125130405",
        "2026-11-25 13:04:05",
        "2026/11/25 13:04:05.123",
        "2026-11-25T13:04:05+09:00",
        "2026-11-25T04:04:05Z",
        "2026-11-25T13:04:05",
    ],
)
def test_times_without_a_zone_are_korean(text: str) -> None:
    found = reading.moment_of(text)
    assert found is not None
    assert found.replace(microsecond=0) == datetime(2026, 11, 25, 4, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("text", ["", "x", "2026", "00000000000000", "0001-01-01T00:00:00+09:00"])
def test_what_is_no_time(text: str) -> None:
    assert reading.moment_of(text) is None


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (" a\n b ", "a b"),
        (7, "7"),
        (0.5, "0.5"),
        (True, ""),
        (None, ""),
        ([1], ""),
        ({}, ""),
        ("\ud800", ""),
        ("x" * 600, "x" * 500),
    ],
)
def test_text(value: object, text: str) -> None:
    assert reading.text_of(value) == text


@pytest.mark.parametrize(
    ("place", "sea"),
    [
        ((37.5665, 126.978), False),
        ((35.1796, 129.0756), False),
        ((33.3617, 126.5292), False),
        ((37.4849, 130.9057), False),
        ((37.2426, 131.8597), False),
        ((37.9667, 124.6667), False),
        ((36.0, 125.0), True),
        ((37.0, 130.5), True),
        ((39.0, 132.0), True),
        ((0.0, 0.0), True),
    ],
)
def test_land_and_sea(place: tuple[float, float], sea: bool) -> None:
    assert at_sea(*place) is sea


def test_a_remark_is_made_once() -> None:
    told = reading.Told()
    told.tell(reading.AT_SEA)
    told.tell(reading.AT_SEA)
    assert told.problems == [reading.AT_SEA]
