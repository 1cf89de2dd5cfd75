"""What Qt may leave behind after a test: running timers and visible windows."""

from __future__ import annotations

import sys
import traceback
import weakref
from collections.abc import Hashable, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from PySide6.QtCore import QTimer

_started: weakref.WeakKeyDictionary[QTimer, str] = weakref.WeakKeyDictionary()
_installed = False


def install() -> None:
    """Notes who starts a timer. Only where Qt is loaded at all: most tests of app/ never do."""
    global _installed  # noqa: PLW0603 - one patch a process
    if _installed or "PySide6.QtCore" not in sys.modules:
        return
    from PySide6.QtCore import QTimer

    original = QTimer.start

    def start(timer: QTimer, *args: Any) -> None:
        frame = traceback.extract_stack(limit=2)[0]
        _started[timer] = f"{type(timer).__name__} started at {frame.filename}:{frame.lineno}"
        original(timer, *args)

    setattr(QTimer, "start", start)  # noqa: B010 - mypy refuses to assign to a method
    _installed = True


def timers() -> Mapping[Hashable, str]:
    if not _started:
        return {}
    from shiboken6 import isValid

    return {
        id(timer): where for timer, where in _started.items() if isValid(timer) and timer.isActive()
    }


def windows() -> Mapping[Hashable, str]:
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return {}
    return {
        id(widget): f"{type(widget).__name__} {widget.objectName()!r} is still shown"
        for widget in widgets.QApplication.topLevelWidgets()
        if widget.isVisible()
    }


def settle() -> None:
    """Lets Qt delete what was asked to be deleted."""
    core = sys.modules.get("PySide6.QtCore")
    if core is not None and core.QCoreApplication.instance() is not None:
        core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
        core.QCoreApplication.processEvents()
