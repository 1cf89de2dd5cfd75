from __future__ import annotations

from typing import Any

import pytest

from tests.fakes.health import sample
from ui.health.totals import Total, totals

TITLES = (
    "Live tiles", "Pictures shown", "CPU", "Memory", "Age of pictures", "Delay", "Screen blocked",
    "Reconnects",
)  # fmt: skip


def figure(title: str, **what: Any) -> Total:
    return next(t for t in totals([sample(n, **what) for n in range(12)]) if t.title == title)


def test_eight_figures_in_one_order() -> None:
    assert tuple(total.title for total in totals([sample()])) == TITLES
    assert tuple(total.title for total in totals([])) == TITLES


def test_before_the_first_second_there_are_dashes_and_no_warnings() -> None:
    empty = totals([])
    assert {total.value for total in empty} == {"–"}
    assert not any(total.warning for total in empty)


def test_a_healthy_wall_warns_of_nothing() -> None:
    assert not any(total.warning for total in totals([sample()]))
    assert [total.value for total in totals([sample()])] == [
        "16 / 16", "100%", "40%", "415 MB", "90 ms", "160 ms", "8 ms", "3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "what", "value"),
    [
        ("Live tiles", {"tiles_live": 14}, "14 / 16"),
        ("Pictures shown", {"shown_per_second": 228.0}, "95.0%"),
        ("CPU", {"busy": 0.97}, "40%"),
        ("Age of pictures", {"age_p95": 14.0}, "14 s"),
        ("Delay", {"latency_p95": 1.2}, "1.2 s"),
        ("Screen blocked", {"block_p99": 0.06}, "60 ms"),
    ],
)
def test_what_is_beyond_its_limit_warns(title: str, what: dict[str, Any], value: str) -> None:
    assert figure(title, **what).warning
    assert figure(title, **what).value == value
    assert not figure(title).warning


def test_one_bad_second_does_not_make_the_ratio_jump() -> None:
    history = [*(sample(n) for n in range(11)), sample(11, shown_per_second=230.0)]
    assert totals(history)[1].value == "99.6%"


def test_without_a_clock_at_any_camera_the_delay_says_so() -> None:
    delay = figure("Delay", latency_p95=None)
    assert (delay.value, delay.note) == ("–", "no camera tells its time")


def test_an_empty_wall_shows_no_ratio() -> None:
    assert figure("Pictures shown", decoded_per_second=0.0, shown_per_second=0.0).value == "–"
    assert figure("Live tiles", tiles=0, tiles_live=0).note == "no camera on a tile"
