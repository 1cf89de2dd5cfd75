from __future__ import annotations

import itertools
from dataclasses import dataclass, field, replace

import pytest
from typing_extensions import override

from app.demo.clips import Clip
from app.demo.pacing import Feed, Pacer, Sink
from app.demo.schedule import Mount, Slots, Step, lay_out
from tests.unit.app.demo.test_schedule import CLIPS, clip

EPOCH = 1000.0
FRAME = 1 / 15


@dataclass
class Recorder(Sink):
    """Takes what a feed sends; plays from the start unless told otherwise."""

    played_from: float | None = EPOCH
    changes: list[str] = field(default_factory=list)
    sent: list[tuple[str, int, float]] = field(default_factory=list)

    @override
    def base(self) -> float | None:
        return self.played_from

    @override
    def change(self, clip: Clip) -> None:
        self.changes.append(clip.name)

    @override
    def send(self, clip: Clip, unit: int, stamp: float) -> None:
        self.sent.append((clip.name, unit, stamp))

    @property
    def units(self) -> list[int]:
        return [unit for _, unit, _ in self.sent]


@dataclass
class Stage:
    """One feed under a pacer that is driven by hand."""

    mount: Mount = field(default_factory=lambda: Mount("/1/sub", (Step("a", 0, 10),)))
    clips: dict[str, Clip] = field(default_factory=lambda: dict(CLIPS))
    sink: Recorder = field(default_factory=Recorder)

    def __post_init__(self) -> None:
        slots, count = lay_out([self.mount], self.clips)
        self.slots: Slots = slots[self.mount.path]
        self.times = [0.0] * count
        self.pacer = Pacer(EPOCH, self.times)
        self.feed = Feed(self.sink, self.mount, self.clips, self.slots)
        self.pacer.add(self.feed)

    def run(self, start: float, end: float, step: float = 0.01) -> None:
        """From and to so many seconds after the epoch."""
        for tick in range(round(start / step), round(end / step)):
            self.pacer.tick(EPOCH + tick * step)


def test_units_go_out_at_the_rate_of_the_clip() -> None:
    stage = Stage()
    stage.run(0.0, 10.0)
    # Number 0 is due at the epoch itself, before anyone could ask for it.
    assert len(stage.sink.sent) == 150 - 5
    assert stage.sink.units[:7] == [5, 6, 7, 8, 9, 0, 1]


def test_who_comes_late_begins_with_the_next_key_frame() -> None:
    stage = Stage()
    stage.run(0.2, 1.0)
    # At 0.2 s number 3 has just been due; 5 is the next that can be decoded alone.
    assert stage.sink.units[0] == 5


def test_two_cameras_on_one_clip_are_on_different_pictures_at_the_same_time() -> None:
    first = Stage(Mount("/1/sub", (Step("a", 0, 10),)))
    second = Stage(Mount("/2/sub", (Step("a", 5, 10),)))
    first.run(0.0, 2.0)
    second.run(0.0, 2.0)
    assert first.sink.units[-1] == (second.sink.units[-1] + 5) % 10


def test_the_time_of_sending_is_written_down_for_its_counter() -> None:
    stage = Stage()
    stage.run(0.0, 0.5)
    slot = stage.slots.of_counter(5)
    assert slot is not None
    assert stage.times[slot] == pytest.approx(EPOCH + 5 * FRAME, abs=0.011)
    assert stage.times[stage.slots.sent] == len(stage.sink.sent)


def test_stamps_are_the_moments_of_capture_on_the_sinks_clock() -> None:
    stage = Stage(sink=Recorder(played_from=EPOCH + 0.1))
    stage.run(0.0, 1.0)
    _, _, stamp = stage.sink.sent[0]
    assert stamp == pytest.approx(5 * FRAME - 0.1)


def test_a_feed_waits_until_its_sink_plays() -> None:
    stage = Stage(sink=Recorder(played_from=None))
    stage.run(0.0, 1.0)
    assert stage.sink.sent == []
    stage.sink.played_from = EPOCH + 1.0
    stage.run(1.0, 2.0)
    assert stage.sink.units[0] in {0, 5}


def test_b_frames_are_never_from_the_future() -> None:
    """Given an encoder that sends I P b b: the P was captured two pictures after the first b."""
    order = (0, 3, 1, 2, 4, 7, 5, 6, 8, 9)
    clips = {"a": replace(clip("a", 10), order=order)}
    stage = Stage(clips=clips)
    stage.run(0.0, 3.0)
    due = [(5 + number) * FRAME for number in range(len(stage.sink.sent))]
    stamps = [stamp for _, _, stamp in stage.sink.sent]
    assert all(stamp <= when + 1e-9 for stamp, when in zip(stamps, due, strict=True))
    assert stamps != sorted(stamps)
    shown = sorted(stamps)
    gaps = [later - earlier for earlier, later in itertools.pairwise(shown)]
    assert gaps[2:-3] == pytest.approx([FRAME] * (len(gaps) - 5))


def test_the_sink_hears_of_another_clip_before_its_first_unit() -> None:
    stage = Stage(Mount("/1/sub", (Step("a", 0, 10), Step("b", 0, 4))))
    stage.run(0.0, 2.0)
    names = [name for name, _, _ in stage.sink.sent]
    assert stage.sink.changes[:3] == ["a", "b", "a"]
    assert names[:9] == ["a"] * 5 + ["b"] * 4


def test_after_a_standstill_there_is_no_burst() -> None:
    """Given a server that stood still for a minute, when it goes on, then it sends what is due
    now, from a key frame, and not sixty seconds of pictures.
    """
    stage = Stage()
    stage.run(0.0, 1.0)
    before = len(stage.sink.sent)
    stage.run(61.0, 61.5)
    fresh = stage.sink.sent[before:]
    assert len(fresh) <= 8
    assert fresh[0][1] % 5 == 0
    assert fresh[0][2] > 60.9


def test_a_feed_that_is_gone_sends_nothing_more() -> None:
    stage = Stage()
    stage.run(0.0, 1.0)
    before = len(stage.sink.sent)
    stage.feed.gone = True
    stage.run(1.0, 2.0)
    assert len(stage.sink.sent) == before


def test_a_feed_that_is_gone_before_it_played_is_forgotten() -> None:
    stage = Stage(sink=Recorder(played_from=None))
    stage.run(0.0, 0.1)
    stage.feed.gone = True
    stage.sink.played_from = EPOCH
    stage.run(0.1, 2.0)
    assert stage.sink.sent == []
