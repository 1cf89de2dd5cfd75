"""Cameras or walls shown in turn. Time comes in as seconds on a clock that never jumps."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.text import Text
from app.domain.wall import TourId, WallId

__all__ = ["CameraStop", "Stop", "Tour", "TourId", "TourRun", "WallStop"]

# Shorter than a group of pictures of two seconds there would be no picture to look at.
MIN_DWELL = 2.0
MAX_DWELL = 3600.0


@dataclass(frozen=True, slots=True)
class CameraStop:
    camera: CameraId
    dwell_seconds: float


@dataclass(frozen=True, slots=True)
class WallStop:
    wall: WallId
    dwell_seconds: float


Stop = CameraStop | WallStop


def _always(_stop: Stop) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Tour:
    """All stops are cameras (shown in one tile) or all are saved walls (shown on one window).

    `only_live`: cameras without a live picture are passed over. Raises `BadInput`.
    """

    id: TourId
    name: str
    stops: tuple[Stop, ...]
    only_live: bool = False

    def __post_init__(self) -> None:
        if not self.stops:
            raise BadInput(Text("순환에 카메라가 없습니다.", "The tour has no stop."))
        if len({type(stop) for stop in self.stops}) > 1:
            raise BadInput(
                Text(
                    "한 순환에 카메라와 영상벽을 섞을 수 없습니다.",
                    "A tour holds cameras or walls, not both.",
                )
            )
        if any(not MIN_DWELL <= stop.dwell_seconds <= MAX_DWELL for stop in self.stops):
            raise BadInput(
                Text(
                    f"머무는 시간은 {MIN_DWELL:.0f}초부터 {MAX_DWELL:.0f}초까지입니다.",
                    f"A stop lasts {MIN_DWELL:.0f} to {MAX_DWELL:.0f} seconds.",
                )
            )

    @property
    def of_walls(self) -> bool:
        return isinstance(self.stops[0], WallStop)


@dataclass(frozen=True, slots=True)
class TourRun:
    """A tour under way. `since` is when the present stop began, pauses taken out.

    While `paused_at` is set time stands still; `resume_at` ends the pause by itself.
    """

    tour: Tour
    index: int
    since: float
    paused_at: float | None = None
    resume_at: float | None = None

    @classmethod
    def start(cls, tour: Tour, now: float) -> TourRun:
        return cls(tour, 0, now)

    @property
    def stop(self) -> Stop:
        return self.tour.stops[self.index]

    @property
    def paused(self) -> bool:
        return self.paused_at is not None

    def at(self, now: float, playable: Callable[[Stop], bool] = _always) -> TourRun:
        """The run as it stands at `now`; stops that are not `playable` are passed over."""
        run = self
        if run.resume_at is not None and now >= run.resume_at:
            run = run.resume(run.resume_at)
        if run.paused:
            return run
        cycle = sum(stop.dwell_seconds for stop in run.tour.stops)
        if now - run.since >= cycle:
            # After a suspended machine: whole rounds change nothing but the time.
            run = replace(run, since=now - (now - run.since) % cycle)
        while now - run.since >= run.stop.dwell_seconds:
            run = replace(
                run, index=run.following(1, playable), since=run.since + run.stop.dwell_seconds
            )
        return run

    def pause(self, now: float, resume_after: float | None = None) -> TourRun:
        """Stays where it is; goes on by itself after `resume_after` seconds if given.

        Once more while paused: waits anew, unless it was paused for good.
        """
        resume_at = None if resume_after is None else now + resume_after
        if self.paused_at is None:
            return replace(self, paused_at=now, resume_at=resume_at)
        if self.resume_at is None:
            return self
        return replace(self, resume_at=resume_at)

    def resume(self, now: float) -> TourRun:
        """Goes on with what was left of the stop."""
        if self.paused_at is None:
            return self
        shown = self.paused_at - self.since
        return replace(self, since=now - shown, paused_at=None, resume_at=None)

    def next(self, now: float, playable: Callable[[Stop], bool] = _always) -> TourRun:
        return self._turn(1, now, playable)

    def previous(self, now: float, playable: Callable[[Stop], bool] = _always) -> TourRun:
        return self._turn(-1, now, playable)

    def remaining(self, now: float) -> float:
        """Seconds until the next stop, as far as no pause ends before."""
        shown = (now if self.paused_at is None else self.paused_at) - self.since
        return max(0.0, self.stop.dwell_seconds - shown)

    def upcoming(
        self, now: float, lead_seconds: float, playable: Callable[[Stop], bool] = _always
    ) -> Stop | None:
        """The stop that comes within `lead_seconds` and should be made ready; None otherwise."""
        if self.paused or self.remaining(now) > lead_seconds:
            return None
        following = self.tour.stops[self.following(1, playable)]
        return None if following == self.stop else following

    def _turn(self, step: int, now: float, playable: Callable[[Stop], bool]) -> TourRun:
        """Another stop from its beginning; a pause lasts as long as it was going to."""
        paused_at = None if self.paused_at is None else now
        return replace(self, index=self.following(step, playable), since=now, paused_at=paused_at)

    def following(self, step: int, playable: Callable[[Stop], bool]) -> int:
        """The next playable stop; simply the next one where none is."""
        count = len(self.tour.stops)
        places = [(self.index + step * n) % count for n in range(1, count + 1)]
        return next((i for i in places if playable(self.tour.stops[i])), places[0])
