"""The screen as a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QWidget


def save_screenshot(window: QWidget, target: Path) -> None:
    """Saves the whole screen that shows `window` as PNG. Raises OSError.

    A platform that has no screen to grab (offscreen) gives the window alone.
    """
    if QApplication.activeModalWidget() is None:
        # Where there is no window manager another program's window may lie over it: the demo's
        # second console comes up later. Raised and painted before the screen is read.
        window.raise_()
        for part in (window, *window.findChildren(QWidget)):
            if part.isVisible():
                part.repaint()
    picture: QPixmap = window.screen().grabWindow(0)
    if picture.isNull():
        picture = window.grab()
    target.parent.mkdir(parents=True, exist_ok=True)
    if not picture.save(str(target), "PNG"):
        message = f"cannot write {target}"
        raise OSError(message)
