"""The words of a tile, in the language on screen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.domain.stream import Fault, Phase
from app.domain.tile import TileState
from app.domain.tour import TourRun
from ui.wall.pane import Kind
from ui.wall.tile_state import Corner, PictureStyle, TileLook

_MINUTE = 60
_HOUR = 3600
# A space at which no line is broken.
_UNBROKEN = "\N{NO-BREAK SPACE}"

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class StateWords:
    """`warning`: a picture stands still that should move; told apart by colour as well."""

    headline: str
    hint: str = ""
    warning: bool = False


def duration(seconds: int) -> str:
    """A length of time as short as an operator needs it."""
    if seconds < _MINUTE:
        return translate("Wall", "{seconds} s").format(seconds=seconds)
    if seconds < _HOUR:
        minutes, rest = divmod(seconds, _MINUTE)
        return translate("Wall", "{minutes} min {seconds} s").format(minutes=minutes, seconds=rest)
    hours, rest = divmod(seconds, _HOUR)
    return translate("Wall", "{hours} h {minutes} min").format(hours=hours, minutes=rest // _MINUTE)


def state_words(look: TileLook) -> StateWords | None:
    """What stands in the middle of a tile that is not live; None for a live one."""
    if look.live:
        return None
    headline = _headline(look)
    if look.picture is PictureStyle.GREY and look.age is not None:
        headline = translate("Wall", "{state} · {age} ago").format(
            state=headline, age=duration(look.age)
        )
    return StateWords(headline, _hint(look), look.state in {TileState.LATE, TileState.FROZEN})


def corner_words(look: TileLook) -> str:
    """The right end of the caption."""
    parts = []
    if look.delay is not None:
        parts.append(translate("Wall", "{seconds} s late").format(seconds=f"{look.delay:.1f}"))
    if look.corner is Corner.MAIN:
        parts.append(translate("Wall", "Main"))
    elif look.corner is Corner.MAIN_MISSING:
        parts.append(translate("Wall", "No main stream"))
    elif look.corner is Corner.KEYFRAMES:
        parts.append(translate("Wall", "Key frames"))
    elif look.corner is Corner.PARTIAL:
        parts.append(translate("Wall", "In part"))
    return " · ".join(parts)


def suspicion_words(look: TileLook) -> str:
    """The badge of a camera whose encoder may be repeating itself; "" without suspicion."""
    if look.same is None:
        return ""
    return translate("Wall", "Same picture repeating? · {time}").format(time=duration(look.same))


def role_words(kind: Kind, run: TourRun | None) -> str:
    """What the caption says of a tile whose camera changes by itself."""
    if kind is Kind.HOT_SPOT:
        return translate("Wall", "Hot spot")
    if kind is not Kind.TOUR or run is None:
        return ""
    place = f"{run.index + 1}/{len(run.tour.stops)}"
    if run.paused:
        return translate("Wall", "Tour {place} · paused").format(place=place)
    return translate("Wall", "Tour {place}").format(place=place)


def vacancy_words(kind: Kind, *, focused: bool) -> StateWords | None:
    """What a tile without a camera says; a free one only under the operator's hands."""
    match kind:
        case Kind.HOT_SPOT:
            return StateWords(
                translate("Wall", "Hot spot"),
                translate("Wall", "The camera you click elsewhere appears here in full quality"),
            )
        case Kind.TOUR:
            return StateWords(
                translate("Wall", "No tour"), translate("Wall", "This tour has been deleted")
            )
        case Kind.CAMERA:
            return StateWords(
                translate("Wall", "Unknown camera"),
                translate("Wall", "It is no longer in the camera list"),
            )
        case Kind.FREE if focused:
            return StateWords(
                translate("Wall", "Empty tile"),
                translate("Wall", "Type a camera's number and press Enter, or drag it here"),
            )
        case _:
            return None


def empty_wall_words(*, receives: bool = False) -> StateWords:
    """`receives`: of a room that sees what others share."""
    if receives:
        return StateWords(
            translate("Wall", "Nothing is shared now"),
            translate("Wall", "What the centre shares appears here by itself"),
        )
    return StateWords(
        translate("Wall", "The wall is empty"),
        translate(
            "Wall",
            "Drag cameras here, type a camera's number and press Enter, or open a saved wall",
        ),
    )


