"""Every setting there is: a person's preferences, and what belongs to the workstation.

The one table from which the machine's file, the policy, its template for group policy, the
provisioning file and the page of the settings are read and made.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from app.domain import preferences
from app.domain.errors import BadInput
from app.domain.layout import LAYOUTS
from app.domain.preferences import FIELDS, Field
from app.domain.setting_words import WORDS
from app.domain.text import Text, said
from app.domain.wall import MAIN_WINDOW, WindowId
from app.domain.wall_set import MAX_WINDOWS

Value = str | int | bool

# A path in Windows has 260 characters, with a switch of the system 32,767; no name is as long.
_LONGEST = 1024
# A chain of a few authorities.
_LONGEST_PEM = 65_536
_PEM = "-----BEGIN CERTIFICATE-----"


class Kind(StrEnum):
    SWITCH = "switch"
    NUMBER = "number"
    CHOICE = "choice"
    TEXT = "text"
    FILE = "file"
    FOLDER = "folder"
    ADDRESS = "address"
    AUTHORITY = "authority"
    """A certificate as PEM text, or the file that it is in."""
    MONITORS = "monitors"
    """Which window on which monitor: `main=1, 2=DP-2`."""


@dataclass(frozen=True, slots=True)
class Setting:
    """`low` and `high` are for numbers, `choices` the values of a choice.

    `default` None: nothing unless it is set. `personal`: a preference, of which every person may
    have another value. `policy`: it can be fixed for all of them.
    """

    name: str
    kind: Kind
    default: Value | None = None
    low: int = 0
    high: int = 0
    choices: tuple[str, ...] = ()
    personal: bool = False
    policy: bool = True

    @property
    def title(self) -> Text:
        return WORDS[self.name][0]

    @property
    def about(self) -> Text:
        return WORDS[self.name][1]


_MACHINE = (
    Setting("hub", Kind.ADDRESS),
    Setting("hub_ca", Kind.AUTHORITY),
    Setting("site", Kind.TEXT),
    Setting("cameras", Kind.FILE),
    Setting("layout", Kind.CHOICE, choices=tuple(layout.name for layout in LAYOUTS)),
    Setting("monitors", Kind.MONITORS),
    # It is where the person's own layer lies: a policy on it would not fix a value but lose some.
    Setting("profile_dir", Kind.FOLDER, policy=False),
    Setting("update_folder", Kind.FOLDER),
    Setting("updates", Kind.SWITCH, default=True),
)

_FOLDERS = {"stills_folder", "clips_folder"}
# Kept for the day when a screen asks for them; an administrator is promised nothing.
_UNREAD = {"picture_fit", "show_captions", "show_clock_age", "tile_gap"}
# Who works here, and a width that is dragged: nothing to be fixed for everybody.
_NEVER_FIXED = {"operator", "side_panel_width"}


def _preference(field: Field) -> Setting:
    value = preferences.default(field)
    value = value.value if isinstance(value, StrEnum) else value
    low, high = preferences.limits(field) or (0, 0)
    choices = preferences.choices(field)
    if isinstance(value, bool):
        kind = Kind.SWITCH
    elif isinstance(value, int):
        kind = Kind.NUMBER
    elif choices:
        kind = Kind.CHOICE
    elif field in _FOLDERS:
        kind = Kind.FOLDER
    else:
        kind = Kind.FILE if field == "base_map" else Kind.TEXT
    fixed = field not in _NEVER_FIXED
    return Setting(field, kind, value, low, high, choices, personal=True, policy=fixed)


SETTINGS: tuple[Setting, ...] = (
    *_MACHINE,
    *(_preference(field) for field in FIELDS if field not in _UNREAD),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


def is_preference(name: str) -> bool:
    return name in BY_NAME and BY_NAME[name].personal


def checked(name: str, value: object) -> Value:
    """The value as it is kept; raises `BadInput` for an unknown name or an impossible value."""
    setting = BY_NAME.get(name)
    if setting is None:
        raise unknown(name)
    if setting.personal:
        # A choice as text: that is how files and the registry hold it.
        value = preferences.checked(name, value)
        return value.value if isinstance(value, StrEnum) else value
    if setting.kind is Kind.SWITCH:
        if not isinstance(value, bool):
            raise _wrong(setting, value)
        return value
    longest = _LONGEST_PEM if setting.kind is Kind.AUTHORITY else _LONGEST
    if not isinstance(value, str) or not value.strip() or len(value) > longest:
        raise _wrong(setting, value)
    return _text(setting, value.strip())


def _text(setting: Setting, value: str) -> str:
    if setting.kind is Kind.CHOICE and value not in setting.choices:
        raise _wrong(setting, value)
    if setting.kind is Kind.MONITORS:
        monitors(value)
    pem = setting.kind is Kind.AUTHORITY and is_pem(value)
    if not pem and not value.isprintable():
        raise _wrong(setting, value)
    return value


def is_pem(authority: str) -> bool:
    """Whether it is the certificate itself, not the name of a file."""
    return _PEM in authority


def monitors(text: str) -> dict[WindowId, str]:
    """Of `main=1, 2=DP-2`: the number of a monitor (1 is the main one) or its name, by window.

    Raises `BadInput`.
    """
    windows = {MAIN_WINDOW, *(str(number) for number in range(2, MAX_WINDOWS + 1))}
    found: dict[WindowId, str] = {}
    for part in text.split(","):
        window, equals, monitor = (piece.strip() for piece in part.partition("="))
        if not equals or window not in windows or not monitor or window in found:
            raise _wrong(BY_NAME["monitors"], text)
        found[WindowId(window)] = monitor
    return found


def unknown(name: str, names: tuple[str, ...] = tuple(BY_NAME)) -> BadInput:
    """Names the setting that was probably meant."""
    near = get_close_matches(name, names, 1)
    hint = Text(f" ‘{near[0]}’을(를) 뜻했습니까?", f" Did you mean “{near[0]}”?") if near else None
    return BadInput(
        Text(
            f"‘{name}’(이)라는 설정은 없습니다.{hint.ko if hint else ''}",
            f"No setting is called “{name}”.{hint.en if hint else ''}",
        )
    )


def wanted(setting: Setting) -> Text:
    """What can be written there."""
    choices = ", ".join(setting.choices)
    return {
        Kind.SWITCH: Text("true 또는 false", "true or false"),
        Kind.NUMBER: Text(
            f"{setting.low}부터 {setting.high}까지의 수",
            f"a number from {setting.low} to {setting.high}",
        ),
        Kind.CHOICE: Text(choices, choices),
        Kind.TEXT: Text("글", "text"),
        Kind.FILE: Text("파일 경로", "the path of a file"),
        Kind.FOLDER: Text("폴더 경로", "the path of a folder"),
        Kind.ADDRESS: Text("https://서버", "https://server"),
        Kind.AUTHORITY: Text("인증서(PEM) 또는 그 파일", "a certificate (PEM) or its file"),
        Kind.MONITORS: Text("main=1, 2=DP-2", "main=1, 2=DP-2"),
    }[setting.kind]


def _wrong(setting: Setting, value: object) -> BadInput:
    rule = wanted(setting)
    return BadInput(
        Text(
            f"‘{setting.name}’ 설정에 쓸 수 없는 값입니다: {said(value)}. 쓸 수 있는 값: {rule.ko}",
            f"The setting “{setting.name}” cannot be {said(value)}. Write {rule.en}.",
        )
    )
