"""Actions bound to what they do, one set a window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget
from typing_extensions import override

from ui import icons
from ui.action_list import ACTIONS, BY_ID, Action, Group, Where, keys_of
from ui.theme import Theme

__all__ = ["ACTIONS", "BY_ID", "Action", "ActionSet", "Group", "Where", "keys_of"]


class ActionSet(QObject):
    """The actions of one window. Only what is bound to a handler exists on screen."""

    def __init__(self, window: QWidget, theme: Theme) -> None:
        super().__init__(window)
        self._window = window
        self._theme = theme
        self._made: dict[str, QAction] = {}
        theme.changed.connect(self.retranslate)
        window.installEventFilter(self)

    def bind(self, action: str, handler: Callable[[], object]) -> QAction:
        """Makes the action `action` call `handler`, from keys, menus and buttons.

        The keys of the tiles stay with the wall itself, which needs them before any shortcut.
        """
        data = BY_ID[action]
        made = QAction(self)
        made.setCheckable(data.checkable)
        if data.where is not Where.TILES:
            made.setShortcuts([QKeySequence(key) for key in data.keys])
        made.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        made.setAutoRepeat(action.startswith("zoom."))
        made.triggered.connect(lambda _checked=False: handler())
        self._window.addAction(made)
        self._made[action] = made
        self._name(data, made)
        return made

    def __getitem__(self, action: str) -> QAction:
        return self._made[action]

    def __contains__(self, action: str) -> bool:
        return action in self._made

    def bound(self) -> tuple[Action, ...]:
        """What this window can do, in the order of ACTIONS, with what the wall does itself."""
        return tuple(a for a in ACTIONS if a.id in self._made or a.where is Where.TILES)

    def allow_wall_keys(self, *, allowed: bool) -> None:
        """While another part has the keyboard its single keys are its own; menus still work."""
        for name, action in self._made.items():
            data = BY_ID[name]
            if data.where is Where.WALL:
                keys = data.keys if allowed else ()
                action.setShortcuts([QKeySequence(key) for key in keys])

    def menu(self, *names: str, parent: QWidget | None = None) -> QMenu:
        """A menu of the bound ones among `names`; "" is a line between groups."""
        menu = QMenu(parent or self._window)
        for name in names:
            if not name:
                menu.addSeparator()
            elif name in self._made:
                menu.addAction(self._made[name])
        return menu

    def retranslate(self) -> None:
        for name, action in self._made.items():
            self._name(BY_ID[name], action)

    def _name(self, data: Action, action: QAction) -> None:
        keys = keys_of(data)
        shown = f"{data.words()}\t{keys}" if keys and data.where is Where.TILES else data.words()
        action.setText(shown)
        action.setToolTip(f"{data.words()}  {keys}" if keys else data.words())
        if data.icon:
            action.setIcon(icons.icon(self._theme, data.icon))

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._window and event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        return super().eventFilter(watched, event)
