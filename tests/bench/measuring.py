"""One run of one contestant: wait until its pace is even, then count a window."""

from __future__ import annotations

import time
from dataclasses import dataclass, field

import psutil

from tests.bench import machine
from tests.bench.contestants import Contestant, Reading, Trial
from tests.bench.marks import Marks, Sighting, Tile, watch
from tests.bench.processes import Programs, cpu_seconds

# Opening: ffmpeg opens one input after the other, and each waits for a key frame.
_OPEN_SECONDS = 30.0
_OPEN_SECONDS_A_TILE = 1.5
_STEP_SECONDS = 2.0
# The pace is even when this many steps in a row differ from their mean by less than that share;
# what comes from a server in real time does so once everybody is connected.
_EVEN_STEPS = 4
_EVEN_SHARE = 0.04


@dataclass(frozen=True, slots=True)
class Run:
    """A window of `seconds`; frames are counts in it, CPU is in seconds, delays in milliseconds.

    `shown`: what was seen on the screen; for the yardstick, which shows nothing, what it decoded.
    `decoded` and `painted`: what the contestant says itself, None where it says nothing.
    `x_cpu_s` is the X server's part. `lowered`: tiles that the contestant spared. `even`: whether
    the pace was even before the window began.
    """

    contestant: str
    tiles: int
    seconds: float
    sent: int
    shown: int
    decoded: float | None
    painted: float | None
    cpu_s: float
    x_cpu_s: float
    pss_mb: float
    delays_ms: tuple[float, ...] = field(repr=False)
    lowered: int
    even: bool
    load_before: float
    leftover: tuple[str, ...]

    @property
    def ms_per_shown(self) -> float:
        return self.cpu_s * 1000 / self.shown if self.shown else float("inf")

    @property
    def ms_per_shown_with_x(self) -> float:
        return (self.cpu_s + self.x_cpu_s) * 1000 / self.shown if self.shown else float("inf")

    @property
    def shown_of_sent(self) -> float:
        return self.shown / self.sent if self.sent else 0.0


def marks_of(trial: Trial, gap: int) -> Marks:
    places = zip(trial.sources, trial.rectangles(gap), strict=True)
    tiles = [Tile(source.mount, rect) for source, rect in places]
    return Marks(trial.screen.pixels, trial.site.clock, tiles)


def run(contestant: Contestant, trial: Trial, seconds: float) -> Run:
    load = machine.load()
    with Programs(trial.folder / "programs.log") as programs:
        contestant.start(trial, programs)
        counter = _Counter(contestant, trial)
        even = _until_even(counter, trial.tiles, programs)
        begin = _Moment.of(contestant, trial, programs)
        seen, counted = counter.count(seconds)
        end = _Moment.of(contestant, trial, programs)
        pss = programs.pss_mb()
        programs.end()
    decoded, painted = _own_counts(begin, end)
    return Run(
        contestant=contestant.name,
        tiles=trial.tiles,
        seconds=end.at - begin.at,
        sent=end.sent - begin.sent,
        shown=counted,
        decoded=decoded,
        painted=painted,
        cpu_s=end.cpu - begin.cpu,
        x_cpu_s=end.x_cpu - begin.x_cpu,
        pss_mb=pss,
        delays_ms=tuple(sighting.delay * 1000 for sighting in seen),
        lowered=end.counted.lowered if end.counted else 0,
        even=even,
        load_before=load,
        leftover=tuple(programs.leftover),
    )


class _Counter:
    """Counts pictures: on the screen, or as the yardstick counts them."""

    def __init__(self, contestant: Contestant, trial: Trial) -> None:
        self._contestant = contestant
        self._marks = marks_of(trial, contestant.gap) if contestant.on_screen else None

    def count(self, seconds: float) -> tuple[list[Sighting], int]:
        if self._marks is not None:
            seen = watch(self._marks, seconds)
            return seen, len(seen)
        before = self._shown()
        time.sleep(seconds)
        return [], self._shown() - before

    def _shown(self) -> int:
        reading = self._contestant.read()
        return reading.shown if reading is not None else 0


@dataclass(frozen=True, slots=True)
class _Moment:
    at: float
    cpu: float
    x_cpu: float
    sent: int
    counted: Reading | None

    @staticmethod
    def of(contestant: Contestant, trial: Trial, programs: Programs) -> _Moment:
        screen = cpu_seconds([psutil.Process(trial.screen.pid)])
        sent = sum(trial.site.clock.sent_count(source.mount) for source in trial.sources)
        cpu, counted = programs.cpu_seconds(), contestant.read()
        return _Moment(time.monotonic(), cpu, screen, sent, counted)


def _own_counts(begin: _Moment, end: _Moment) -> tuple[float | None, float | None]:
    """What the contestant counted, brought to the length of the window: it writes its counts
    down at moments of its own.
    """
    first, last = begin.counted, end.counted
    if first is None or last is None or last.at <= first.at:
        return None, None
    scale = (end.at - begin.at) / (last.at - first.at)
    return (last.decoded - first.decoded) * scale, (last.shown - first.shown) * scale


def _until_even(counter: _Counter, tiles: int, programs: Programs) -> bool:
    """Whether it became so in time; who cannot keep up is measured as it is."""
    end = time.monotonic() + _OPEN_SECONDS + _OPEN_SECONDS_A_TILE * tiles
    paces: list[float] = []
    while time.monotonic() < end and programs.running():
        begin = time.monotonic()
        _, counted = counter.count(_STEP_SECONDS)
        paces.append(counted / (time.monotonic() - begin))
        recent = paces[-_EVEN_STEPS:]
        mean = sum(recent) / len(recent)
        spread = max(abs(pace - mean) for pace in recent)
        if len(recent) == _EVEN_STEPS and mean > 0 and spread <= _EVEN_SHARE * mean:
            return True
    return False