def _headline(look: TileLook) -> str:
    if look.state is TileState.CONNECTING and (look.attempt > 0 or look.age is not None):
        return translate("Wall", "Reconnecting")
    if look.fault is Fault.FORBIDDEN and look.state is TileState.UNAUTHORISED:
        return translate("Wall", "Access denied")
    return _HEADLINES[look.state]()


_HEADLINES: dict[TileState, Callable[[], str]] = {
    TileState.LIVE: lambda: translate("Wall", "Live"),
    TileState.LATE: lambda: translate("Wall", "Late picture"),
    TileState.FROZEN: lambda: translate("Wall", "Frozen picture"),
    TileState.CONNECTING: lambda: translate("Wall", "Connecting"),
    TileState.UNAUTHORISED: lambda: translate("Wall", "Sign-in failed"),
    TileState.NOT_FOUND: lambda: translate("Wall", "No such stream"),
    TileState.UNREACHABLE: lambda: translate("Wall", "No connection"),
    TileState.UNSUPPORTED: lambda: translate("Wall", "Cannot be shown"),
    TileState.OFF: lambda: translate("Wall", "Off"),
}


def _hint(look: TileLook) -> str:
    if not look.addressed:
        return translate("Wall", "The camera list gives no address")
    if look.state is TileState.UNAUTHORISED and look.fault is not Fault.FORBIDDEN:
        return translate("Wall", "Camera {number} · check the password").format(number=look.number)
    if look.fault is not None and (reason := _REASONS.get(look.fault)) is not None:
        return _with_attempt(reason(), look)
    if look.phase in {Phase.CONNECTING, Phase.WAITING}:
        return _reconnecting(look)
    if look.state in {TileState.FROZEN, TileState.LATE}:
        return translate("Wall", "The camera sends no new picture")
    return ""


def _reconnecting(look: TileLook) -> str:
    if look.attempt > 0:
        return translate("Wall", "Reconnecting (attempt {count})").format(count=look.attempt)
    if look.state is TileState.CONNECTING:
        return translate("Wall", "Waiting for the first picture") if look.age is None else ""
    return translate("Wall", "Reconnecting")


def _with_attempt(reason: str, look: TileLook) -> str:
    if look.phase not in {Phase.CONNECTING, Phase.WAITING} or look.attempt <= 1:
        return reason
    attempt = translate("Wall", "attempt {count}").format(count=look.attempt)
    return f"{reason} · {attempt.replace(' ', _UNBROKEN)}"


_REASONS: dict[Fault, Callable[[], str]] = {
    Fault.UNAUTHORISED: lambda: translate("Wall", "Check the password"),
    Fault.FORBIDDEN: lambda: translate("Wall", "This account may not view the camera"),
    Fault.NOT_FOUND: lambda: translate("Wall", "The camera has no stream at this address"),
    Fault.REFUSED: lambda: translate("Wall", "The camera refuses the connection"),
    Fault.NO_SUCH_HOST: lambda: translate("Wall", "The camera's host name is unknown"),
    Fault.TIMED_OUT: lambda: translate("Wall", "The camera does not answer"),
    Fault.UNREACHABLE: lambda: translate("Wall", "The camera cannot be reached"),
    Fault.BUSY: lambda: translate("Wall", "Too many are connected, or its own error"),
    Fault.BAD_CERTIFICATE: lambda: translate("Wall", "The certificate could not be verified"),
    Fault.NO_VIDEO: lambda: translate("Wall", "The stream has no video"),
    Fault.UNKNOWN_CODEC: lambda: translate("Wall", "The video format is not known"),
    Fault.TOO_LARGE: lambda: translate("Wall", "The picture is too large"),
    Fault.GARBAGE: lambda: translate("Wall", "The camera sends unreadable data"),
    Fault.BAD_ADDRESS: lambda: translate("Wall", "The camera's address is not valid"),
    Fault.DECODER_DIED: lambda: translate("Wall", "The decoder is being restarted"),
}
