"""A sound for what has just happened, by grade; the urgent one cannot be turned off."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final, Protocol

from app.clock import Clock
from app.domain import tones
from app.domain.errors import Failure
from app.domain.incident_state import State
from app.domain.incident_type import Grade
from app.domain.text import Text
from app.services.incident_overlay import IncidentItem
from app.signals import Signal

# A thousand incidents in a minute are one warning every few seconds, not a thousand.
PAUSE_S: Final = 3.0


class SoundPlayer(Protocol):
    def play(self, wav: bytes) -> None:
        """Returns at once. Raises `Failure` where nothing can be heard."""
        ...

    def stop(self) -> None: ...


class Alarms:
    """`aloud` says whether grades below urgent are heard as well, `volume` how loud, in percent.

    notices  once, where this machine has no sound
    """

    def __init__(
        self,
        player: SoundPlayer,
        clock: Clock,
        aloud: Callable[[], bool],
        volume: Callable[[], int] = lambda: tones.LOUDNESS,
    ) -> None:
        self.notices: Signal[Text] = Signal("notices of the alarms")
        self._player, self._clock, self._aloud, self._volume = player, clock, aloud, volume
        self._known: set[str] | None = None
        self._last: tuple[float, Grade] | None = None
        self._told = False

    def forget(self) -> None:
        """Another person begins: what lies there already is not news."""
        self._known = None

    def follow(self, items: Sequence[IncidentItem]) -> Grade | None:
        """Plays for what is new since the last call; the grade that was played."""
        waiting = {i.row.id: i for i in items if i.state is State.RECEIVED}
        before, self._known = self._known, set(waiting)
        if before is None:
            return None
        new = [item for id_, item in waiting.items() if id_ not in before]
        grades = [Grade(item.row.grade) for item in new if item.row.grade in set(Grade)]
        if not self._aloud():
            grades = [grade for grade in grades if grade is Grade.URGENT]
        grades = [grade for grade in grades if tones.percent(grade, self._volume())]
        if not grades:
            return None
        grade = min(grades)
        if not self._may(grade):
            return None
        self._last = (self._clock.monotonic(), grade)
        self._play(grade)
        return grade

    def _may(self, grade: Grade) -> bool:
        """Not again within the pause, unless this one weighs more."""
        if self._last is None:
            return True
        at, played = self._last
        return self._clock.monotonic() - at >= PAUSE_S or grade < played

    def _play(self, grade: Grade) -> None:
        try:
            self._player.play(tones.wav(grade, self._volume()))
        except Failure as failure:
            if not self._told:
                self._told = True
                self.notices.emit(failure.text)

    def stop(self) -> None:
        self._player.stop()
