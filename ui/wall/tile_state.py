"""What a tile shows, derived from what is known and what time it is. No Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from app.domain.camera import Camera, ProfileName
from app.domain.stream import DecodeMode, Fault, Phase, StreamStatus
from app.domain.tile import TileState, TileTruth

# Below this a delay is what a network and a decoder take; an operator would not notice.
DELAY_SECONDS = 1.0


class PictureStyle(Enum):
    """How the picture is drawn: an old one must never look like a new one."""

    COLOUR = auto()
    GREY = auto()
    NONE = auto()


class Corner(Enum):
    """What the right end of the caption says of the tier, when it matters."""

    NOTHING = auto()
    MAIN = auto()
    KEYFRAMES = auto()
    PARTIAL = auto()
    MAIN_MISSING = auto()


@dataclass(frozen=True, slots=True)
class TileLook:
    """Everything a tile says in words; equal looks paint equally.

    `age` whole seconds since the picture shown (None: never one), `same` whole seconds that the
    same picture has come again under new time stamps (None: no suspicion), `delay` seconds in
    tenths from capture to screen where it is worth a word, `addressed` whether the list gives the
    camera an address at all.
    """

    number: int
    name: str
    state: TileState
    picture: PictureStyle
    phase: Phase = Phase.OFF
    fault: Fault | None = None
    age: int | None = None
    attempt: int = 0
    same: int | None = None
    corner: Corner = Corner.NOTHING
    delay: float | None = None
    addressed: bool = True

    @property
    def caption(self) -> tuple[object, ...]:
        """What the caption is made of."""
        return (self.number, self.name, self.corner, self.delay)

    @property
    def live(self) -> bool:
        return self.state is TileState.LIVE


@dataclass(frozen=True, slots=True)
class Sight:
    """What the wall itself knows of a tile's picture.

    `arrived`: monotonic second of the picture on the screen, None if there is none to show.
    `large`: enlarged or zoomed, so that the tier matters.
    """

    arrived: float | None
    large: bool = False


def look(
    camera: Camera, truth: TileTruth, status: StreamStatus, sight: Sight, now: float
) -> TileLook:
    """Derives a tile's look; `now` is the monotonic clock that `sight.arrived` was read from."""
    age = _age(truth, sight, now)
    return TileLook(
        number=camera.number,
        name=camera.name,
        state=truth.state,
        picture=_style(truth, sight),
        phase=status.phase,
        fault=truth.fault,
        age=None if age is None or truth.shows_live_picture else int(age),
        attempt=truth.attempt,
        same=int(status.same_picture) if truth.suspect else None,
        corner=_corner(status, large=sight.large) if truth.shows_live_picture else Corner.NOTHING,
        delay=_delay(status) if truth.shows_live_picture else None,
        addressed=bool(camera.profiles),
    )


def _age(truth: TileTruth, sight: Sight, now: float) -> float | None:
    """The age of what is on the screen, also when the engine has forgotten that picture."""
    if sight.arrived is None:
        return None
    on_screen = max(0.0, now - sight.arrived)
    return on_screen if truth.age is None else max(on_screen, truth.age)


def _style(truth: TileTruth, sight: Sight) -> PictureStyle:
    if sight.arrived is None:
        return PictureStyle.NONE
    return PictureStyle.COLOUR if truth.shows_live_picture else PictureStyle.GREY


def _corner(status: StreamStatus, *, large: bool) -> Corner:
    if status.tier is None:
        return Corner.NOTHING
    if status.tier.mode is DecodeMode.KEYFRAMES:
        return Corner.KEYFRAMES
    if status.tier.mode is DecodeMode.PARTIAL:
        return Corner.PARTIAL
    if large and status.other_fault is not None:
        return Corner.MAIN_MISSING
    return Corner.MAIN if large and status.tier.profile is ProfileName.MAIN else Corner.NOTHING


def _delay(status: StreamStatus) -> float | None:
    delay = status.latency if status.latency is not None else status.lag
    return round(delay, 1) if delay > DELAY_SECONDS else None
