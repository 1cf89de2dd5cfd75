"""What an action is: one thing an operator can do, with its words and keys, as data."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

# Marks words for the translators; returns the source. Qt's own stub forgets the type.
_N: Final = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)


class Group(StrEnum):
    TILES = "tiles"
    PICTURE = "picture"
    WALLS = "walls"
    TOURS = "tours"
    INCIDENTS = "incidents"
    PROGRAM = "program"


GROUP_WORDS: Final = {
    Group.TILES: _N("Actions", "Tiles and cameras"),
    Group.PICTURE: _N("Actions", "Picture"),
    Group.WALLS: _N("Actions", "Walls and layouts"),
    Group.TOURS: _N("Actions", "Tours and hot spot"),
    Group.INCIDENTS: _N("Actions", "Incidents"),
    Group.PROGRAM: _N("Actions", "Program"),
}


class Where(StrEnum):
    """Where the keys of an action work.

    ANYWHERE: in the whole window. WALL: unless a part beside the wall has the keyboard. TILES:
    while the wall has the keyboard, because lists and fields need the same keys.
    """

    ANYWHERE = "anywhere"
    WALL = "wall"
    TILES = "tiles"


@dataclass(frozen=True, slots=True)
class Action:
    """One thing an operator can do. `text` is the English source in context "Actions".

    `shown` are the keys as the overlay names them where a shortcut alone does not say it (typing
    a number). Actions of one `family` (layouts 1 … 8) share a row; `argument` is what differs.
    An action without `keys` that is `shown` is handled by the widget itself (mouse, typing).
    """

    id: str
    text: str
    group: Group
    where: Where = Where.ANYWHERE
    keys: tuple[str, ...] = ()
    icon: str = ""
    shown: str = ""
    family: str = ""
    argument: str = ""
    checkable: bool = False

    def words(self) -> str:
        """What the menu says, in the language on screen."""
        return f"{QCoreApplication.translate('Actions', self.text)} {self.argument}".rstrip()
