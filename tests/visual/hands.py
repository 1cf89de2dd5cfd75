"""Whether a window can be used without a mouse and without eyes."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QButtonGroup,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QSlider,
    QWidget,
)

from tests.visual.fit import name_of, shown

CONTROLS = (
    QAbstractButton, QAbstractItemView, QAbstractSpinBox, QComboBox, QLineEdit, QPlainTextEdit,
    QSlider,
)  # fmt: skip
# Of a part that is one to a person: the line inside of a spin box, the buttons inside of a line.
# Tab goes through the year, the month and the day before it leaves a date.
_SECTIONS = 4
_WHOLE = (QAbstractSpinBox, QComboBox, QLineEdit)


def controls(window: QWidget) -> list[QWidget]:
    """What a person presses, types into or chooses from."""
    return [
        one
        for one in shown(window)
        if isinstance(one, CONTROLS)
        and not isinstance(one, QHeaderView)
        and not isinstance(one.parentWidget(), _WHOLE)
    ]


def nameless(window: QWidget) -> list[str]:
    """Controls that a screen reader has no word for."""
    found = []
    for one in [*controls(window), *_own(window)]:
        told = QAccessible.queryAccessibleInterface(one)
        if not told.text(QAccessible.Text.Name).strip():
            found.append(f"{name_of(one)} has no name for a screen reader")
    return found


def _own(window: QWidget) -> list[QWidget]:
    """Parts that we paint ourselves and that take the keyboard."""
    return [
        one
        for one in shown(window)
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus
        and not isinstance(one, CONTROLS)
        and not isinstance(one, QScrollArea)
        and type(one).__module__.startswith("ui.")
    ]


def out_of_reach(window: QWidget) -> list[str]:
    """Controls that Tab does not come to, and parts that it does not leave."""
    wanted = [one for one in controls(window) if one.isEnabled() and not _follows(one)]
    window.activateWindow()
    if window.focusWidget() is None:
        window.setFocus()
    reached: list[QWidget | None] = []
    held = 0
    for _ in range(2 * len(shown(window)) + _SECTIONS):
        now = QApplication.focusWidget()
        if now is None or held > _SECTIONS:
            break
        held = held + 1 if reached and reached[-1] is now else 0
        reached.append(now)
        # What Qt itself would do; a part that takes the key for itself is a trap.
        QTest.keyClick(now, Qt.Key.Key_Tab)
    if held > _SECTIONS and set(wanted) - set(reached):
        return [f"{name_of(window)}: the keyboard does not come out of {reached[-1]}"]
    return [f"{name_of(one)} is not reached by Tab" for one in wanted if one not in reached]


def unlit(window: QWidget) -> list[str]:
    """Controls that look the same with the keyboard as without it."""
    found, before = [], QApplication.focusWidget()
    for one in controls(window):
        if not one.isEnabled() or not one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            continue
        if (now := QApplication.focusWidget()) is not None:
            now.clearFocus()
        without = one.grab().toImage()
        one.setFocus(Qt.FocusReason.TabFocusReason)
        # A proxy has it now, or nothing: such a control never shows it.
        if one.hasFocus() and one.grab().toImage() == without:
            found.append(f"{name_of(one)} does not show that it has the keyboard")
    if before is not None:
        before.setFocus()
    return found


def _follows(control: QWidget) -> bool:
    """One of a group, of which Tab comes to one and the arrows to the others."""
    if not isinstance(control, QAbstractButton):
        return False
    group: QButtonGroup | None = control.group()
    return control.autoExclusive() or (group is not None and group.exclusive())


def deaf(window: QWidget) -> list[str]:
    """Fields for text in which a Korean input method cannot compose."""
    found = []
    for field in shown(window):
        if not isinstance(field, QLineEdit | QPlainTextEdit) or not field.isEnabled():
            continue
        if field.isReadOnly() or isinstance(field.parentWidget(), _WHOLE) or _secret(field):
            continue
        before = _text(field)
        compose(field, "ㅎ")
        compose(field, "하")
        compose(field, "", "한")
        compose(field, "글", "")
        compose(field, "", "글")
        if "한글" not in _text(field):
            found.append(f"{name_of(field)} does not take what is composed: {_text(field)!r}")
        if isinstance(field, QLineEdit):
            field.setText(before)
        else:
            field.setPlainText(before)
    return found


def compose(field: QWidget, composing: str, done: str = "") -> None:
    """What a Korean input method sends while one types."""
    event = QInputMethodEvent(composing, [])
    event.setCommitString(done)
    QApplication.sendEvent(field, event)


def _secret(field: QWidget) -> bool:
    """Passwords are typed without an input method: nobody sees what it composes."""
    return isinstance(field, QLineEdit) and field.echoMode() is not QLineEdit.EchoMode.Normal


def _text(field: QLineEdit | QPlainTextEdit) -> str:
    return field.text() if isinstance(field, QLineEdit) else field.toPlainText()
