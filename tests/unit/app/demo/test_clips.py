from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from app.demo.clips import Index, read_index, write_index
from tests.unit.app.demo.test_schedule import CLIPS, clip


def test_an_index_is_read_as_it_was_written(tmp_path: Path) -> None:
    index = Index("vtest.avi", dict(CLIPS))
    write_index(tmp_path, index)
    assert read_index(tmp_path) == index


def test_a_clip_knows_how_long_it_is() -> None:
    audio = replace(clip("audio", 125), rate=(125, 8))
    assert audio.seconds_per_unit == pytest.approx(0.064)
    assert audio.seconds == pytest.approx(8.0)


@pytest.mark.parametrize(
    ("order", "lead"), [((0, 1, 2), 0), ((0, 2, 1), 1), ((0, 3, 1, 2), 2)], ids=str
)
def test_the_lead_is_how_far_sending_runs_ahead_of_showing(
    order: tuple[int, ...], lead: int
) -> None:
    assert replace(clip("b", len(order)), order=order).lead == lead
