"""Where the keyboard goes within a page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QWidget
from typing_extensions import override


class FocusFirst(QObject):
    """Gives the keyboard on to `first` when `page` gets it.

    `QWidget.setFocusProxy` would do the same, but then Tab comes to nothing else on the page.
    """

    def __init__(self, page: QWidget, first: QWidget) -> None:
        super().__init__(page)
        self._first = first
        page.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QFocusEvent) and event.gotFocus():
            self._first.setFocus(event.reason())
        return super().eventFilter(watched, event)
