"""One incident: what is known of it, what was done, what can be done."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.clock import Clock
from app.domain.incident_state import Move, legal, needs_reason
from app.services.incident_overlay import IncidentItem
from app.services.incidents import Incidents
from ui.incidents import words
from ui.incidents.log import IncidentLog, lines
from ui.theme import Theme
from ui.translations import words as both
from ui.widgets.act_words import clock_time
from ui.widgets.ask import Ask
from ui.widgets.two_records import TwoRecords

translate = QCoreApplication.translate

# In the order of an incident's life.
MOVES: Final = (
    Move.ACKNOWLEDGE, Move.RESPOND, Move.RELEASE, Move.CLOSE, Move.REOPEN, Move.CANCEL,
)  # fmt: skip
# The end of something is confirmed, with room for a reason.
_ASKED: Final = frozenset({Move.RELEASE, Move.CLOSE, Move.REOPEN, Move.CANCEL})


class IncidentDetail(QWidget):
    """What a person wants is said by signals.

    move_wanted  (incident, move, reason)
    note_wanted  (incident, text)
    dragnet_wanted  (incident)
    """

    move_wanted = Signal(str, object, str)
    note_wanted = Signal(str, str)
    dragnet_wanted = Signal(str)

    def __init__(self, incidents: Incidents, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("incidentDetail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._incidents, self._clock = incidents, clock
        self.item: IncidentItem | None = None
        self.title, self.about, self.people, self.facts, self.empty = (QLabel() for _ in range(5))
        self.title.setProperty("role", "title")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self.about, self.people, self.facts, self.empty):
            label.setProperty("role", "secondary")
        for label in (self.title, self.about, self.people, self.facts):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.moves = {move: QPushButton() for move in MOVES}
        for move, button in self.moves.items():
            button.clicked.connect(lambda _checked=False, move=move: self.ask(move))
        self.dragnet = QPushButton()
        self.dragnet.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        self.dragnet.clicked.connect(self.ask_dragnet)
        self.records = TwoRecords()
        self.log = IncidentLog(theme)
        self.note, self.add = QLineEdit(), QPushButton()
        self.note.setMaxLength(10_000)
        self.note.returnPressed.connect(self._write)
        self.add.clicked.connect(self._write)
        self.note.textChanged.connect(lambda _: self._enable())
        self._body = QWidget()
        self._lay_out()
        self.retranslate()

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(6)
        row.addWidget(self.dragnet)
        for button in self.moves.values():
            row.addWidget(button)
        row.addStretch()
        writing = QHBoxLayout()
        writing.addWidget(self.note, 1)
        writing.addWidget(self.add)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(6)
        for label in (self.title, self.about, self.people, self.facts):
            body.addWidget(label)
        body.addLayout(row)
        body.addWidget(self.records)
        body.addWidget(self.log, 1)
        body.addLayout(writing)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 8, 0, 0)
        box.addWidget(self._body, 1)
        box.addWidget(self.empty, 1)

    def render_item(self, item: IncidentItem | None) -> None:
        other = item is None or self.item is None or item.row.id != self.item.row.id
        if other:
            self.note.clear()
        self.item = item
        self._body.setVisible(item is not None)
        self.empty.setVisible(item is None)
        if item is None:
            return
        row = item.row
        self.title.setText(f"{words.type_words(row.type)} · {row.title}")
        self.about.setText(self._about(item))
        self.people.setText(self._people(item))
        facts = " · ".join(f"{name} {value}" for name, value in row.facts.items() if value)
        self.facts.setText(facts)
        self.facts.setVisible(bool(facts))
        for move, button in self.moves.items():
            button.setVisible(legal(item.state, move))
        self.dragnet.setVisible(item.state.open)
        self.records.render_act(item.trouble)
        self.log.show_lines(lines(row.history, self._incidents.notes(row.id)))
        self._enable()

    def _about(self, item: IncidentItem) -> str:
        row = item.row
        place = row.place or translate("Incidents", "place not known")
        if row.approximate:
            place = translate("Incidents", "{place} (about there)").format(place=place)
        return " · ".join(
            (
                words.number_words(item),
                words.grade_words(row.grade),
                words.state_words(item),
                place,
                self._incidents.site_name(row.site),
            )
        )

    def _people(self, item: IncidentItem) -> str:
        row = item.row
        said = translate("Incidents", "received {time} · elapsed {elapsed}").format(
            time=clock_time(row.received_at),
            elapsed=words.elapsed_words(row.received_at, self._clock.now()),
        )
        if not row.assignee_name:
            return translate("Incidents", "{said} · nobody works on it").format(said=said)
        return translate("Incidents", "{said} · {name} works on it").format(
            said=said, name=row.assignee_name
        )

    def ask_dragnet(self) -> None:
        if self.item is not None and self.item.state.open:
            self.dragnet_wanted.emit(self.item.row.id)

    def ask(self, move: Move) -> None:
        """Does it, or asks first."""
        item = self.item
        if item is None or not legal(item.state, move):
            return
        incident = item.row.id
        if move not in _ASKED:
            self.move_wanted.emit(incident, move, "")
            return
        name = both(move.words)
        Ask(
            name,
            self.tr("{title}: {move}?").format(title=item.row.title, move=name),
            name,
            lambda reason: self.move_wanted.emit(incident, move, reason),
            self,
            reason=needs_reason(move),
        ).open()

    def _write(self) -> None:
        text = self.note.text().strip()
        if self.item is not None and text:
            self.note_wanted.emit(self.item.row.id, text)
            self.note.clear()

    def _enable(self) -> None:
        self.add.setEnabled(bool(self.note.text().strip()))

    def retranslate(self) -> None:
        for move, button in self.moves.items():
            button.setText(both(move.words).capitalize())
        self.dragnet.setText(self.tr("Dragnet (D)"))
        self.note.setPlaceholderText(self.tr("Write a note"))
        self.add.setText(self.tr("Add the note"))
        self.empty.setText(self.tr("Choose an incident."))
        self.log.setAccessibleName(self.tr("History and notes"))
        self.render_item(self.item)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
