"""Colours and type of the map, as of one moment: a worker paints with them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtGui import QColor, QFont

from app.domain.preferences import ThemeName
from ui.theme import Theme, Type


@dataclass(frozen=True, slots=True, eq=False)
class Look:
    """`ratio`: device pixels of a logical one. Two are alike only if they are one object."""

    name: ThemeName
    ratio: float
    sea: QColor
    land: QColor
    line: QColor
    strong_line: QColor
    label: QColor
    faint: QColor
    dot: QColor
    dead: QColor
    ring: QColor
    disc: QColor
    text: QColor
    focus: QColor
    names: tuple[QFont, ...]
    count: QFont
    small: QFont


def look_of(theme: Theme, ratio: float) -> Look:
    bold, body, small = Type.TITLE, Type.STRONG, Type.SECONDARY
    return Look(
        name=theme.name,
        ratio=ratio,
        sea=theme.color("window"),
        land=theme.color("panel"),
        line=theme.color("line"),
        strong_line=theme.color("hover"),
        label=theme.color("secondary"),
        faint=theme.color("faint"),
        dot=theme.color("secondary"),
        dead=theme.color("normal"),
        ring=theme.color("line"),
        disc=theme.color("control"),
        text=theme.color("text"),
        focus=theme.color("focus"),
        names=(theme.font(bold), theme.font(body), theme.font(small)),
        count=theme.font(small),
        small=theme.font(small),
    )
