from __future__ import annotations

import json

import pytest

from app.demo.clips import Clip
from app.demo.schedule import Mount, Slots, Step, from_wire, lay_out, to_wire


def clip(name: str, count: int, first_counter: int = 0, *, frozen: bool = False) -> Clip:
    return Clip(
        name=name,
        codec="h264",
        width=640,
        height=360,
        rate=(15, 1),
        codec_data="",
        positions=tuple(range(0, 100 * count, 100)),
        sizes=(100,) * count,
        order=tuple(range(count)),
        keys=tuple(unit % 5 == 0 for unit in range(count)),
        first_counter=first_counter,
        frozen=frozen,
    )


CLIPS = {"a": clip("a", 10), "b": clip("b", 4, 10), "still": clip("still", 5, 14, frozen=True)}


def played(mount: Mount, count: int) -> list[tuple[str, int]]:
    units = (mount.unit_at(number, CLIPS) for number in range(count))
    return [(step.clip, unit) for step, unit in units]


def test_a_clip_goes_round_from_where_the_camera_begins() -> None:
    mount = Mount("/1/sub", (Step("a", 7, 10),))
    assert [unit for _, unit in played(mount, 12)] == [7, 8, 9, 0, 1, 2, 3, 4, 5, 6, 7, 8]


def test_an_intro_is_played_once() -> None:
    mount = Mount("/1/sub", (Step("a", 8, 3), Step("still", 0, 5)), repeat_from=1)
    assert played(mount, 10) == [
        ("a", 8), ("a", 9), ("a", 0),
        ("still", 0), ("still", 1), ("still", 2), ("still", 3), ("still", 4),
        ("still", 0), ("still", 1),
    ]  # fmt: skip


def test_steps_alternate() -> None:
    mount = Mount("/1/sub", (Step("a", 0, 2), Step("b", 0, 2)))
    assert [name for name, _ in played(mount, 6)] == ["a", "a", "b", "b", "a", "a"]


def test_a_mount_comes_over_the_wire_as_it_was() -> None:
    mount = Mount(
        "/1/main",
        (Step("a", 3, 7), Step("b", 0, 4)),
        repeat_from=1,
        phase=0.0137,
        audio=True,
        user="u",
        password="p",
        drop_seconds=60.0,
    )
    assert from_wire(json.loads(json.dumps(to_wire(mount)))) == mount


def test_every_picture_of_every_mount_has_a_slot_of_its_own() -> None:
    mounts = [
        Mount("/1/sub", (Step("a", 0, 10), Step("b", 0, 4), Step("a", 0, 2))),
        Mount("/2/sub", (Step("a", 0, 10), Step("still", 0, 5))),
    ]
    slots, count = lay_out(mounts, CLIPS)
    used: list[int | None] = [slots[path].sent for path in slots]
    used += [slots["/1/sub"].of_counter(counter) for counter in range(14)]
    used += [slots["/2/sub"].of_counter(counter) for counter in range(10)]
    assert len(used) == count
    assert set(used) == set(range(count))


@pytest.mark.parametrize("counter", [10, 14, 18, 60000])
def test_a_counter_that_a_mount_never_sends_has_no_slot(counter: int) -> None:
    """Neither another clip's nor a frozen one's, which stands still."""
    slots, _ = lay_out([Mount("/2/sub", (Step("a", 0, 10), Step("still", 0, 5)))], CLIPS)
    assert slots["/2/sub"].of_counter(counter) is None


def test_slots_find_the_range_of_a_counter() -> None:
    slots = Slots(0, ((100, 10, 1), (500, 10, 11)))
    assert [slots.of_counter(counter) for counter in (99, 100, 109, 110, 505)] == [
        None, 1, 10, None, 16,
    ]  # fmt: skip
