"""The list of a receiver: what is shared with this room now, and why something went dark."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from app.clock import Clock
from app.services.receiving import Receiving
from app.services.shares import runs
from app.wire.entities import ShareRow
from ui.sharing import words
from ui.sharing.cards import ShareCards
from ui.theme import Theme
from ui.widgets.ask import Ask
from ui.widgets.timing import timer

_SECOND_MS: Final = 1000
ASKED_MINUTES: Final = 30


class ReceivedPanel(QWidget):
    """What a person wants is said by signals. `facts`: what may be known of the incident.

    chosen      id of the share that is to be looked at, "" for none
    more_time   (share, minutes)
    more_place  (share, place in words)
    given_back  share
    stepped     to the next picture, or -1: the one before; where only one is shown at a time
    """

    chosen = Signal(str)
    more_time = Signal(str, int)
    more_place = Signal(str, str)
    given_back = Signal(str)
    stepped = Signal(int)

    def __init__(self, receiving: Receiving, theme: Theme, clock: Clock, facts: QWidget) -> None:
        super().__init__()
        self.setObjectName("receivedPanel")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._receiving, self._clock = receiving, clock
        self.share: ShareRow | None = None
        self.cards = ShareCards(theme, self._say)
        self.empty, self.warning, self.basis = QLabel(), QLabel(), QLabel()
        self.facts = facts
        self.time, self.place, self.back = (QPushButton() for _ in range(3))
        self.before, self.after = QPushButton(), QPushButton()
        self.before.clicked.connect(lambda: self.stepped.emit(-1))
        self.after.clicked.connect(lambda: self.stepped.emit(1))
        self._large = False
        for label in (self.empty, self.basis):
            label.setProperty("role", "secondary")
        for label in (self.empty, self.warning, self.basis):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.warning.setObjectName("shareWarning")
        self._lay_out()
        self.cards.chosen.connect(self.choose)
        self.time.clicked.connect(self._ask_time)
        self.place.clicked.connect(self._ask_place)
        self.back.clicked.connect(self._ask_back)
        self._second = timer(self, _SECOND_MS, self._tick)
        self._second.start()
        self.retranslate()

    def _lay_out(self) -> None:
        # Below each other: two beside each other cut the words of the longer languages.
        buttons = QVBoxLayout()
        for button in (self.time, self.place, self.back):
            buttons.addWidget(button)
        steps = QHBoxLayout()
        for button in (self.before, self.after):
            steps.addWidget(button)
        below = QVBoxLayout()
        below.setContentsMargins(12, 8, 12, 12)
        below.setSpacing(8)
        below.addWidget(self.basis)
        below.addWidget(self.facts)
        below.addLayout(steps)
        below.addLayout(buttons)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(0)
        box.addWidget(self.warning)
        box.addWidget(self.cards, 1)
        box.addWidget(self.empty, 1)
        box.addLayout(below)

    @property
    def large(self) -> bool:
        return self._large

    def set_large(self, *, large: bool) -> None:
        """For a hand in a moving car."""
        self._large = large
        for button in (self.before, self.after, self.time, self.place, self.back):
            button.setProperty("large", large)
            button.style().unpolish(button)
            button.style().polish(button)
        self.follow()

    def follow(self) -> None:
        """What is shared is another, or somebody chose another one."""
        running, over = self._receiving.running(), self._receiving.ended()
        wanted = self.share.id if self.share is not None else ""
        self.share = next((one for one in running if one.id == wanted), None)
        if self.share is None and running:
            self.share = running[0]
        lit = self.share.id if self.share is not None else ""
        self.cards.render_shares(running, over, lit, self._clock.now())
        self.cards.setVisible(bool(running or over))
        self.empty.setVisible(not (running or over))
        for widget in (self.time, self.place, self.back):
            widget.setVisible(self.share is not None)
        several = self.share is not None and len(self.share.cameras) > 1
        for widget in (self.before, self.after):
            widget.setVisible(self._large and several)
        self.basis.setVisible(self.share is not None)
        self.facts.setVisible(self.share is not None)
        if self.share is not None:
            self.basis.setText(words.basis_words(self.share))
        self._warn()

    def choose(self, id_: str) -> None:
        found = next((one for one in self._receiving.running() if one.id == id_), None)
        if found is not None:
            self.share = found
            self.follow()
            self.chosen.emit(found.id)

    def step(self, by: int) -> None:
        """The next share, or the one before."""
        running = self._receiving.running()
        if running:
            ids = [one.id for one in running]
            at = ids.index(self.share.id) if self.share is not None and self.share.id in ids else 0
            self.choose(ids[(at + by) % len(ids)])

    def _say(self, share: ShareRow) -> tuple[str, str]:
        if runs(share, self._clock.now()) and not self._receiving.blind:
            about = f"{share.site_name} · {words.count_words(share)}"
            return words.title_words(share), about
        return words.title_words(share), words.ending_words(share)

    def _warn(self) -> None:
        left = self._receiving.blind_in()
        self.warning.setVisible(left is not None)
        if left is None:
            return
        if left <= 0:
            self.warning.setText(self.tr("The hub is away: nothing is shown until it is back."))
        else:
            said = self.tr("The hub is away. The pictures go dark in {seconds} s.")
            self.warning.setText(said.format(seconds=int(left)))

    def _tick(self) -> None:
        self.cards.tick(self._clock.now())
        self._warn()

    # what a person does

    def _ask_time(self) -> None:
        if self.share is not None:
            self.more_time.emit(self.share.id, ASKED_MINUTES)

    def _ask_place(self) -> None:
        if self.share is None:
            return
        share = self.share.id
        Ask(
            self.tr("Another camera"),
            self.tr("Which place should be seen?"),
            self.tr("Ask the centre"),
            lambda place: self.more_place.emit(share, place),
            self,
            reason=True,
        ).open()

    def _ask_back(self) -> None:
        if self.share is None:
            return
        share = self.share.id
        Ask(
            self.tr("Give back"),
            self.tr("Give the video back? It is gone at once."),
            self.tr("Give back"),
            lambda _: self.given_back.emit(share),
            self,
        ).open()

    def retranslate(self) -> None:
        self.empty.setText(self.tr("Nothing is shared with you now.\nIt appears here by itself."))
        self.time.setText(self.tr("{minutes} min more").format(minutes=ASKED_MINUTES))
        self.time.setToolTip(self.tr("Asks the centre for more time"))
        self.place.setText(self.tr("Other camera…"))
        self.back.setText(self.tr("Give back…"))
        self.before.setText(self.tr("Previous camera"))
        self.after.setText(self.tr("Next camera"))
        self.follow()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
