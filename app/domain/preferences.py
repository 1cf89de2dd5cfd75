"""What a person may set, with its limits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Literal, get_args

from app.domain.errors import BadInput
from app.domain.layout import LAYOUTS
from app.domain.text import Language, Text, said
from app.domain.tones import LOUDNESS

Field = Literal[
    "language",
    "theme",
    "picture_fit",
    "replay_seconds",
    "dwell_seconds",
    "tour_resume_seconds",
    "stills_folder",
    "clips_folder",
    "operator",
    "show_captions",
    "show_clock_age",
    "large_text",
    "kiosk",
    "keep_awake",
    "tile_gap",
    "side_panel_width",
    "default_layout",
    "cpu_budget",
    "lock_minutes",
    "sign_off_minutes",
    "base_map",
    "sounds",
    "sound_volume",
    "auto_dragnet",
]
PreferenceValue = str | int | bool


class ThemeName(StrEnum):
    DARK = "dark"
    LIGHT = "light"


class PictureFit(StrEnum):
    """How a picture whose shape differs from its tile is shown."""

    WHOLE = "whole"  # with bars
    FILL = "fill"  # edges cut off
    STRETCH = "stretch"


@dataclass(frozen=True, slots=True)
class PreferenceValues:
    """Folders are paths as text; empty means the system's own folder for pictures or films.

    `base_map`: an MBTiles file or a folder of tiles, empty for the boundaries alone.
    `sounds`: for incidents that are not urgent; urgent ones are always heard. `sound_volume` in
    percent, for urgent ones never below `tones.LEAST_URGENT`. `auto_dragnet`: keys
    of the types of incidents whose dragnet opens by itself, with commas.
    `dwell_seconds` is what a new stop of a tour gets; `tour_resume_seconds` is after how long a
    touched tour goes on (0: not by itself). Lengths in device-independent pixels. `cpu_budget` is
    the share of all cores that pictures may use, in percent. `lock_minutes`, `sign_off_minutes`:
    without a touch, where there is a hub; 0: never. The law asks for a limit (개인정보의 안전성
    확보조치 기준 제6조).
    """

    language: Language = Language.KO
    theme: ThemeName = ThemeName.DARK
    picture_fit: PictureFit = PictureFit.WHOLE
    replay_seconds: int = 60
    dwell_seconds: int = 10
    tour_resume_seconds: int = 30
    stills_folder: str = ""
    clips_folder: str = ""
    operator: str = ""
    show_captions: bool = True
    show_clock_age: bool = True
    large_text: bool = False
    kiosk: bool = False
    keep_awake: bool = True
    tile_gap: int = 2
    side_panel_width: int = 336
    default_layout: str = "9"
    cpu_budget: int = 95
    lock_minutes: int = 30
    sign_off_minutes: int = 720
    base_map: str = ""
    sounds: bool = True
    sound_volume: int = LOUDNESS
    auto_dragnet: str = ""


FIELDS: tuple[Field, ...] = get_args(Field)

# Replay is memory: 64 cameras of 2 Mbit/s cost 16 MB a second of replay.
_RANGES: dict[str, tuple[int, int]] = {
    "replay_seconds": (0, 300),
    "dwell_seconds": (2, 3600),
    "tour_resume_seconds": (0, 3600),
    "tile_gap": (0, 16),
    "side_panel_width": (240, 960),
    # Percent of all cores. Below a third not even one wall of key frames would move.
    "cpu_budget": (30, 100),
    "sound_volume": (0, 100),
    "lock_minutes": (0, 1440),
    "sign_off_minutes": (0, 1440),
}
_CHOICES: dict[str, Callable[[str], StrEnum]] = {
    "language": Language,
    "theme": ThemeName,
    "picture_fit": PictureFit,
}
_LAYOUTS = tuple(layout.name for layout in LAYOUTS)
_DEFAULTS = PreferenceValues()


def limits(name: Field) -> tuple[int, int] | None:
    """The smallest and the largest number; None where it is no number."""
    return _RANGES.get(name)


def choices(name: Field) -> tuple[str, ...]:
    """What can be chosen; empty where it is no choice."""
    if name == "default_layout":
        return _LAYOUTS
    value = getattr(_DEFAULTS, name)
    return tuple(choice.value for choice in type(value)) if isinstance(value, StrEnum) else ()


def default(name: Field) -> PreferenceValue:
    value: PreferenceValue = getattr(_DEFAULTS, name)
    return value


def checked(name: str, value: object) -> PreferenceValue:
    """The value as it is kept; raises `BadInput` for an unknown name or a value out of range."""
    if name not in {f.name for f in fields(PreferenceValues)}:
        raise BadInput(
            Text(f"‘{name}’(이)라는 설정은 없습니다.", f"No setting is called “{name}”.")
        )
    if name in _CHOICES:
        return _chosen(name, value)
    if name in _RANGES:
        return _in_range(name, value)
    if name == "default_layout" and value not in _LAYOUTS:
        raise _wrong(name, value)
    if not isinstance(value, str | bool) or type(value) is not type(getattr(_DEFAULTS, name)):
        raise _wrong(name, value)
    return value


def _chosen(name: str, value: object) -> PreferenceValue:
    try:
        return _CHOICES[name](str(value))
    except ValueError:
        raise _wrong(name, value) from None


def _in_range(name: str, value: object) -> PreferenceValue:
    low, high = _RANGES[name]
    if not isinstance(value, int) or isinstance(value, bool):
        raise _wrong(name, value)
    if not low <= value <= high:
        raise BadInput(
            Text(
                f"‘{name}’ 설정은 {low}부터 {high}까지입니다: {said(value)}",
                f"The setting “{name}” goes from {low} to {high}, not {said(value)}.",
            )
        )
    return value


def _wrong(name: str, value: object) -> BadInput:
    return BadInput(
        Text(
            f"‘{name}’ 설정에 쓸 수 없는 값입니다: {said(value)}",
            f"The setting “{name}” cannot be {said(value)}.",
        )
    )
