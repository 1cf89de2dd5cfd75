"""Shows the open notices over a corner of the wall, newest at the bottom."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QWidget
from typing_extensions import override

from ui import icons
from ui.shell.notices import Kind, Notice, Notices
from ui.theme import Theme

# A short sentence is read in two seconds; an operator may look at another monitor first.
DONE_MILLISECONDS: Final = 6000
MOST_SHOWN: Final = 4
WIDTH: Final = 380
MARGIN: Final = 12
GAP: Final = 8

_MOVED: Final = frozenset({QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show})
_SHAPES: Final = {
    Kind.DONE: ("dot", "fine"),
    Kind.FAILURE: ("circle", "normal"),
    Kind.BUG: ("diamond", "urgent"),
}


class Toast(QFrame):
    """One notice: a shape for its kind, the words, copy and close."""

    def __init__(self, notice: Notice, notices: Notices, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.notice = notice
        self._theme = theme
        self.mark = QLabel()
        self.label = QLabel()
        self.label.setWordWrap(True)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.copy = self._button("copy")
        self.copy.clicked.connect(self._copy)
        self.closing = self._button("close")
        self.closing.clicked.connect(lambda: notices.close(notice.id))
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 6, 8)
        row.setSpacing(8)
        row.addWidget(self.mark)
        row.addWidget(self.label, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.closing, 0, Qt.AlignmentFlag.AlignTop)
        self.copy.setVisible(notice.kind is not Kind.DONE)
        self.retranslate()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("flat", True)  # noqa: FBT003 - Qt's own signature
        button.setProperty("icons", "small")
        button.setIcon(icons.icon(self._theme, name))
        # By Tab only: a click must not take the keyboard from the wall.
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        return button

    def show_again(self, notice: Notice) -> None:
        self.notice = notice
        self.retranslate()

    def height_for(self, width: int) -> int:
        """As high as its words need in that width."""
        self.ensurePolished()
        self.label.ensurePolished()
        return self._row.totalHeightForWidth(width)

    def retranslate(self) -> None:
        shape, color = _SHAPES[self.notice.kind]
        ratio = self.devicePixelRatioF()
        self.mark.setPixmap(icons.pixmap(self._theme, shape, self._theme.px(14), color, ratio))
        times = f"  ×{self.notice.times}" if self.notice.times > 1 else ""
        self.label.setText(self.notice.words() + times)
        self.copy.setToolTip(self.tr("Copy the details"))
        self.closing.setToolTip(self.tr("Read"))
        for button in (self.copy, self.closing):
            button.setAccessibleName(button.toolTip())

    def _copy(self) -> None:
        parts = [self.notice.words(), self.notice.details]
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))


class NoticeStack(QWidget):
    """Follows `Notices`; a child of the window `over`, in the lower right corner of `ground`."""

    def __init__(
        self, notices: Notices, theme: Theme, over: QWidget, *, ground: QWidget | None = None
    ) -> None:
        """`ground`: a part of `over` that has no buttons there; without one the whole window."""
        super().__init__(over)
        self._ground = ground if ground is not None else over
        self._notices = notices
        self._theme = theme
        self._over = over
        self.toasts: dict[int, Toast] = {}
        self._more = QLabel(self)
        # The wall behind it is dark in every theme: it needs a ground of its own.
        self._more.setObjectName("noticesMore")
        self._disconnect = notices.changed.connect(lambda _: self.follow())
        self.destroyed.connect(self._disconnect)
        theme.changed.connect(self.retranslate)
        for widget in {over, self._ground}:
            widget.installEventFilter(self)
        self.follow()

    def follow(self) -> None:
        """Shows what is open now."""
        notices = self._notices.open
        shown = {notice.id: notice for notice in notices[-MOST_SHOWN:]}
        for gone in self.toasts.keys() - shown.keys():
            toast = self.toasts.pop(gone)
            toast.hide()
            toast.deleteLater()
        for number, notice in shown.items():
            if number in self.toasts:
                self.toasts[number].show_again(notice)
            else:
                self.toasts[number] = self._add(notice)
        self.setVisible(bool(shown))
        self._place()

    def _add(self, notice: Notice) -> Toast:
        toast = Toast(notice, self._notices, self._theme, self)
        if notice.kind is Kind.DONE:
            QTimer.singleShot(DONE_MILLISECONDS, toast, lambda: self._notices.close(notice.id))
        return toast

    def _place(self) -> None:
        """As many of the newest as there is room for, by hand.

        A layout would answer each change of its own with another request to lay out.
        """
        width = max(1, min(self._theme.px(WIDTH), self._over.width() - 2 * MARGIN))
        corner = self._ground.mapTo(self._over, self._ground.rect().bottomRight())
        # Words that fit nowhere are worse than words over a button.
        right = max(corner.x() + 1, width + 2 * MARGIN)
        bottom = corner.y() + 1 - MARGIN
        toasts = list(self.toasts.values())
        heights = [toast.height_for(width) for toast in toasts]
        first = 0
        while first < len(toasts) - 1 and self._height(heights[first:]) > bottom - MARGIN:
            first += 1
        top = self._say_hidden(first, width)
        for place, (toast, height) in enumerate(zip(toasts, heights, strict=True)):
            toast.setVisible(place >= first)
            if place >= first:
                toast.setGeometry(0, top, width, height)
                top += height + GAP
        height = max(0, top - GAP)
        self.setGeometry(right - width - MARGIN, bottom - height, width, height)
        self.raise_()

    def _height(self, heights: list[int]) -> int:
        return sum(heights) + GAP * len(heights) + self._more.sizeHint().height()

    def _say_hidden(self, first: int, width: int) -> int:
        """The line over the toasts; where these begin."""
        hidden = len(self._notices.open) - len(self.toasts) + first
        self._more.setVisible(hidden > 0)
        if hidden <= 0:
            return 0
        self._more.setText(self.tr("{count} more").format(count=hidden))
        height = self._more.sizeHint().height()
        across = min(width, self._more.sizeHint().width())
        self._more.setGeometry(width - across, 0, across, height)
        return height + GAP

    def retranslate(self) -> None:
        for toast in self.toasts.values():
            toast.retranslate()
        self.follow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _MOVED:
            self._place()
        return super().eventFilter(watched, event)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
