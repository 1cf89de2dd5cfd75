from __future__ import annotations

import pytest
from typing_extensions import override

from app.domain.errors import Unavailable
from app.domain.incident_type import Grade
from app.domain.text import Text
from app.domain.tones import LEAST_URGENT, LOUDNESS, wav
from app.services.alarms import PAUSE_S, Alarms, SoundPlayer
from app.services.incident_overlay import IncidentItem
from app.wire.entities import IncidentRow
from tests.fakes.clock import HandClock
from tests.fakes.incidents import NOON


class Player(SoundPlayer):
    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.silent = False

    @override
    def play(self, wav: bytes) -> None:
        if self.silent:
            raise Unavailable(Text("소리 없음", "no sound"))
        self.heard.append(wav)

    @override
    def stop(self) -> None:
        self.heard.append(b"stopped")


def item(id_: str, grade: int = 10, state: int = 10) -> IncidentItem:
    row = IncidentRow(
        id=id_, number=id_, type="fall", grade=grade, state=state, title="", site="s",
        source="ai", occurred_at=NOON, received_at=NOON, changed_at=NOON,
    )  # fmt: skip
    return IncidentItem(row, 1)


class Desk:
    def __init__(self) -> None:
        self.player, self.clock, self.aloud = Player(), HandClock(100.0), True
        self.volume = LOUDNESS
        self.alarms = Alarms(self.player, self.clock, lambda: self.aloud, lambda: self.volume)
        self.alarms.follow([item("old")])


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_what_lies_there_already_makes_no_sound(desk: Desk) -> None:
    assert desk.player.heard == []
    desk.alarms.forget()
    assert desk.alarms.follow([item("old"), item("other")]) is None


def test_each_new_one_is_heard_by_its_grade(desk: Desk) -> None:
    assert desk.alarms.follow([item("old"), item("a", 20)]) is Grade.NORMAL
    assert desk.player.heard == [wav(Grade.NORMAL)]
    desk.clock.at += PAUSE_S
    both = [item("old"), item("a", 20), item("b", 90), item("c", 10)]
    assert desk.alarms.follow(both) is Grade.URGENT, "of several the highest"
    assert desk.alarms.follow(both) is None


def test_a_burst_is_one_warning_but_what_weighs_more_is_heard_at_once(desk: Desk) -> None:
    assert desk.alarms.follow([item("old"), item("a", 20)]) is Grade.NORMAL
    assert desk.alarms.follow([item("old"), item("a", 20), item("b", 20)]) is None
    assert desk.alarms.follow([item("old"), item("c", 10)]) is Grade.URGENT
    assert desk.alarms.follow([item("old"), item("c", 10), item("d", 10)]) is None


def test_only_urgent_ones_are_heard_when_the_others_are_turned_off(desk: Desk) -> None:
    desk.aloud = False
    assert desk.alarms.follow([item("old"), item("a", 20), item("b", 90)]) is None
    assert desk.alarms.follow([item("old"), item("c", 10)]) is Grade.URGENT


def test_turned_down_to_nothing_only_urgent_ones_are_heard(desk: Desk) -> None:
    desk.volume = 0
    assert desk.alarms.follow([item("old"), item("a", 20), item("b", 90)]) is None
    assert desk.alarms.follow([item("old"), item("c", 10)]) is Grade.URGENT
    assert desk.player.heard == [wav(Grade.URGENT, LEAST_URGENT)]


def test_it_is_as_loud_as_was_set(desk: Desk) -> None:
    desk.volume = 20
    assert desk.alarms.follow([item("old"), item("a", 20)]) is Grade.NORMAL
    assert desk.player.heard == [wav(Grade.NORMAL, 20)]


def test_one_that_is_taken_up_or_of_a_newer_grade_makes_no_sound(desk: Desk) -> None:
    assert desk.alarms.follow([item("old"), item("a", 10, state=20), item("b", 77)]) is None


def test_a_machine_without_sound_says_so_once(desk: Desk) -> None:
    told: list[Text] = []
    desk.alarms.notices.connect(told.append)
    desk.player.silent = True
    desk.alarms.follow([item("a")])
    desk.clock.at += 10
    desk.alarms.follow([item("b")])
    assert [text.en for text in told] == ["no sound"]
    desk.alarms.stop()
    assert desk.player.heard == [b"stopped"]
