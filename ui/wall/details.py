"""What a technician wants to know of a picture, as names and values."""

from __future__ import annotations

from app.domain.camera import Camera, ProfileName
from app.domain.redact import redact
from app.domain.stream import DecodeMode, StreamStatus, Tier
from app.domain.tile import TileTruth
from ui.wall.words import translate

_KILO = 1000
_MEGA = 1000 * _KILO
_GIGA = 1000 * _MEGA


def rows(camera: Camera, truth: TileTruth, status: StreamStatus) -> tuple[tuple[str, str], ...]:
    """Only rows that have something to say."""
    found = (
        (translate("Wall", "Camera"), f"{camera.number} {camera.name}"),
        (translate("Wall", "Site"), " · ".join(filter(None, (camera.site, camera.purpose)))),
        (translate("Wall", "Codec"), status.codec.upper()),
        (translate("Wall", "Size"), _size(status)),
        (translate("Wall", "Pictures"), _rate(status)),
        (translate("Wall", "Tier"), _tier(status.tier)),
        (translate("Wall", "Delay"), _delay(status)),
        (translate("Wall", "Age"), _seconds(truth.age)),
        (translate("Wall", "Bit rate"), _bits(status.bitrate)),
        (translate("Wall", "Received"), _bytes(status.bytes_received)),
        (translate("Wall", "Reconnects"), str(status.reconnects)),
        (translate("Wall", "Decoding errors"), str(status.decode_errors or "")),
        (translate("Wall", "Last error"), redact(status.detail)),
    )
    return tuple((name, value) for name, value in found if value)


def _size(status: StreamStatus) -> str:
    return f"{status.width} × {status.height}" if status.width else ""


def _rate(status: StreamStatus) -> str:
    if not status.source_fps and not status.decoded_fps:
        return ""
    return translate("Wall", "{shown} of {sent} a second").format(
        shown=f"{status.decoded_fps:.1f}", sent=f"{status.source_fps:.1f}"
    )


def _tier(tier: Tier | None) -> str:
    if tier is None:
        return ""
    is_main = tier.profile is ProfileName.MAIN
    profile = translate("Wall", "Main") if is_main else translate("Wall", "Sub")
    match tier.mode:
        case DecodeMode.KEYFRAMES:
            mode = translate("Wall", "Key frames")
        case DecodeMode.PARTIAL:
            mode = translate("Wall", "In part")
        case DecodeMode.NO_LOOP_FILTER:
            mode = translate("Wall", "simplified")
        case DecodeMode.OFF:
            mode = translate("Wall", "Off")
        case _:
            return profile
    return f"{profile} · {mode}"


def _delay(status: StreamStatus) -> str:
    if status.latency is None:
        return translate("Wall", "unknown (the camera sends no clock)")
    return _seconds(status.latency)


def _seconds(value: float | None) -> str:
    if value is None:
        return ""
    return translate("Wall", "{seconds} s").format(seconds=f"{value:.2f}")


def _bits(rate: float) -> str:
    if rate >= _MEGA:
        return f"{rate / _MEGA:.1f} Mbit/s"
    return f"{rate / _KILO:.0f} kbit/s" if rate else ""


def _bytes(count: int) -> str:
    if count >= _GIGA:
        return f"{count / _GIGA:.2f} GB"
    return f"{count / _MEGA:.1f} MB" if count else ""
