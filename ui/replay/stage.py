"""Where the picture of a replay is, or the words that stand in its place."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QProgressBar, QStackedWidget, QVBoxLayout, QWidget

# Where a window has a number that another library can draw into.
_NATIVE = frozenset({"xcb", "windows"})
_PROGRESS_WIDTH = 320


class Picture(QWidget):
    """A native window for the player to draw into."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replayPicture")
        self.setMinimumSize(320, 180)
        # What the player does not cover (beside a picture of another shape) is Qt's, and black.
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        if QGuiApplication.platformName() in _NATIVE:
            # Its parents stay ordinary widgets: a native wall would be painted twice.
            self.setAttribute(Qt.WidgetAttribute.WA_DontCreateNativeAncestors)
            self.setAttribute(Qt.WidgetAttribute.WA_NativeWindow)

    def window_number(self) -> int | None:
        if QGuiApplication.platformName() not in _NATIVE:
            return None
        return int(self.winId())


class Stage(QStackedWidget):
    """The picture, or a line of words with the progress of what they say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("replayStage")
        self.picture = Picture()
        self.headline = _centred("title")
        self.hint = _centred("secondary")
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedWidth(_PROGRESS_WIDTH)
        self.progress.setRange(0, 1000)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(12)
        column.addStretch(1)
        column.addWidget(self.headline)
        column.addWidget(self.hint)
        column.addWidget(self.progress, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self.addWidget(self.picture)
        self.addWidget(page)

    def show_picture(self) -> None:
        self.setCurrentIndex(0)

    def say(self, headline: str, hint: str = "", progress: float | None = None) -> None:
        """`progress` 0…1, None for words alone."""
        self.headline.setText(headline)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        self.progress.setVisible(progress is not None)
        self.progress.setValue(round(1000 * (progress or 0.0)))
        self.setCurrentIndex(1)


def _centred(role: str) -> QLabel:
    label = QLabel()
    label.setProperty("role", role)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setAlignment(Qt.AlignmentFlag.AlignCenter)
    label.setWordWrap(True)
    return label
