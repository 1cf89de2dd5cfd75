"""Shows the open notices over a corner of the window, newest at the bottom."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget
from typing_extensions import override

from ui import icons
from ui.shell.notices import Kind, Notice, Notices
from ui.theme import Theme

# A short sentence is read in two seconds; an operator may look at another monitor first.
DONE_MILLISECONDS: Final = 6000
MOST_SHOWN: Final = 4
WIDTH: Final = 380
MARGIN: Final = 12

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
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 6, 8)
        row.setSpacing(8)
        row.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.label, 1)
        row.addWidget(self.copy, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.closing, 0, Qt.AlignmentFlag.AlignTop)
        self.copy.setVisible(notice.kind is not Kind.DONE)
        self.retranslate()

    def _button(self, name: str) -> QToolButton:
        button = QToolButton()
        button.setProperty("flat", True)  # noqa: FBT003 - Qt's own signature
        button.setIconSize(QSize(14, 14))
        button.setIcon(icons.icon(self._theme, name))
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        return button

    def show_again(self, notice: Notice) -> None:
        self.notice = notice
        self.retranslate()

    def retranslate(self) -> None:
        shape, color = _SHAPES[self.notice.kind]
        ratio = self.devicePixelRatioF()
        self.mark.setPixmap(icons.pixmap(self._theme, shape, 14, color, ratio))
        times = f"  ×{self.notice.times}" if self.notice.times > 1 else ""
        self.label.setText(self.notice.words() + times)
        self.copy.setToolTip(self.tr("Copy the details"))
        self.closing.setToolTip(self.tr("Read"))

    def _copy(self) -> None:
        parts = [self.notice.words(), self.notice.details]
        QGuiApplication.clipboard().setText("\n".join(part for part in parts if part))


class NoticeStack(QWidget):
    """Follows `Notices`; lies over the lower right corner of `over`."""

    def __init__(
        self, notices: Notices, theme: Theme, over: QWidget, *, foot: QWidget | None = None
    ) -> None:
        """`foot` is what stays free below, as long as it is shown."""
        super().__init__(over)
        self._foot = foot
        self._notices = notices
        self._theme = theme
        self._over = over
        self.toasts: dict[int, Toast] = {}
        self._placing = False
        self._more = QLabel()
        self._more.setProperty("role", "secondary")
        self._more.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(8)
        self._box.addWidget(self._more)
        self._disconnect = notices.changed.connect(lambda _: self.follow())
        self.destroyed.connect(self._disconnect)
        theme.changed.connect(self.retranslate)
        over.installEventFilter(self)
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
        self._box.addWidget(toast)
        # A layout leaves out what is not shown yet, and would give the new one no height.
        toast.show()
        if notice.kind is Kind.DONE:
            QTimer.singleShot(DONE_MILLISECONDS, toast, lambda: self._notices.close(notice.id))
        return toast

    def _place(self) -> None:
        """As many of the newest as there is room for, above the foot."""
        if self._placing:
            return
        self._placing = True
        width = max(1, min(self._theme.px(WIDTH), self._over.width() - 2 * MARGIN))
        foot = self._foot.height() if self._foot is not None and self._foot.isVisible() else 0
        bottom = self._over.height() - foot - MARGIN
        self.setFixedWidth(width)
        toasts = list(self.toasts.values())
        height = 0
        for first in range(max(1, len(toasts))):
            height = self._show_from(first, toasts, width)
            if height <= bottom - MARGIN:
                break
        self.resize(width, height)
        self.move(self._over.width() - width - MARGIN, bottom - height)
        self.raise_()
        self._placing = False

    def _show_from(self, first: int, toasts: list[Toast], width: int) -> int:
        """Hides the oldest ones before `first`; the height of the rest."""
        for place, toast in enumerate(toasts):
            toast.setVisible(place >= first)
        hidden = len(self._notices.open) - len(toasts) + first
        self._more.setText(self.tr("{count} more").format(count=hidden))
        self._more.setVisible(hidden > 0)
        self._box.invalidate()
        self._box.activate()
        return max(self._box.totalHeightForWidth(width), self._box.totalMinimumSize().height())

    def retranslate(self) -> None:
        for toast in self.toasts.values():
            toast.retranslate()
        self.follow()

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self._place()
        return super().eventFilter(watched, event)

    @override
    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        # Words that wrap know their height only once they are laid out.
        if event.type() == QEvent.Type.LayoutRequest:
            self._place()
        return done

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
