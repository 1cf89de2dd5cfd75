"""One incident: what is known of it, what was done and is to be done, what can be done."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QCoreApplication, QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.clock import Clock
from app.domain.incident_state import Move, State, legal, needs_reason
from app.domain.incident_steps import How
from app.domain.rights import Action
from app.services.incident_overlay import IncidentItem
from app.services.incidents import Incidents
from ui.incidents import words
from ui.incidents.facts import Facts
from ui.incidents.log import IncidentLog, lines
from ui.incidents.ring import time_words
from ui.incidents.steps import Steps
from ui.theme import Theme, Type
from ui.translations import words as both
from ui.widgets.ask import Ask
from ui.widgets.forms import recent_form
from ui.widgets.hint import set_hint
from ui.widgets.scrolled import Scrolled
from ui.widgets.timing import timer
from ui.widgets.two_records import TwoRecords

translate = QCoreApplication.translate

# The end of something is confirmed, with room for a reason.
_ASKED: Final = frozenset({Move.RELEASE, Move.CLOSE, Move.REOPEN, Move.CANCEL})
_SECOND_MS: Final = 1000
# In the order of an incident's life, and which right each needs (app/domain/rights.py).
MOVES: Final = {
    Move.ACKNOWLEDGE: Action.ACKNOWLEDGE,
    Move.RESPOND: Action.RESPOND,
    Move.RELEASE: Action.RELEASE,
    Move.CLOSE: Action.CLOSE,
    Move.CANCEL: Action.CANCEL,
    Move.REOPEN: Action.REOPEN,
}
# As ui/action_list.py has them.
_KEYS: Final = {Move.ACKNOWLEDGE: "A", Move.RELEASE: "E", Move.CLOSE: "C"}


class IncidentDetail(QWidget):
    """What a person wants is said by signals.

    move_wanted     (incident, move, reason)
    note_wanted     (incident, text)
    step_wanted     (incident, step, How, reason)
    dragnet_wanted  (incident)
    reveal_wanted   (incident)
    notify_wanted   (incident)
    assign_wanted   (incident, account)
    merge_wanted    (incident, into)
    unmerge_wanted  (incident)
    """

    move_wanted = Signal(str, object, str)
    note_wanted = Signal(str, str)
    step_wanted = Signal(str, str, object, str)
    dragnet_wanted = Signal(str)
    reveal_wanted = Signal(str)
    notify_wanted = Signal(str)
    assign_wanted = Signal(str, str)
    merge_wanted = Signal(str, str)
    unmerge_wanted = Signal(str)

    def __init__(
        self, incidents: Incidents, theme: Theme, clock: Clock, *, margin: int = 0
    ) -> None:
        """`margin`: on every side but the upper one, where it stands alone."""
        super().__init__()
        self._margins = (margin, 8, margin, margin)
        self.setObjectName("incidentDetail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._incidents, self._clock, self._theme = incidents, clock, theme
        self.item: IncidentItem | None = None
        # Whose personal facts are on the screen: of one incident, until it is left.
        self._revealed = ""
        self.title, self.about, self.people, self.empty = (QLabel() for _ in range(4))
        self.golden, self.golden_step = QLabel(), QLabel()
        self.facts, self.steps = Facts(), Steps(theme)
        self.moves = {move: QPushButton() for move in MOVES}
        self.dragnet, self.notify, self.assign, self.merge = (QPushButton() for _ in range(4))
        self.records, self.log = TwoRecords(), IncidentLog(theme)
        self.note, self.add = QLineEdit(), QPushButton()
        self.sharing = QVBoxLayout()
        self._body = QWidget()
        self._dress()
        self._connect()
        self._lay_out()
        self._second = timer(self, _SECOND_MS, self._tick)
        self._second.start()
        self.retranslate()

    def _dress(self) -> None:
        self.title.setProperty("role", "heading")
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for label in (self.about, self.people, self.empty, self.golden_step):
            label.setProperty("role", "secondary")
        for label in (self.title, self.about, self.people):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.golden.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.golden_step.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.dragnet.setProperty("primary", True)  # noqa: FBT003 - Qt's own signature
        self.note.setMaxLength(10_000)

    def _connect(self) -> None:
        for move, button in self.moves.items():
            button.clicked.connect(lambda _checked=False, move=move: self.ask(move))
        self.dragnet.clicked.connect(self.ask_dragnet)
        self.notify.clicked.connect(lambda _: self._say(self.notify_wanted))
        self.assign.clicked.connect(lambda _: self._choose_colleague())
        self.merge.clicked.connect(lambda _: self._merge())
        self.facts.reveal_wanted.connect(self._reveal)
        self.steps.wanted.connect(self._step)
        self.note.returnPressed.connect(self._write)
        self.add.clicked.connect(self._write)
        self.note.textChanged.connect(lambda _: self._enable())

    def _lay_out(self) -> None:
        columns = QHBoxLayout()
        columns.setSpacing(16)
        columns.addWidget(self._known(), 5)
        columns.addLayout(self._told(), 5)
        columns.addWidget(Scrolled(self._actions()), 2)
        body = QVBoxLayout(self._body)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(8)
        body.addLayout(self._head())
        body.addWidget(self.records)
        body.addLayout(columns, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(*self._margins)
        box.addWidget(self._body, 1)
        box.addWidget(self.empty, 1)

    def _known(self) -> QWidget:
        """Scrolled as one: squeezed together, the rows of shares would cut their words."""
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.addWidget(self.facts)
        column.addWidget(self.steps)
        column.addLayout(self.sharing)
        column.addStretch()
        return Scrolled(inner)

    def _head(self) -> QHBoxLayout:
        said, time = QVBoxLayout(), QVBoxLayout()
        said.setSpacing(2)
        for label in (self.title, self.about, self.people):
            said.addWidget(label)
        time.setSpacing(0)
        for label in (self.golden, self.golden_step):
            time.addWidget(label)
        time.addStretch()
        head = QHBoxLayout()
        head.addLayout(said, 1)
        head.addLayout(time)
        return head

    def _told(self) -> QVBoxLayout:
        told = QVBoxLayout()
        told.addWidget(self.log, 1)
        told.addWidget(self.note)
        told.addWidget(self.add, 0, Qt.AlignmentFlag.AlignRight)
        return told

    def put_sharing(self, sharing: QWidget) -> None:
        """What is shared of it, below what is known."""
        self.sharing.addWidget(sharing)

    def _actions(self) -> QWidget:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setSpacing(4)
        buttons = (self.dragnet, *self.moves.values(), self.notify, self.assign, self.merge)
        for button in buttons:
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            column.addWidget(button)
        column.addStretch()
        return inner

    # showing

    @property
    def revealed(self) -> bool:
        """Whether the personal facts are on the screen."""
        return self.item is not None and self._revealed == self.item.row.id

    def render_item(self, item: IncidentItem | None) -> None:
        other = item is None or self.item is None or item.row.id != self.item.row.id
        if other:
            self.note.clear()
            self._revealed = ""
        self.item = item
        self._body.setVisible(item is not None)
        self.empty.setVisible(item is None)
        if item is None:
            return
        row = item.row
        parts = (words.type_words(row.type), words.own_title(item))
        self.title.setText(" · ".join(part for part in parts if part))
        self.about.setText(self._about(item))
        self.people.setText(self._people(item))
        self.facts.render_item(item, revealed=self.revealed)
        for move, button in self.moves.items():
            button.setVisible(self._allowed(item, move))
        self.dragnet.setVisible(item.state.open)
        self._show_allowed(item)
        self.steps.render_item(item)
        self.records.render_act(item.trouble)
        self.log.show_lines(lines(row.history, self._incidents.notes(row.id)))
        self._tick()
        self._enable()

    def _allowed(self, item: IncidentItem, move: Move) -> bool:
        return legal(item.state, move) and self._incidents.may(MOVES[move])

    def _show_allowed(self, item: IncidentItem) -> None:
        """Whoever has no right to something is not offered it."""
        may, merged = self._incidents.may, item.state is State.MERGED
        self.notify.setVisible(item.state.open and may(Action.RESPOND))
        self.assign.setVisible(item.state.open and may(Action.ASSIGN))
        self.merge.setVisible((item.state.open or merged) and may(Action.MERGE))
        undo = both(Move.UNMERGE.words).capitalize()
        self.merge.setText(words.keyed(undo if merged else self.tr("Merge…"), "U"))
        for widget in (self.note, self.add):
            widget.setVisible(may(Action.NOTE))
        self.steps.allowed = may(Action.RESPOND)

    def _tick(self) -> None:
        """The golden time runs."""
        found = self.item.golden(self._clock.now()) if self.item is not None else None
        self.golden.setVisible(found is not None)
        self.golden_step.setVisible(found is not None)
        if found is None or self.item is None:
            return
        self.golden.setText(time_words(found))
        self.golden_step.setText(both(found.step.words))
        broken = found.left_s <= 0
        token = words.grade_colour(self.item.row.grade) if broken else "text"
        palette = self.golden.palette()
        palette.setColor(self.golden.foregroundRole(), self._theme.color(token))
        self.golden.setPalette(palette)
        self.golden.setFont(self._theme.font(Type.LARGE))

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
            time=recent_form(row.received_at),
            elapsed=words.elapsed_words(row.received_at, self._clock.now()),
        )
        if not row.assignee_name:
            return translate("Incidents", "{said} · nobody works on it").format(said=said)
        return translate("Incidents", "{said} · {name} works on it").format(
            said=said, name=row.assignee_name
        )

    # what a person does

    def _say(self, signal: object) -> None:
        if self.item is not None:
            signal.emit(self.item.row.id)  # type: ignore[attr-defined]

    def ask_dragnet(self) -> None:
        if self.item is not None and self.item.state.open:
            self.dragnet_wanted.emit(self.item.row.id)

    def ask(self, move: Move) -> None:
        """Does it, or asks first."""
        item = self.item
        if item is None or not self._allowed(item, move):
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

    def _reveal(self) -> None:
        if self.item is not None:
            self._revealed = self.item.row.id
            self.reveal_wanted.emit(self.item.row.id)
            self.facts.render_item(self.item, revealed=True)

    def _step(self, step: str, how: How, reason: str) -> None:
        if self.item is not None:
            self.step_wanted.emit(self.item.row.id, step, how, reason)

    def _choose_colleague(self) -> None:
        """Whoever is signed in at another console, or oneself."""
        if self.item is None:
            return
        # Of the window: a menu may only belong to a native one that is at the top.
        incident, menu = self.item.row.id, QMenu(self.window())
        menu.aboutToHide.connect(menu.deleteLater)
        me = self._incidents.me
        if me and self.item.row.assignee != me:
            entry = menu.addAction(self.tr("I take it"))
            entry.triggered.connect(lambda: self.assign_wanted.emit(incident, me))
        for account, name in self._incidents.colleagues().items():
            entry = menu.addAction(name)
            entry.triggered.connect(lambda _=False, a=account: self.assign_wanted.emit(incident, a))
        if menu.isEmpty():
            menu.addAction(self.tr("Nobody else is signed in")).setEnabled(False)
        menu.popup(self.assign.mapToGlobal(self.assign.rect().bottomLeft()))

    def _merge(self) -> None:
        if self.item is not None and self.item.state is State.MERGED:
            self.unmerge_wanted.emit(self.item.row.id)
        else:
            self._choose_other()

    def _choose_other(self) -> None:
        """The open incidents, the ones that want attention most first."""
        if self.item is None:
            return
        incident, menu = self.item.row.id, QMenu(self.window())
        menu.aboutToHide.connect(menu.deleteLater)
        others = [o for o in self._incidents.all() if o.state.open and o.row.id != incident]
        for other in others[:20]:
            name = f"{other.row.number}  {words.type_words(other.row.type)} · {other.row.title}"
            entry = menu.addAction(name)
            into = other.row.id
            entry.triggered.connect(lambda _=False, i=into: self.merge_wanted.emit(incident, i))
        if menu.isEmpty():
            menu.addAction(self.tr("No other incident is open")).setEnabled(False)
        menu.popup(self.merge.mapToGlobal(self.merge.rect().bottomLeft()))

    def _write(self) -> None:
        text = self.note.text().strip()
        if self.item is not None and text:
            self.note_wanted.emit(self.item.row.id, text)
            self.note.clear()

    def _enable(self) -> None:
        self.add.setEnabled(bool(self.note.text().strip()))

    def retranslate(self) -> None:
        for move, button in self.moves.items():
            button.setText(words.keyed(both(move.words).capitalize(), _KEYS.get(move, "")))
        self.dragnet.setText(words.keyed(self.tr("Dragnet"), "D"))
        self.notify.setText(words.keyed(self.tr("Notify"), "P"))
        self.notify.setToolTip(self.tr("Tells all who are to be told of it, now"))
        self.assign.setText(words.keyed(self.tr("Hand over…"), "J"))
        set_hint(self.note, self.tr("Write a note"))
        self.add.setText(self.tr("Add the note"))
        self.empty.setText(self.tr("Choose an incident."))
        self.log.setAccessibleName(self.tr("History and notes"))
        self.facts.forget()
        self.render_item(self.item)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
