"""Draws what nobody may see of a camera's picture: windows, yards, doors of homes."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.camera import MOST_MASKS, Camera
from app.domain.history import History
from app.domain.mask_draft import MaskDraft
from app.domain.text import Text
from app.domain.tile import TileState
from app.services.streams import Streams
from ui.cameras.mask_canvas import MaskCanvas
from ui.theme import Theme
from ui.widgets.hint import set_hint

# The history wants a name for every step; this one is never shown.
_STEP = Text("그리기", "Draw")


class MaskEditor(QDialog):
    """Open it with `open()`.

    decided  (masks, reason)
    """

    decided = Signal(object, str)

    def __init__(
        self,
        camera: Camera,
        streams: Streams,
        theme: Theme,
        state_words: Callable[[Camera, TileState], str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._camera = camera
        self._history = History(MaskDraft(camera.masks))
        self.draft = self._history.present
        self.canvas = MaskCanvas(camera, streams, theme, state_words)
        self.canvas.drawn.connect(self._drawn)
        self.canvas.settled.connect(self._settle)
        self.reason = QLineEdit()
        self.reason.setMaxLength(500)
        self.reason.textChanged.connect(self._follow)
        self.hint, self.problem = QLabel(), QLabel()
        self.hint.setProperty("role", "secondary")
        self.hint.setWordWrap(True)
        self.undoing, self.redoing, self.remove, self.clear, self.cancel, self.save = (
            QPushButton() for _ in range(6)
        )
        self._arrange()
        self._connect()
        self.retranslate()
        self.canvas.setFocus()

    def _arrange(self) -> None:
        foot = QHBoxLayout()
        for button in (self.undoing, self.redoing, self.remove, self.clear):
            foot.addWidget(button)
            button.setAutoDefault(False)
        foot.addWidget(self.problem, 1)
        for button in (self.cancel, self.save):
            foot.addWidget(button)
            button.setAutoDefault(False)
        box = QVBoxLayout(self)
        box.setContentsMargins(16, 16, 16, 16)
        box.setSpacing(12)
        for widget in (self.canvas, self.hint, self.reason):
            box.addWidget(widget, 1 if widget is self.canvas else 0)
        box.addLayout(foot)

    def _connect(self) -> None:
        self.undoing.clicked.connect(self.undo)
        self.redoing.clicked.connect(self.redo)
        self.remove.clicked.connect(lambda: self._push(self.draft.removed()))
        self.clear.clicked.connect(lambda: self._push(self.draft.emptied()))
        self.cancel.clicked.connect(self.reject)
        self.save.clicked.connect(self._save)
        self.save.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        for keys, handler in (("Ctrl+Z", self.undo), ("Ctrl+Y", self.redo)):
            QShortcut(QKeySequence(keys), self).activated.connect(handler)

    # what a person does

    def undo(self) -> None:
        self._become(self._history.undo())

    def redo(self) -> None:
        self._become(self._history.redo())

    def _drawn(self, draft: MaskDraft) -> None:
        """While the hand moves, one step of the history is being made."""
        self.draft = draft
        self._follow()

    def _settle(self) -> None:
        self._push(self.draft)

    def _push(self, draft: MaskDraft) -> None:
        self._become(self._history.push(draft, _STEP))

    def _become(self, history: History[MaskDraft]) -> None:
        self._history, self.draft = history, history.present
        self._follow()

    def _save(self) -> None:
        reason = self.reason.text().strip()
        if self._fault() is None:
            self.accept()
            self.decided.emit(self.draft.masks, reason)

    # what follows from it

    def _fault(self) -> str | None:
        """Why it cannot be saved, in words."""
        if self.draft.open:
            return self.tr("Close the shape: Enter, a right click, or its first corner.")
        if self.draft.masks == self._camera.masks:
            return ""
        # What was covered may be seen now: the ledger says why.
        if self._camera.masks and not self.reason.text().strip():
            return self.tr("Say why the masks are changed.")
        return None

    def _follow(self) -> None:
        draft, fault = self.draft, self._fault()
        self.canvas.show_draft(draft)
        count = self.tr("{count} of {most} masks").format(count=len(draft.masks), most=MOST_MASKS)
        self.problem.setText(fault or count)
        self.save.setEnabled(fault is None)
        self.remove.setEnabled(draft.chosen is not None)
        self.clear.setEnabled(bool(draft.masks or draft.open))
        self.undoing.setEnabled(self._history.undo_label is not None)
        self.redoing.setEnabled(self._history.redo_label is not None)

    @override
    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.canvas.start()

    def retranslate(self) -> None:
        name = f"{self._camera.number} {self._camera.name}".strip()
        self.setWindowTitle(self.tr("Masks · {camera}").format(camera=name))
        self.hint.setText(
            self.tr(
                "Click corners around what nobody may see; Enter or a right click closes the "
                "shape. Drag a corner or a mask to move it. Keys: Page Down chooses a mask, "
                "arrows move it, Delete takes it away, Backspace takes back a corner. What is "
                "masked already stays black until it is saved."
            )
        )
        set_hint(self.reason, self.tr("Reason, for the ledger"))
        self.undoing.setText(self.tr("Undo"))
        self.redoing.setText(self.tr("Redo"))
        self.remove.setText(self.tr("Delete"))
        self.clear.setText(self.tr("Delete all"))
        self.cancel.setText(self.tr("Cancel"))
        self.save.setText(self.tr("Save"))
        self.canvas.setAccessibleName(self.tr("Picture with its masks"))
        self._follow()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
