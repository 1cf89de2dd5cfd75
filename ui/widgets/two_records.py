"""A conflict: what was done here beside what the hub has."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget
from typing_extensions import override

from app.domain.hub_act import HubAct
from ui.translations import words
from ui.widgets.act_words import mine, theirs


class TwoRecords(QWidget):
    """Hidden without a conflict or refusal."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("twoRecords")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._act: HubAct | None = None
        self.reason, self.mine_title, self.theirs_title, self.mine, self.theirs = (
            _label() for _ in range(5)
        )
        self.reason.setProperty("role", "fault")
        for title in (self.mine_title, self.theirs_title):
            title.setProperty("role", "secondary")
        grid = QGridLayout(self)
        grid.setContentsMargins(12, 8, 12, 8)
        grid.setHorizontalSpacing(24)
        grid.addWidget(self.reason, 0, 0, 1, 2)
        for column, (title, text) in enumerate(
            ((self.mine_title, self.mine), (self.theirs_title, self.theirs))
        ):
            grid.addWidget(title, 1, column)
            grid.addWidget(text, 2, column, Qt.AlignmentFlag.AlignTop)
            grid.setColumnStretch(column, 1)
        self.hide()

    def render_act(self, act: HubAct | None) -> None:
        self._act = act
        self.setVisible(act is not None)
        self.retranslate()

    def retranslate(self) -> None:
        act = self._act
        if act is None:
            return
        self.reason.setText(words(act.reason) if act.reason is not None else "")
        self.mine_title.setText(self.tr("What was done here"))
        self.theirs_title.setText(self.tr("What the hub has"))
        self.mine.setText(mine(act))
        self.theirs.setText(theirs(act.current) or self.tr("no record"))

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _label() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
