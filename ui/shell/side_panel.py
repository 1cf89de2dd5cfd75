"""The panel on the right: one of several pages, with a head that names it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QStackedWidget, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui import icons
from ui.theme import Theme

HEAD = 38


class SidePanel(QWidget):
    """`page_changed` (name of the page, empty when hidden)."""

    page_changed = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("sidePanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(240)
        self._theme = theme
        self._pages: dict[str, tuple[QWidget, Callable[[], str]]] = {}
        self._stack = QStackedWidget()
        self.title = QLabel()
        self.title.setProperty("role", "title")
        self.closing = QToolButton()
        self.closing.setProperty("flat", True)  # noqa: FBT003 - Qt's own signature
        self.closing.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.closing.clicked.connect(self.leave)
        self._head = QWidget()
        self._head.setObjectName("sideHead")
        self._head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(self._head)
        row.setContentsMargins(12, 0, 6, 0)
        row.addWidget(self.title, 1)
        row.addWidget(self.closing)
        box = QVBoxLayout(self)
        box.setContentsMargins(1, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self._head)
        box.addWidget(self._stack, 1)
        theme.changed.connect(self._restyle)
        self._restyle()

    def add(self, name: str, page: QWidget, title: Callable[[], str]) -> None:
        self._pages[name] = (page, title)
        self._stack.addWidget(page)

    @property
    def page(self) -> str:
        """The page on the screen; empty while the panel is hidden."""
        return "" if self.isHidden() else self._present

    @property
    def _present(self) -> str:
        widget = self._stack.currentWidget()
        return next((name for name, (page, _) in self._pages.items() if page is widget), "")

    def turn_to(self, name: str) -> None:
        self._stack.setCurrentWidget(self._pages[name][0])
        self.show()
        self.retranslate()
        self.page_changed.emit(name)

    def toggle(self, name: str) -> None:
        """Shows the page; hides the panel if it was on that page."""
        if self.page == name:
            self.leave()
        else:
            self.turn_to(name)

    def leave(self) -> None:
        self.hide()
        self.page_changed.emit("")

    def retranslate(self) -> None:
        if self._present:
            self.title.setText(self._pages[self._present][1]())
        self.closing.setToolTip(self.tr("Hide the panel"))
        self.closing.setAccessibleName(self.closing.toolTip())

    def _restyle(self) -> None:
        self._head.setFixedHeight(self._theme.px(HEAD))
        self.closing.setIcon(icons.icon(self._theme, "close"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
