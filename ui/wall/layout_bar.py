"""The layouts to choose from, as drawings."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QContextMenuEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QMenu, QPushButton, QToolButton, QVBoxLayout
from typing_extensions import override

from app.domain.layout import LAYOUTS, Layout
from ui import icons
from ui.action_list import BY_ID, keys_of
from ui.theme import Theme, Type
from ui.widgets import layout_picture

COLUMNS: Final = 4
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Up: -COLUMNS,
    Qt.Key.Key_Down: COLUMNS,
}
_NAMED: Final = frozenset(layout.name for layout in LAYOUTS)


class LayoutButton(QToolButton):
    """One layout. Own layouts can be deleted by right click or the Delete key."""

    delete_requested = Signal()

    def __init__(self, layout: Layout, theme: Theme) -> None:
        super().__init__()
        self.layout_shown = layout
        self.setProperty("flat", True)  # noqa: FBT003 - Qt's own signature
        self.setCheckable(True)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self.setIconSize(layout_picture.size(theme))
        self.setIcon(layout_picture.icon(theme, layout, self.devicePixelRatioF()))
        self.setText(layout.name)
        self.setFont(theme.font(Type.SECONDARY))
        self.setFixedSize(theme.px(76), theme.px(64))
        keyed = BY_ID.get(f"layout.{layout.name}")
        self.setToolTip(keys_of(keyed) if keyed is not None else layout.name)

    @property
    def own(self) -> bool:
        return self.layout_shown.name not in _NAMED

    @override
    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self.own:
            menu = QMenu(self)
            menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
            delete = QAction(self.tr("Delete the layout"), menu)
            delete.triggered.connect(self.delete_requested)
            menu.addAction(delete)
            menu.popup(event.globalPos())

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.own and event.key() == Qt.Key.Key_Delete:
            self.delete_requested.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)


class LayoutBar(QFrame):
    """A popup; closes when something was chosen or the pointer presses elsewhere.

    chosen            Layout
    delete_requested  str: the name of an own layout
    draw_requested    the operator wants a layout of their own
    """

    chosen = Signal(object)
    delete_requested = Signal(str)
    draw_requested = Signal()

    def __init__(self, layouts: Sequence[Layout], present: Layout, theme: Theme) -> None:
        super().__init__(None, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._theme = theme
        self.buttons: list[LayoutButton] = []
        self._grid = QGridLayout()
        self._grid.setSpacing(4)
        for layout in layouts:
            self._add(layout, present)
        self.draw = QPushButton()
        self.draw.setProperty("flat", True)  # noqa: FBT003 - Qt's own signature
        self.draw.setIcon(icons.icon(theme, "rename"))
        self.draw.clicked.connect(self._draw)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addLayout(self._grid)
        box.addWidget(self.draw)
        self.retranslate()

    def popup(self, at: QPoint) -> None:
        """Shows it at `at`, moved so that all of it is on the screen."""
        self.move(at)
        self.show()
        # Its size is known for sure only now, before the first picture of it.
        screen, frame = self.screen().availableGeometry(), self.frameGeometry()
        left = max(min(at.x(), screen.right() + 1 - frame.width()), screen.left())
        top = max(min(at.y(), screen.bottom() + 1 - frame.height()), screen.top())
        self.move(left, top)
        checked = next((b for b in self.buttons if b.isChecked()), self.buttons[0])
        checked.setFocus(Qt.FocusReason.PopupFocusReason)

    def _add(self, layout: Layout, present: Layout) -> None:
        button = LayoutButton(layout, self._theme)
        button.setChecked(layout == present)
        button.clicked.connect(lambda: self._choose(layout))
        button.delete_requested.connect(lambda: self._delete(layout))
        place = len(self.buttons)
        self._grid.addWidget(button, place // COLUMNS, place % COLUMNS)
        self.buttons.append(button)

    def _choose(self, layout: Layout) -> None:
        self.close()
        self.chosen.emit(layout)

    def _delete(self, layout: Layout) -> None:
        self.close()
        self.delete_requested.emit(layout.name)

    def _draw(self) -> None:
        self.close()
        self.draw_requested.emit()

    def retranslate(self) -> None:
        self.setAccessibleName(self.tr("Layouts"))
        self.draw.setText(self.tr("Draw a layout…"))

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
            return
        focused = [i for i, button in enumerate(self.buttons) if button.hasFocus()]
        place = (focused[0] if focused else len(self.buttons)) + step
        target = self.buttons[place] if 0 <= place < len(self.buttons) else self.draw
        if place >= 0:
            target.setFocus(Qt.FocusReason.TabFocusReason)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
