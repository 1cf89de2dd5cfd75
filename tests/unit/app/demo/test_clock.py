from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.demo import clock
from app.demo.clock import DemoClock
from app.demo.schedule import Mount, Slots, Step, lay_out
from tests.unit.app.demo.test_schedule import CLIPS

MOUNT = "/1021/sub"


@pytest.fixture
def slots() -> tuple[dict[str, Slots], int]:
    return lay_out([Mount(MOUNT, (Step("a", 0, 10),)), Mount("/2/sub", (Step("b", 0, 4),))], CLIPS)


@pytest.fixture
def demo_clock(tmp_path: Path, slots: tuple[dict[str, Slots], int]) -> Iterator[DemoClock]:
    clock.create(tmp_path, *slots)
    opened = DemoClock(tmp_path)
    yield opened
    opened.close()


def server_writes(folder: Path, slot: int, value: float) -> None:
    with (folder / clock.TIMES_NAME).open("r+b") as times:
        times.seek(slot * 8)
        times.write(struct.pack("=d", value))


def test_a_counter_tells_when_it_was_sent(
    demo_clock: DemoClock, tmp_path: Path, slots: tuple[dict[str, Slots], int]
) -> None:
    slot = slots[0][MOUNT].of_counter(3)
    assert slot is not None
    server_writes(tmp_path, slot, 500.25)
    assert demo_clock.sent_time(MOUNT, 3, now=500.5) == 500.25


def test_what_was_not_sent_yet_has_no_time(demo_clock: DemoClock) -> None:
    assert demo_clock.sent_time(MOUNT, 3, now=500.5) is None


def test_nothing_was_sent_in_the_future(
    demo_clock: DemoClock, tmp_path: Path, slots: tuple[dict[str, Slots], int]
) -> None:
    slot = slots[0][MOUNT].of_counter(3)
    assert slot is not None
    server_writes(tmp_path, slot, 501.0)
    assert demo_clock.sent_time(MOUNT, 3, now=500.5) is None


@pytest.mark.parametrize(("mount", "counter"), [("/9/sub", 3), (MOUNT, 10), ("/2/sub", 3)])
def test_unknown_pictures_have_no_time(demo_clock: DemoClock, mount: str, counter: int) -> None:
    assert demo_clock.sent_time(mount, counter, now=500.5) is None


def test_sent_pictures_are_counted(
    demo_clock: DemoClock, tmp_path: Path, slots: tuple[dict[str, Slots], int]
) -> None:
    server_writes(tmp_path, slots[0][MOUNT].sent, 42.0)
    assert demo_clock.sent_count(MOUNT) == 42
    assert demo_clock.sent_count("/2/sub") == 0
    assert demo_clock.sent_count("/9/sub") == 0
