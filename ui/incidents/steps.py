"""The steps of the SOP: who has done which, and when; what comes next."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QHBoxLayout,
    QLabel,
    QToolButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.domain.incident_state import Move
from app.domain.incident_steps import How, Tick
from app.domain.incident_type import Step
from app.domain.incident_types import type_of
from app.services.incident_overlay import IncidentItem
from ui import icons
from ui.theme import Theme
from ui.translations import words as both
from ui.widgets.ask import Ask
from ui.widgets.forms import recent_form

# Ticked by what is done anyway: kinds of lines of the history.
_BY_LINE: Final = {
    "acknowledge": (Move.ACKNOWLEDGE, Move.RESPOND),
    "release": (Move.RELEASE, Move.CLOSE),
    "false_alarm": (Move.CANCEL,),
}


class StepRow(QWidget):
    """One step; `ticked` (bool), `skipped` (reason)."""

    ticked = Signal(bool)
    skipped = Signal(str)

    def __init__(self, step: Step, theme: Theme) -> None:
        super().__init__()
        self._step = step
        self.box, self.words = QCheckBox(), QLabel(both(step.words))
        self.words.setWordWrap(True)
        self.words.setBuddy(self.box)
        self.box.setAccessibleName(both(step.words))
        self.when = QLabel()
        self.when.setProperty("role", "secondary")
        self.skip = QToolButton()
        self.skip.setIcon(icons.icon(theme, "step"))
        self.skip.setToolTip(self.tr("Skip, with a reason"))
        self.skip.setAccessibleName(f"{self.skip.toolTip()}: {both(step.words)}")
        self.skip.setProperty("flat", True)  # noqa: FBT003 - Qt's own signature
        self.box.clicked.connect(self.ticked)
        self.skip.clicked.connect(self._ask)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.box, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)
        row.addWidget(self.when)
        row.addWidget(self.skip)

    def show_tick(self, tick: Tick | None, *, following: bool, open_: bool) -> None:
        """`following`: the next one to do."""
        self.box.setChecked(tick is not None)
        self.box.setEnabled(open_)
        self.skip.setVisible(open_ and tick is None)
        font = self.words.font()
        font.setBold(following)
        self.words.setFont(font)
        self.words.setEnabled(open_)
        said = ""
        if tick is not None:
            said = recent_form(tick.at)
            if tick.how is How.SKIPPED:
                said = self.tr("{time} skipped").format(time=said)
        self.when.setText(said)
        who = f"{tick.by} · {tick.reason}".rstrip(" ·") if tick is not None else ""
        self.setToolTip(f"{both(self._step.words)}\n{who}".strip())

    def _ask(self) -> None:
        Ask(
            self.tr("Skip the step"),
            both(self._step.words),
            self.tr("Skip"),
            self.skipped.emit,
            self,
            reason=True,
        ).open()


class Steps(QWidget):
    """`wanted` (step, How, reason)."""

    wanted = Signal(str, object, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._type = ""
        self._item: IncidentItem | None = None
        self.rows: dict[str, StepRow] = {}
        # Whether whoever is signed in may tick them.
        self.allowed = True
        self._box = QVBoxLayout(self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._page = QWidget()
        self._box.addWidget(self._page)
        self._fill("")

    def render_item(self, item: IncidentItem) -> None:
        if item.row.type != self._type:
            self._fill(item.row.type)
        self._item = item
        ticks, first = item.ticks(), True
        open_ = item.state.open and self.allowed
        for key, row in self.rows.items():
            tick = ticks.get(key) or _by_line(item, key)
            row.show_tick(tick, following=tick is None and first, open_=open_)
            first = first and tick is not None

    def _fill(self, type_: str) -> None:
        self._type = type_
        page = QWidget()
        box = QVBoxLayout(page)
        box.setContentsMargins(0, 0, 6, 0)
        box.setSpacing(4)
        known = type_of(type_)
        self.rows = {}
        for step in known.sop if known is not None else ():
            row = StepRow(step, self._theme)
            row.ticked.connect(
                lambda on, key=step.key: self.wanted.emit(key, How.DONE if on else How.OPEN, "")
            )
            row.skipped.connect(
                lambda reason, key=step.key: self.wanted.emit(key, How.SKIPPED, reason)
            )
            self.rows[step.key] = row
            box.addWidget(row)
        if known is None and type_:
            unknown = QLabel(self.tr("This console does not know the steps of this type."))
            unknown.setWordWrap(True)
            unknown.setProperty("role", "secondary")
            box.addWidget(unknown)
        self._box.replaceWidget(self._page, page)
        self._page.deleteLater()
        self._page = page

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._fill(self._type)
            if self._item is not None:
                self.render_item(self._item)
        super().changeEvent(event)


def _by_line(item: IncidentItem, key: str) -> Tick | None:
    kinds = _BY_LINE.get(key, ())
    line = next((line for line in item.row.history if line.kind in kinds), None)
    return None if line is None else Tick(How.DONE, line.at, line.by)
