"""The narrow column on the left: one button for every part of the program that there is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui.actions import ActionSet
from ui.shell.rail_words import SHORT, short
from ui.theme import Theme, Type

WIDTH: Final = 48
# Left and right of the longest word: the margins of the column.
_BESIDE: Final = 7


@dataclass(frozen=True, slots=True)
class RailItem:
    """One line of the rail: an action of the window, at the top or at the foot."""

    action: str
    foot: bool = False


# In the order of the screens; a new part of the program adds its line here.
ITEMS: Final = (
    RailItem("section.wall"),
    RailItem("panel.cameras"),
    RailItem("section.map"),
    RailItem("section.desk"),
    RailItem("section.incidents"),
    RailItem("section.acts"),
    RailItem("section.ledger"),
    RailItem("section.health"),
    RailItem("program.keys", foot=True),
    RailItem("section.settings", foot=True),
)


class RailButton(QToolButton):
    """An icon over a word of at most four Hangul syllables."""

    def __init__(self, action: QAction, name: str, theme: Theme) -> None:
        super().__init__()
        self._action = action
        self._name = name
        self._theme = theme
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setProperty("icons", "rail")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCheckable(True)
        self.clicked.connect(action.trigger)
        action.changed.connect(self.follow)
        self.follow()

    def follow(self) -> None:
        """Shows what the action says of itself, in the rail's short word."""
        self.setIcon(self._action.icon())
        self.setFont(self._theme.font(Type.RAIL))
        self.setText(short(self._name))
        self.setToolTip(self._action.toolTip())
        self.setAccessibleName(self._action.text())
        self.setEnabled(self._action.isEnabled())
        # Without a parent it would be a window of its own.
        if self.parentWidget() is not None:
            self.setVisible(self._action.isVisible())


class Rail(QWidget):
    """`show_on` lights the buttons whose parts are on the screen."""

    def __init__(self, actions: ActionSet, theme: Theme, items: Sequence[RailItem] = ITEMS) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._theme = theme
        self.buttons = {
            item.action: RailButton(actions[item.action], item.action, theme)
            for item in items
            if item.action in actions and item.action in SHORT
        }
        box = QVBoxLayout(self)
        box.setContentsMargins(3, 8, 4, 4)
        box.setSpacing(4)
        for foot in (False, True):
            for item in items:
                if item.foot is foot and item.action in self.buttons:
                    box.addWidget(self.buttons[item.action])
            if not foot:
                box.addStretch()
        for button in self.buttons.values():
            button.follow()
        theme.changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        words = max((_width(button) for button in self.buttons.values()), default=0)
        self.setFixedWidth(max(self._theme.px(WIDTH), words + _BESIDE))

    def show_on(self, *names: str) -> None:
        for name, button in self.buttons.items():
            button.setChecked(name in names)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            for button in self.buttons.values():
                button.follow()
            self._resize()
        super().changeEvent(event)


def _width(button: RailButton) -> int:
    return button.fontMetrics().horizontalAdvance(button.text())
