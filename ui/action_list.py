"""Every action of the program as data; menus, tooltips and the key overlay are made from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication
from PySide6.QtGui import QKeySequence

from ui.action_kinds import GROUP_WORDS, Action, Group, Where
from ui.incident_actions import INCIDENT_ACTIONS

__all__ = [
    "ACTIONS",
    "BY_ID",
    "GROUP_WORDS",
    "KEYED_LAYOUTS",
    "SAVED_WALL_KEYS",
    "Action",
    "Group",
    "Where",
    "keys_of",
]

# Marks words for the translators; returns the source. Qt's own stub forgets the type.
_N: Final = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)


# The first eight of the glossary's layouts have a function key each.
KEYED_LAYOUTS: Final = ("1", "4", "9", "16", "25", "36", "1+5", "1+7")
SAVED_WALL_KEYS: Final = range(1, 10)

_T, _W = Where.TILES, Where.WALL

ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        "camera.call",
        _N("Actions", "Call a camera by its number"),
        Group.TILES,
        _T,
        shown="0–9 … Enter",
    ),
    Action(
        "focus.left",
        _N("Actions", "Move the focus"),
        Group.TILES,
        _T,
        ("Left",),
        shown="← ↑ ↓ →",
        family="focus",
    ),
    Action("focus.up", _N("Actions", "Move the focus"), Group.TILES, _T, ("Up",), family="focus"),
    Action(
        "focus.down", _N("Actions", "Move the focus"), Group.TILES, _T, ("Down",), family="focus"
    ),
    Action(
        "focus.right", _N("Actions", "Move the focus"), Group.TILES, _T, ("Right",), family="focus"
    ),
    Action(
        "tile.enlarge",
        _N("Actions", "Enlarge the tile"),
        Group.TILES,
        _T,
        ("Return", "Enter"),
        "enlarge",
        shown="Enter",
    ),
    Action("tile.restore", _N("Actions", "Back to the wall"), Group.TILES, _T, ("Esc",), "restore"),
    Action("tile.clear", _N("Actions", "Clear the tile"), Group.TILES, _T, ("Del",), "clear"),
    Action(
        "camera.search",
        _N("Actions", "Find a camera"),
        Group.TILES,
        Where.ANYWHERE,
        ("Ctrl+F", "/"),
        "search",
    ),
    Action(
        "panel.cameras",
        _N("Actions", "Show or hide the cameras"),
        Group.TILES,
        Where.ANYWHERE,
        ("Ctrl+B",),
        "cameras",
        checkable=True,
    ),
    Action(
        "tile.snapshot", _N("Actions", "Save a snapshot"), Group.PICTURE, _W, ("S",), "snapshot"
    ),
    Action("tile.replay", _N("Actions", "Instant replay"), Group.PICTURE, _W, ("R",), "replay"),
    Action(
        "tile.details",
        _N("Actions", "Details of the picture"),
        Group.PICTURE,
        _W,
        ("I",),
        "details",
    ),
    Action("zoom.in", _N("Actions", "Zoom in"), Group.PICTURE, _W, ("+", "="), "zoom_in"),
    Action("zoom.out", _N("Actions", "Zoom out"), Group.PICTURE, _W, ("-",), "zoom_out"),
    # A bare 0 may begin nothing but a reset: the wall handles it, no camera number starts with it.
    Action(
        "zoom.reset",
        _N("Actions", "Whole picture"),
        Group.PICTURE,
        _W,
        ("Ctrl+0",),
        "zoom_reset",
        shown="0",
    ),
    Action(
        "zoom.wheel",
        _N("Actions", "Zoom under the pointer"),
        Group.PICTURE,
        _T,
        shown=_N("Actions", "Wheel"),
    ),
    Action("layout.choose", _N("Actions", "Choose a layout…"), Group.WALLS, _W, ("L",), "layout"),
    *(
        Action(
            f"layout.{name}",
            _N("Actions", "Layout"),
            Group.WALLS,
            _W,
            (f"F{key}",),
            family="layout",
            argument=name,
        )
        for key, name in enumerate(KEYED_LAYOUTS, start=1)
    ),
    Action("layout.edit", _N("Actions", "Draw a layout…"), Group.WALLS, _W, (), "rename"),
    Action("wall.save", _N("Actions", "Save the wall"), Group.WALLS, _W, ("Ctrl+S",), "save"),
    Action(
        "wall.save_as",
        _N("Actions", "Save the wall as…"),
        Group.WALLS,
        _W,
        ("Ctrl+Shift+S",),
        "save",
    ),
    Action("wall.open", _N("Actions", "Saved walls…"), Group.WALLS, _W, ("Ctrl+O",), "open"),
    *(
        Action(
            f"wall.saved.{key}",
            _N("Actions", "Saved wall"),
            Group.WALLS,
            _W,
            (f"Alt+{key}",),
            family="wall.saved",
            argument=str(key),
        )
        for key in SAVED_WALL_KEYS
    ),
    Action(
        "wall.hub",
        _N("Actions", "Walls at the hub…"),
        Group.WALLS,
        _W,
        ("Ctrl+Shift+O",),
        "open",
    ),
    Action(
        "camera.send",
        _N("Actions", "Show the camera on another console…"),
        Group.WALLS,
        _W,
        ("Ctrl+Shift+E",),
        "window",
    ),
    Action(
        "wall.own",
        _N("Actions", "Back to one's own wall"),
        Group.WALLS,
        Where.ANYWHERE,
        ("F12",),
        "restore",
    ),
    Action("wall.undo", _N("Actions", "Undo"), Group.WALLS, _W, ("Ctrl+Z",), "undo"),
    Action("wall.redo", _N("Actions", "Redo"), Group.WALLS, _W, ("Ctrl+Y", "Ctrl+Shift+Z"), "redo"),
    Action(
        "window.new",
        _N("Actions", "New wall window"),
        Group.WALLS,
        Where.ANYWHERE,
        ("Ctrl+N",),
        "window",
    ),
    Action(
        "window.close",
        _N("Actions", "Close this wall window"),
        Group.WALLS,
        Where.ANYWHERE,
        ("Ctrl+W",),
        "close",
    ),
    Action(
        "window.full_screen",
        _N("Actions", "Full screen"),
        Group.WALLS,
        Where.ANYWHERE,
        ("F11",),
        "full_screen",
        checkable=True,
    ),
    Action("tour.start", _N("Actions", "Start or stop a tour"), Group.TOURS, _W, ("T",), "tour"),
    Action("tour.pause", _N("Actions", "Pause or go on"), Group.TOURS, _T, ("Space",), "pause"),
    Action("tour.edit", _N("Actions", "Tours…"), Group.TOURS, _W, ("Ctrl+T",), "rename"),
    Action(
        "hot_spot.toggle",
        _N("Actions", "Make the tile the hot spot"),
        Group.TOURS,
        _W,
        ("H",),
        "hot_spot",
    ),
    *INCIDENT_ACTIONS,
    Action(
        "section.wall", _N("Actions", "Wall"), Group.PROGRAM, Where.ANYWHERE, ("Ctrl+1",), "wall"
    ),
    Action(
        "section.health",
        _N("Actions", "Health"),
        Group.PROGRAM,
        Where.ANYWHERE,
        ("Ctrl+2",),
        "health",
    ),
    Action(
        "section.incidents",
        _N("Actions", "Incidents"),
        Group.PROGRAM,
        Where.ANYWHERE,
        ("Ctrl+3",),
        "incidents",
    ),
    Action(
        "section.acts",
        _N("Actions", "Acts for the hub"),
        Group.PROGRAM,
        Where.ANYWHERE,
        ("Ctrl+4",),
        "requests",
    ),
    Action(
        "section.desk",
        _N("Actions", "Incident desk"),
        Group.PROGRAM,
        Where.ANYWHERE,
        ("Ctrl+6",),
        "incidents",
    ),
    Action(
        "section.ledger",
        _N("Actions", "Ledger"),
        Group.PROGRAM,
        Where.ANYWHERE,
        ("Ctrl+7",),
        "ledger",
    ),
    Action("section.map", _N("Actions", "Map"), Group.PROGRAM, Where.ANYWHERE, ("Ctrl+5",), "map"),
    Action(
        "map.window",
        _N("Actions", "Map in a window of its own"),
        Group.PROGRAM,
        Where.ANYWHERE,
        ("Ctrl+Shift+M",),
        "window",
    ),
    Action(
        "session.lock",
        _N("Actions", "Lock"),
        Group.PROGRAM,
        Where.ANYWHERE,
        ("Ctrl+L",),
    ),
    Action(
        "session.sign_out",
        _N("Actions", "Sign out"),
        Group.PROGRAM,
        Where.ANYWHERE,
        ("Ctrl+Shift+L",),
    ),
    Action(
        "section.settings",
        _N("Actions", "Settings"),
        Group.PROGRAM,
        Where.ANYWHERE,
        ("Ctrl+,",),
        "settings",
    ),
    Action(
        "program.keys", _N("Actions", "Keys"), Group.PROGRAM, Where.ANYWHERE, ("?",), "keyboard"
    ),
    Action(
        "program.quit", _N("Actions", "Quit"), Group.PROGRAM, Where.ANYWHERE, ("Ctrl+Q",), "power"
    ),
    Action(
        "kiosk.leave",
        _N("Actions", "Leave the kiosk"),
        Group.PROGRAM,
        Where.ANYWHERE,
        ("Ctrl+Alt+Shift+Q",),
        "power",
    ),
)

BY_ID: Final = {action.id: action for action in ACTIONS}


def keys_of(action: Action) -> str:
    """The keys of one action as a person reads them."""
    if action.shown:
        return QCoreApplication.translate("Actions", action.shown)
    native = QKeySequence.SequenceFormat.NativeText
    return "  ".join(QKeySequence(key).toString(native) for key in action.keys[:2])
