"""Which settings there are, as data, and their words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from app.domain.preferences import Field, ThemeName
from app.domain.text import Language

_N: Final = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)


class Style(StrEnum):
    SWITCH = "switch"
    CHOICE = "choice"
    NUMBER = "number"
    TEXT = "text"
    FOLDER = "folder"
    FILE = "file"
    """A file or a folder."""
    TYPES = "types"
    """Any of the types of incidents."""


@dataclass(frozen=True, slots=True)
class Setting:
    """`low`, `high` and `step` are for numbers, `choices` are the values of a choice."""

    field: Field
    style: Style
    low: int = 0
    high: int = 0
    step: int = 1
    choices: tuple[str, ...] = ()


SECTIONS: Final[dict[str, tuple[Setting, ...]]] = {
    _N("Settings", "Screen"): (
        Setting("language", Style.CHOICE, choices=tuple(Language)),
        Setting("theme", Style.CHOICE, choices=tuple(ThemeName)),
        Setting("large_text", Style.SWITCH),
        Setting("keep_awake", Style.SWITCH),
        Setting("kiosk", Style.SWITCH),
    ),
    _N("Settings", "Operator"): (
        Setting("operator", Style.TEXT),
        Setting("lock_minutes", Style.NUMBER, 0, 1440, 5),
        Setting("sign_off_minutes", Style.NUMBER, 0, 1440, 30),
    ),
    _N("Settings", "Recording"): (
        Setting("replay_seconds", Style.NUMBER, 0, 300, 10),
        Setting("stills_folder", Style.FOLDER),
        Setting("clips_folder", Style.FOLDER),
    ),
    _N("Settings", "Tours"): (
        Setting("dwell_seconds", Style.NUMBER, 2, 3600),
        Setting("tour_resume_seconds", Style.NUMBER, 0, 3600, 5),
    ),
    _N("Settings", "Incidents"): (
        Setting("sounds", Style.SWITCH),
        Setting("sound_volume", Style.NUMBER, 0, 100, 5),
        Setting("auto_dragnet", Style.TYPES),
    ),
    _N("Settings", "Map"): (Setting("base_map", Style.FILE),),
    _N("Settings", "Load"): (Setting("cpu_budget", Style.NUMBER, 30, 100, 5),),
}

_NAMES: Final[dict[Field, str]] = {
    "language": _N("Settings", "Language"),
    "theme": _N("Settings", "Colours"),
    "large_text": _N("Settings", "Large text"),
    "keep_awake": _N("Settings", "No screen saver while a wall is shown"),
    "kiosk": _N("Settings", "Start as a kiosk"),
    "operator": _N("Settings", "Name"),
    "lock_minutes": _N("Settings", "Lock after minutes without a touch"),
    "sign_off_minutes": _N("Settings", "Sign off after minutes without a touch"),
    "replay_seconds": _N("Settings", "Seconds of instant replay"),
    "stills_folder": _N("Settings", "Folder for snapshots"),
    "clips_folder": _N("Settings", "Folder for clips"),
    "dwell_seconds": _N("Settings", "Seconds at a new stop"),
    "tour_resume_seconds": _N("Settings", "A touched tour goes on after (seconds)"),
    "base_map": _N("Settings", "Base map"),
    "sounds": _N("Settings", "A sound for incidents that are not urgent"),
    "sound_volume": _N("Settings", "Volume of the alarms (%)"),
    "auto_dragnet": _N("Settings", "Types whose dragnet opens by itself"),
    "cpu_budget": _N("Settings", "Processor time for pictures (%)"),
}

_ABOUT: Final[dict[Field, str]] = {
    "operator": _N("Settings", "Written into snapshots and into the log of acts."),
    "lock_minutes": _N("Settings", "With a hub only. 0: never. The wall stays in sight."),
    "sign_off_minutes": _N("Settings", "With a hub only. 0: never."),
    "kiosk": _N("Settings", "Full screen; Ctrl+Alt+Shift+Q leaves it."),
    "replay_seconds": _N("Settings", "Kept in memory only. 0 turns it off."),
    "stills_folder": _N("Settings", "Empty: the system's folder for pictures."),
    "clips_folder": _N("Settings", "Empty: the system's folder for films."),
    "tour_resume_seconds": _N("Settings", "0: it waits until Space is pressed."),
    "sounds": _N("Settings", "Urgent ones are always heard."),
    "sound_volume": _N("Settings", "Urgent ones are never below 50 %."),
    "auto_dragnet": _N("Settings", "Never over a dragnet that is open."),
    "base_map": _N(
        "Settings", "An MBTiles file or a folder of tiles. Empty: the boundaries alone."
    ),
    "cpu_budget": _N("Settings", "Above it the least important tiles show fewer pictures."),
}

_CHOICES: Final = {
    ThemeName.DARK: _N("Settings", "Dark"),
    ThemeName.LIGHT: _N("Settings", "Light"),
}


def section_words(title: str) -> str:
    return QCoreApplication.translate("Settings", title)


def name_of(field: Field) -> str:
    return QCoreApplication.translate("Settings", _NAMES[field])


def about(field: Field) -> str:
    """One sentence more, empty where the name says it all."""
    source = _ABOUT.get(field, "")
    return QCoreApplication.translate("Settings", source) if source else ""


def choice_words(value: str) -> str:
    """A language is called by its own name in every language."""
    own = {Language.KO: "한국어", Language.EN: "English"}
    if value in own:
        return own[Language(value)]
    return QCoreApplication.translate("Settings", _CHOICES[ThemeName(value)])
