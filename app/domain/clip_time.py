"""Where a clip stands: frames, seconds of the clip, and the clock on the wall."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class FrameTimes:
    """When each picture of a clip begins (seconds, ascending), and when the last one ends."""

    starts: tuple[float, ...]
    end: float

    @staticmethod
    def of(starts: Sequence[float]) -> FrameTimes:
        """From the presentation times in the file, in any order."""
        ordered = tuple(sorted({time for time in starts if time >= 0})) or (0.0,)
        # The last picture stands as long as the one before it.
        last = ordered[-1] - ordered[-2] if len(ordered) > 1 else 0.0
        return FrameTimes(ordered, ordered[-1] + last)

    def index(self, seconds: float) -> int:
        """Which picture is on the screen at that moment."""
        return max(0, bisect_right(self.starts, seconds + 1e-6) - 1)

    def start(self, index: int) -> float:
        return self.starts[min(max(index, 0), len(self.starts) - 1)]

    def middle(self, index: int) -> float:
        """A moment that is safely within the picture, however a player rounds."""
        index = min(max(index, 0), len(self.starts) - 1)
        after = self.starts[index + 1] if index + 1 < len(self.starts) else self.end
        return (self.starts[index] + after) / 2


@dataclass(frozen=True, slots=True)
class PlayHead:
    """Where a clip is while it plays, without asking the player: `position` was true `at`."""

    length: float = 0.0
    position: float = 0.0
    at: float = 0.0
    speed: float = 1.0
    playing: bool = False

    def now(self, at: float) -> float:
        """Seconds of the clip at the monotonic second `at`."""
        if not self.playing:
            return self.position
        run = self.position + (at - self.at) * self.speed
        return min(max(run, 0.0), self.length)

    def moved(self, position: float, at: float) -> PlayHead:
        return replace(self, position=min(max(position, 0.0), self.length), at=at)

    def run(self, at: float, *, playing: bool) -> PlayHead:
        return replace(self, position=self.now(at), at=at, playing=playing)

    def at_speed(self, speed: float, at: float) -> PlayHead:
        return replace(self, position=self.now(at), at=at, speed=speed)
