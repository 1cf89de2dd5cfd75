"""Colours, type and style of the whole program, from resources/themes and resources/styles."""

from __future__ import annotations

import json
import logging
import re
import tempfile
from enum import StrEnum
from functools import lru_cache
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

import resources
from app.domain.preferences import ThemeName

__all__ = ["Theme", "ThemeName", "Type", "families", "has_hangul", "tokens"]

_log = logging.getLogger(__name__)

# Later files refine earlier ones.
STYLES: Final = ("base", "controls", "screens")
# Fonts that hold Hangul, best first: Windows, Debian and Ubuntu, older Linux, macOS.
HANGUL_FONTS: Final = (
    "Malgun Gothic",
    "Noto Sans CJK KR",
    "Noto Sans KR",
    "NanumGothic",
    "Apple SD Gothic Neo",
)
LARGE_TEXT: Final = 1.25


class Type(StrEnum):
    """The sizes of type that the program uses (mock/README: 13 body, 14 semibold titles …)."""

    RAIL = "rail"
    SECONDARY = "secondary"
    BODY = "body"
    STRONG = "strong"
    TITLE = "title"
    HEADING = "heading"
    LARGE = "large"


_TYPE: Final = {
    Type.RAIL: (10, QFont.Weight.Normal),
    Type.SECONDARY: (12, QFont.Weight.Normal),
    Type.BODY: (13, QFont.Weight.Normal),
    Type.STRONG: (13, QFont.Weight.DemiBold),
    Type.TITLE: (14, QFont.Weight.DemiBold),
    Type.HEADING: (18, QFont.Weight.DemiBold),
    Type.LARGE: (28, QFont.Weight.DemiBold),
}


@lru_cache(maxsize=8)
def tokens(name: ThemeName) -> dict[str, str]:
    """The named colours of a theme, as the file has them."""
    colors: dict[str, str] = json.loads(resources.text("themes", f"{name}.json"))["colors"]
    return colors


@lru_cache(maxsize=1)
def _icon_folder() -> tempfile.TemporaryDirectory[str]:
    """Lives as long as the process: a style sheet may outlast the theme that made it.

    Python's own, not Qt's: objects of Qt are not destroyed when the interpreter ends. Raises
    OSError.
    """
    return tempfile.TemporaryDirectory(prefix="gwanje-icons-", ignore_cleanup_errors=True)


def has_hangul() -> bool:
    """Whether any installed font can show Korean."""
    return bool(QFontDatabase.families(QFontDatabase.WritingSystem.Korean))


def families() -> list[str]:
    """The system's UI font, after one that holds Hangul where the system's does not.

    Digits and Hangul of two unlike fonts on one line look broken, so one font does both.
    """
    system = QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()
    korean = set(QFontDatabase.families(QFontDatabase.WritingSystem.Korean))
    known = [name for name in HANGUL_FONTS if name in korean]
    return [system, *known] if system in korean else [*known, system]


class Theme(QObject):
    """The look that is on now. Widgets that paint ask `color` and `font` and repaint on `changed`.

    Widgets that do not paint are styled by the application's style sheet, which this keeps.
    """

    changed = Signal()

    def __init__(
        self,
        name: ThemeName = ThemeName.DARK,
        *,
        large: bool = False,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._name = name
        self._scale = LARGE_TEXT if large else 1.0
        self._families = families()

    @property
    def name(self) -> ThemeName:
        return self._name

    @property
    def large(self) -> bool:
        return self._scale > 1.0

    def color(self, token: str) -> QColor:
        """The colour with that name, on panels and windows."""
        return QColor(tokens(self._name)[token])

    def on_wall(self, token: str) -> QColor:
        """The colour with that name, over pictures: the wall stays dark in every theme."""
        return QColor(tokens(ThemeName.DARK)[token])

    def px(self, size: float) -> int:
        """A length in logical pixels that grows with the text (rows, buttons, labels)."""
        return round(size * self._scale)

    def font(self, kind: Type = Type.BODY) -> QFont:
        """A font with tabular figures, so that counters and clocks do not jump."""
        size, weight = _TYPE[kind]
        font = QFont(self._families)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        font.setFeature(QFont.Tag("tnum"), 1)
        return font

    def set(self, name: ThemeName, *, large: bool = False) -> None:
        """Changes the look of the running program."""
        scale = LARGE_TEXT if large else 1.0
        if (name, scale) == (self._name, self._scale):
            return
        self._name = name
        self._scale = scale
        self.apply()

    def apply(self) -> None:
        """Gives font, palette and style sheet to the application."""
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.setFont(self.font())
            application.setPalette(self._palette())
            application.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def style_sheet(self) -> str:
        return "\n".join(self._render(resources.text("styles", f"{name}.qss")) for name in STYLES)

    def _render(self, template: str) -> str:
        """`@13px` grows with the text, `@icon(name,token)` is a file, `@token` a colour."""
        sized = re.sub(r"@(\d+)px", lambda m: f"{self.px(int(m[1]))}px", template)
        drawn = re.sub(r"@icon\((\w+),(\w+)\)", lambda m: self._icon_file(m[1], m[2]), sized)
        return re.sub(r"@([a-z_]+)", lambda m: self._css(m[1]), drawn)

    def _css(self, token: str) -> str:
        color = self.color(token)
        return f"rgba({color.red()},{color.green()},{color.blue()},{color.alpha()})"

    def _icon_file(self, icon: str, token: str) -> str:
        """A style sheet takes pictures only from files: one per icon and colour.

        Where the disk is full it goes without: a wall without ticks and arrows is better than none.
        """
        color = self.color(token).name()
        drawing = resources.text("icons", f"{icon}.svg").replace("currentColor", color)
        try:
            file = Path(_icon_folder().name) / f"{icon}-{color[1:]}.svg"
            if not file.exists() or file.stat().st_size != len(drawing.encode()):
                file.write_bytes(drawing.encode())
        except OSError as error:
            _log.warning("icons of the style sheet cannot be written: %s", error)
            return "none"
        return f"url({file.as_posix()})"

    def _palette(self) -> QPalette:
        role = QPalette.ColorRole
        palette = QPalette()
        for target, token in (
            (role.Window, "window"),
            (role.Base, "panel"),
            (role.AlternateBase, "card"),
            (role.Button, "control"),
            (role.ToolTipBase, "card"),
            (role.WindowText, "text"),
            (role.Text, "text"),
            (role.ButtonText, "text"),
            (role.ToolTipText, "text"),
            (role.PlaceholderText, "secondary"),
            (role.Highlight, "selection"),
            (role.HighlightedText, "text"),
            (role.Link, "focus"),
            (role.Accent, "focus"),
        ):
            palette.setColor(target, self.color(token))
        for target in (role.WindowText, role.Text, role.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, target, self.color("faint"))
        return palette
