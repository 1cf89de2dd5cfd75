"""The rail's words, short enough for 48 pixels."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, cast

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

_N: Final = cast("Callable[[str, str], str]", QT_TRANSLATE_NOOP)

SHORT: Final = {
    "section.wall": _N("Rail", "Wall"),
    "panel.cameras": _N("Rail", "Cameras"),
    "section.map": _N("Rail", "Map"),
    "section.desk": _N("Rail", "Desk"),
    "section.incidents": _N("Rail", "Cases"),
    "section.acts": _N("Rail", "Acts"),
    "section.ledger": _N("Rail", "Ledger"),
    "section.health": _N("Rail", "Health"),
    "program.keys": _N("Rail", "Keys"),
    "section.settings": _N("Rail", "Settings"),
}


def short(action: str) -> str:
    return QCoreApplication.translate("Rail", SHORT[action])
