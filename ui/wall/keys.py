"""The keyboard on the wall."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from app.domain.layout import Direction
from ui.wall.number_entry import EMPTY, NumberEntry

_Key = Qt.Key
_ARROWS = {
    _Key.Key_Left: Direction.LEFT,
    _Key.Key_Right: Direction.RIGHT,
    _Key.Key_Up: Direction.UP,
    _Key.Key_Down: Direction.DOWN,
}
_DIGITS = frozenset("0123456789")
# While a number is typed these belong to it, whatever the window's actions do with them.
_OF_ENTRY = {_Key.Key_Return, _Key.Key_Enter, _Key.Key_Escape, _Key.Key_Backspace, _Key.Key_Delete}


class KeyTarget(Protocol):
    """What the keyboard can do to a wall."""

    @property
    def entry(self) -> NumberEntry: ...

    def set_entry(self, entry: NumberEntry) -> None: ...

    def now(self) -> float: ...

    def call_entered(self) -> None: ...

    def move_focus(self, direction: Direction) -> None: ...

    def toggle_enlarged(self, index: int | None = None) -> None: ...

    def restore(self) -> None: ...

    def clear(self, index: int | None = None) -> None: ...

    def zoom_in(self) -> None: ...

    def zoom_out(self) -> None: ...

    def zoom_reset(self) -> None: ...

    def toggle_details(self) -> None: ...

    def pause_tour(self) -> None: ...

    def open_menu(self) -> None: ...


class Keys:
    def __init__(self, target: KeyTarget) -> None:
        self._target = target
        self._plain: dict[int, Callable[[], object]] = {
            _Key.Key_Return: target.toggle_enlarged,
            _Key.Key_Enter: target.toggle_enlarged,
            _Key.Key_Escape: target.restore,
            _Key.Key_Delete: target.clear,
            _Key.Key_Plus: target.zoom_in,
            _Key.Key_Equal: target.zoom_in,
            _Key.Key_Minus: target.zoom_out,
            _Key.Key_0: target.zoom_reset,
            _Key.Key_I: target.toggle_details,
            _Key.Key_Space: target.pause_tour,
            _Key.Key_Menu: target.open_menu,
        }

    def wants(self, event: QKeyEvent) -> bool:
        """Whether the wall takes this key before any shortcut does."""
        if not self._target.entry.active:
            return _is_digit(event)
        return _is_digit(event) or event.key() in _OF_ENTRY

    def press(self, event: QKeyEvent) -> bool:
        """True if the key did something."""
        if self._of_number(event):
            return True
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return self._with_modifiers(event)
        direction = _ARROWS.get(_Key(event.key()))
        if direction is not None:
            self._target.move_focus(direction)
            return True
        action = self._plain.get(event.key())
        if action is None:
            return False
        action()
        return True

    def _with_modifiers(self, event: QKeyEvent) -> bool:
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if shift and event.key() == _Key.Key_Plus:
            self._target.zoom_in()
        elif shift and event.key() == _Key.Key_F10:
            self._target.open_menu()
        else:
            return False
        return True

    def _of_number(self, event: QKeyEvent) -> bool:
        """No camera's number begins with 0: that key alone means the whole picture."""
        target, entry, key = self._target, self._target.entry, event.key()
        if _is_digit(event) and (entry.active or event.text() != "0"):
            target.set_entry(entry.typed(event.text(), target.now()))
        elif not entry.active:
            return False
        elif key in {_Key.Key_Return, _Key.Key_Enter}:
            target.call_entered()
        elif key == _Key.Key_Backspace:
            target.set_entry(entry.erased(target.now()))
        elif key in {_Key.Key_Escape, _Key.Key_Delete}:
            target.set_entry(EMPTY)
        else:
            return False
        return True


def _is_digit(event: QKeyEvent) -> bool:
    plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return plain and event.text() in _DIGITS and event.text() != ""
