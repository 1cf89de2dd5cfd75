"""What an operator can do with incidents, dragnets and markers, as data."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP

from ui.action_kinds import Action, Group, Where

_N: Final = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)
_W = Where.WALL

INCIDENT_ACTIONS: Final[tuple[Action, ...]] = (
    Action(
        "incident.dragnet",
        _N("Actions", "Dragnet: the cameras around the incident"),
        Group.INCIDENTS,
        _W,
        ("D",),
        "cameras",
    ),
    Action(
        "dragnet.next",
        _N("Actions", "The next candidate in this tile"),
        Group.INCIDENTS,
        _W,
        ("N",),
        "step",
    ),
    Action(
        "dragnet.close",
        _N("Actions", "Back to the wall before the dragnet"),
        Group.INCIDENTS,
        Where.ANYWHERE,
        ("F9",),
        "restore",
    ),
    Action(
        "incident.acknowledge",
        _N("Actions", "Acknowledge the incident"),
        Group.INCIDENTS,
        _W,
        ("A",),
        "check",
    ),
    Action(
        "incident.share",
        _N("Actions", "Share the video with the room in charge"),
        Group.INCIDENTS,
        _W,
        ("G",),
    ),
    Action(
        "share.next",
        _N("Actions", "The next share"),
        Group.INCIDENTS,
        Where.ANYWHERE,
        ("Ctrl+Tab",),
        "step",
    ),
    Action(
        "incident.notify",
        _N("Actions", "Notify those who are to be told"),
        Group.INCIDENTS,
        _W,
        ("P",),
    ),
    Action("incident.release", _N("Actions", "Release the incident"), Group.INCIDENTS, _W, ("E",)),
    Action("incident.close", _N("Actions", "Close the incident"), Group.INCIDENTS, _W, ("C",)),
    Action("incident.assign", _N("Actions", "Hand the incident over"), Group.INCIDENTS, _W, ("J",)),
    Action(
        "incident.merge",
        _N("Actions", "Merge the incident into another"),
        Group.INCIDENTS,
        _W,
        ("U",),
    ),
    Action(
        "incident.new",
        _N("Actions", "New incident from this tile…"),
        Group.INCIDENTS,
        _W,
        ("K",),
        "incidents",
    ),
    Action(
        "selective.wall",
        _N("Actions", "Selective monitoring: the newest events of analytics"),
        Group.INCIDENTS,
        _W,
        ("V",),
        "wall",
    ),
    Action(
        "selective.real",
        _N("Actions", "The event in this tile is real"),
        Group.INCIDENTS,
        _W,
        ("Y",),
        "check",
    ),
    Action(
        "selective.false",
        _N("Actions", "The event in this tile is a false alarm"),
        Group.INCIDENTS,
        _W,
        ("X",),
        "close",
    ),
    Action(
        "demo.step",
        _N("Actions", "Training: the next thing happens"),
        Group.INCIDENTS,
        Where.ANYWHERE,
        ("Ctrl+Alt+N",),
        "step",
    ),
    Action(
        "incident.print",
        _N("Actions", "Print the incident…"),
        Group.INCIDENTS,
        _W,
        ("Ctrl+P",),
        "print",
    ),
    Action(
        "panel.queue",
        _N("Actions", "Show or hide the queue"),
        Group.INCIDENTS,
        Where.ANYWHERE,
        ("Ctrl+I",),
        "incidents",
        checkable=True,
    ),
    Action(
        "marker.next",
        _N("Actions", "The next tile that sees an incident"),
        Group.INCIDENTS,
        _W,
        ("M",),
        "step",
    ),
)
