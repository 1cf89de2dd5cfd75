"""What is shared of one incident, and what the desk does about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from typing_extensions import override

from app.clock import Clock
from app.domain.incident_type import Reason
from app.domain.incident_types import type_of
from app.services.incident_overlay import IncidentItem
from app.services.shares import Receiver, Shares, runs
from app.wire.entities import AskRow, ShareRow
from ui.sharing import words
from ui.theme import Theme
from ui.translations import words as both
from ui.widgets.ask import Ask
from ui.widgets.timing import timer

_SECOND_MS: Final = 1000
LONGER_MINUTES: Final = 30
# As ui/incident_actions.py has it.
_KEY: Final = "G"


class GivenShares(QWidget):
    """What a person wants is said by signals.

    share_wanted     (incident, Receiver, ground, purpose)
    end_wanted       share
    approve_wanted   share
    reject_wanted    share
    longer_wanted    (share, minutes)
    answer_wanted    (share, ask, granted, needs a camera)
    """

    share_wanted = Signal(str, object, str, str)
    end_wanted = Signal(str)
    approve_wanted = Signal(str)
    reject_wanted = Signal(str)
    longer_wanted = Signal(str, int)
    answer_wanted = Signal(str, str, bool, bool)

    def __init__(self, shares: Shares, theme: Theme, clock: Clock) -> None:
        super().__init__()
        self.setObjectName("givenShares")
        self._shares, self._theme, self._clock = shares, theme, clock
        self.item: IncidentItem | None = None
        self.add = QPushButton()
        self.add.clicked.connect(self.choose)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(4)
        self._left: list[tuple[QLabel, ShareRow]] = []
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(4)
        box.addWidget(self.add)
        box.addLayout(self._rows)
        self._shown: object = None
        self._second = timer(self, _SECOND_MS, self._tick)
        self._second.start()
        self.retranslate()

    def render_item(self, item: IncidentItem | None) -> None:
        self.item = item
        found = self._shares.of_incident(item.row.id) if item is not None else []
        open_ = [share for share in found if share.state != "ended"]
        can = item is not None and item.state.open and not item.state.ends_shares
        self.add.setVisible(can and self._shares.may_share)
        shown = tuple((s.id, s.state, s.ends_at, s.cameras, s.asks) for s in open_)
        if shown == self._shown:
            return
        self._shown = shown
        self._clear()
        for share in open_:
            self._rows.addWidget(self._row(share))
            for ask in share.asks:
                if ask.state == "open":
                    self._rows.addWidget(self._ask_row(share, ask))
        self._tick()

    def propose(self) -> None:
        """One key: the receiver that stands first, where nothing has to be said about it."""
        receivers = self._possible()
        if not receivers:
            return
        first = receivers[0]
        if first.rule.approval or self._reasons():
            self.choose()
        else:
            self._wanted(first, "")

    def choose(self) -> None:
        """To whom."""
        menu = QMenu(self.window())
        menu.aboutToHide.connect(menu.deleteLater)
        for receiver in self._possible():
            name = f"{receiver.name} ({both(receiver.kind.words)})"
            if receiver.rule.approval:
                name = self.tr("{name}: needs approval…").format(name=name)
            reasons = self._reasons()
            if not reasons:
                menu.addAction(name).triggered.connect(partial(self._wanted, receiver, ""))
                continue
            # An anklet's picture needs one of the reasons of the law.
            inner = menu.addMenu(name)
            for reason in reasons:
                entry = inner.addAction(both(reason.words))
                entry.triggered.connect(partial(self._wanted, receiver, reason.key))
        if menu.isEmpty():
            menu.addAction(self.tr("Nobody else may have this")).setEnabled(False)
        menu.popup(self.add.mapToGlobal(self.add.rect().bottomLeft()))

    def _possible(self) -> list[Receiver]:
        """Those that do not have it already."""
        if self.item is None:
            return []
        has = {s.receiver for s in self._shares.of_incident(self.item.row.id) if s.state != "ended"}
        return [r for r in self._shares.receivers(self.item.row.type) if r.site not in has]

    def _reasons(self) -> tuple[Reason, ...]:
        known = type_of(self.item.row.type) if self.item is not None else None
        return known.reasons if known is not None else ()

    def _wanted(self, receiver: Receiver, ground: str, _checked: object = None) -> None:
        if self.item is None:
            return
        incident = self.item.row.id
        if not receiver.rule.approval:
            self.share_wanted.emit(incident, receiver, ground, "")
            return
        question = self.tr("Why should {name} see this? A supervisor has to agree.")
        Ask(
            self.tr("Share the video"),
            question.format(name=receiver.name),
            self.tr("Ask for approval"),
            lambda purpose: self.share_wanted.emit(incident, receiver, ground, purpose),
            self,
            reason=True,
        ).open()

    # rows

    def _row(self, share: ShareRow) -> QWidget:
        name, left = QLabel(), QLabel()
        name.setTextFormat(Qt.TextFormat.PlainText)
        name.setWordWrap(True)
        name.setText(f"{words.receiver_words(share)} · {words.count_words(share)}")
        name.setToolTip(words.basis_words(share))
        left.setProperty("role", "secondary")
        self._left.append((left, share))
        row = _line(name, left)
        box = row.layout()
        if box is None:
            return row
        for button in self._buttons(share):
            box.addWidget(button)
        return row

    def _buttons(self, share: ShareRow) -> list[QPushButton]:
        id_ = share.id
        if share.state == "proposed":
            if not self._shares.may_approve:
                return []
            return [
                _button(self.tr("Approve"), partial(self.approve_wanted.emit, id_)),
                _button(self.tr("Reject"), partial(self.reject_wanted.emit, id_)),
            ]
        if not self._shares.may_share:
            return []
        longer = self.tr("+{minutes} min").format(minutes=LONGER_MINUTES)
        return [
            _button(longer, partial(self.longer_wanted.emit, id_, LONGER_MINUTES)),
            _button(self.tr("End"), partial(self.end_wanted.emit, id_)),
        ]

    def _ask_row(self, share: ShareRow, ask: AskRow) -> QWidget:
        said = QLabel(words.ask_words(ask))
        said.setWordWrap(True)
        said.setTextFormat(Qt.TextFormat.PlainText)
        row = QWidget()
        column = QVBoxLayout(row)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(said)
        if self._shares.may_share:
            # Below what is asked: beside it there is no room for both.
            box = QHBoxLayout()
            box.addStretch()
            column.addLayout(box)
            more = bool(ask.place)
            give = partial(self.answer_wanted.emit, share.id, ask.id, True, more)  # noqa: FBT003
            keep = partial(self.answer_wanted.emit, share.id, ask.id, False, more)  # noqa: FBT003
            grant = self.tr("Give the focused tile") if more else self.tr("Give")
            box.addWidget(_button(grant, give))
            box.addWidget(_button(self.tr("No"), keep))
        return row

    def _clear(self) -> None:
        self._left.clear()
        while (entry := self._rows.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.hide()
                widget.deleteLater()

    def _tick(self) -> None:
        now = self._clock.now()
        for label, share in self._left:
            label.setText(words.left_words(share, now))
            label.setEnabled(runs(share, now) or share.state == "proposed")

    def retranslate(self) -> None:
        said = self.tr("Share…")
        self.add.setText(f"{said}   {_KEY}")
        self._shown = None
        self.render_item(self.item)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _line(*labels: QLabel) -> QWidget:
    row = QWidget()
    box = QHBoxLayout(row)
    box.setContentsMargins(0, 0, 0, 0)
    box.setSpacing(6)
    for number, label in enumerate(labels):
        box.addWidget(label, int(number == 0))
    return row


def _button(text: str, clicked: Callable[[], object]) -> QPushButton:
    made = QPushButton(text)
    made.setProperty("small", True)  # noqa: FBT003 - Qt's own signature
    made.clicked.connect(lambda _checked=False: clicked())
    return made
