"""The words and numbers of the health screen, in the language on screen."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.domain.camera import ProfileName
from app.domain.stream import DecodeMode, Fault, Tier
from app.domain.tile import TileState

translate = QCoreApplication.translate

NOTHING: Final = "–"
_MINUTE, _HOUR = 60, 3600
_SECOND_MS = 1000.0
_MEGA = 1_000_000.0
_KILO = 1_000.0


def duration(seconds: float) -> str:
    """A length of time as short as an operator needs it."""
    whole = int(seconds)
    if whole < _MINUTE:
        return translate("Health", "{seconds} s").format(seconds=whole)
    if whole < _HOUR:
        minutes, rest = divmod(whole, _MINUTE)
        return translate("Health", "{minutes} min {seconds} s").format(
            minutes=minutes, seconds=rest
        )
    hours, rest = divmod(whole, _HOUR)
    return translate("Health", "{hours} h {minutes} min").format(
        hours=hours, minutes=rest // _MINUTE
    )


def milliseconds(value: float | None) -> str:
    """`92 ms`, `1.4 s`, `14 s`: two digits say enough."""
    if value is None:
        return NOTHING
    if value < _SECOND_MS:
        return translate("Health", "{value} ms").format(value=f"{value:.0f}")
    seconds = value / _SECOND_MS
    if seconds < 10:  # noqa: PLR2004
        return translate("Health", "{seconds} s").format(seconds=f"{seconds:.1f}")
    return duration(seconds)


def bit_rate(bits: float) -> str:
    if bits <= 0:
        return NOTHING
    if bits >= _MEGA:
        return translate("Health", "{value} Mbit/s").format(value=f"{bits / _MEGA:.1f}")
    return translate("Health", "{value} kbit/s").format(value=f"{bits / _KILO:.0f}")


def rate(value: float) -> str:
    return f"{value:.1f}"


def size(width: int, height: int) -> str:
    return f"{width} × {height}" if width and height else NOTHING


def percent(share: float | None) -> str:
    if share is None:
        return NOTHING
    # 99.96 % is not all: only what is whole is called 100 %.
    return f"{share * 100:.0f}%" if share >= 1.0 else f"{min(share * 100, 99.9):.1f}%"


def tier_words(tier: Tier | None) -> str:
    if tier is None:
        return NOTHING
    profile = (
        translate("Health", "Main")
        if tier.profile is ProfileName.MAIN
        else translate("Health", "Sub")
    )
    lowered = _MODES[tier.mode]()
    return f"{profile} · {lowered}" if lowered else profile


def state_words(state: TileState) -> str:
    return _STATES[state]()


def fault_words(fault: Fault | None) -> str:
    return "" if fault is None else _FAULTS[fault]()


_MODES: Final[dict[DecodeMode, Callable[[], str]]] = {
    DecodeMode.FULL: lambda: "",
    DecodeMode.NO_LOOP_FILTER: lambda: translate("Health", "no loop filter"),
    DecodeMode.PARTIAL: lambda: translate("Health", "in part"),
    DecodeMode.KEYFRAMES: lambda: translate("Health", "key frames"),
    DecodeMode.OFF: lambda: translate("Health", "off"),
}

_STATES: Final[dict[TileState, Callable[[], str]]] = {
    TileState.LIVE: lambda: translate("Health", "Live"),
    TileState.LATE: lambda: translate("Health", "Late picture"),
    TileState.FROZEN: lambda: translate("Health", "Frozen picture"),
    TileState.CONNECTING: lambda: translate("Health", "Connecting"),
    TileState.UNAUTHORISED: lambda: translate("Health", "Sign-in failed"),
    TileState.NOT_FOUND: lambda: translate("Health", "No such stream"),
    TileState.UNREACHABLE: lambda: translate("Health", "No connection"),
    TileState.UNSUPPORTED: lambda: translate("Health", "Cannot be shown"),
    TileState.OFF: lambda: translate("Health", "Off"),
}

_FAULTS: Final[dict[Fault, Callable[[], str]]] = {
    Fault.UNAUTHORISED: lambda: translate("Health", "Wrong user name or password"),
    Fault.FORBIDDEN: lambda: translate("Health", "Access denied"),
    Fault.NOT_FOUND: lambda: translate("Health", "The camera has no such stream"),
    Fault.REFUSED: lambda: translate("Health", "Connection refused"),
    Fault.NO_SUCH_HOST: lambda: translate("Health", "Host name not found"),
    Fault.TIMED_OUT: lambda: translate("Health", "No answer in time"),
    Fault.UNREACHABLE: lambda: translate("Health", "Network not reachable"),
    Fault.BUSY: lambda: translate("Health", "Too many connections, or its own error"),
    Fault.BAD_CERTIFICATE: lambda: translate("Health", "Certificate does not verify"),
    Fault.SESSION_LOST: lambda: translate("Health", "The camera ended the session"),
    Fault.ENDED: lambda: translate("Health", "The stream ended"),
    Fault.NO_VIDEO: lambda: translate("Health", "The stream has no video"),
    Fault.UNKNOWN_CODEC: lambda: translate("Health", "Unknown codec"),
    Fault.TOO_LARGE: lambda: translate("Health", "The picture is too large"),
    Fault.GARBAGE: lambda: translate("Health", "The data cannot be understood"),
    Fault.BAD_ADDRESS: lambda: translate("Health", "The address is not valid"),
    Fault.DECODER_DIED: lambda: translate("Health", "The decoder was restarted"),
}
