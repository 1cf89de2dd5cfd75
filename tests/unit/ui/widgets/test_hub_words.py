from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QStandardItemModel
from pytestqt.qtbot import QtBot

from app.domain.hub_act import ActState, HubAct
from app.domain.text import Text
from app.services.hub_link import Link, LinkState
from ui import icons
from ui.theme import Theme
from ui.widgets.act_words import act_mark, act_state, act_words, mine, said, theirs
from ui.widgets.ask import Ask
from ui.widgets.calm_table import CalmTable
from ui.widgets.forms import recent_form
from ui.widgets.link_words import link_mark, link_words
from ui.widgets.two_records import TwoRecords

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
ACT = HubAct("a1", "c", 1, "anna", "incident.close", "i1", 1, AT, {"reason": "상황 종료"})
CURRENT = {"state": 91, "assignee_name": "김관제", "changed_at": AT.isoformat()}


@pytest.mark.parametrize(
    ("link", "words"),
    [
        (Link(), "signed out"),
        (Link(LinkState.CONNECTING), "connecting"),
        (Link(LinkState.CATCHING_UP, filled=3, to_fill=10), "fetching 3 of 10"),
        (Link(LinkState.CATCHING_UP, lag=12), "catching up, 12 behind"),
        (Link(LinkState.LIVE), "live"),
        (Link(LinkState.LIVE, lag=2), "live, 2 behind"),
        (Link(LinkState.LIVE, polling=True), "live, by asking again and again"),
        (Link(LinkState.OFFLINE), "not reachable, trying again"),
        (Link(LinkState.REFUSED), "refused"),
    ],
)
def test_the_link_in_words(link: Link, words: str) -> None:
    assert link_words(link) == words
    icon, token = link_mark(link)
    assert icon in icons.names()
    assert Theme().color(token).isValid()


def test_an_act_in_words() -> None:
    assert act_words(ACT) == "close"
    assert act_words(replace(ACT, type="wall.save")) == "save a wall"
    assert act_words(replace(ACT, type="later.kind")) == "later.kind"
    assert {act_state(replace(ACT, state=state)) for state in ActState} == {
        "waiting to be sent", "being sent", "done", "conflict", "refused",
    }  # fmt: skip
    assert act_mark(ACT)[0] == "ring"
    assert said(ACT) == "상황 종료"
    assert said(replace(ACT, args={})) == ""


def test_both_records_of_a_conflict() -> None:
    assert mine(ACT).endswith("anna: close\n상황 종료")
    assert theirs(CURRENT).splitlines() == [
        "state: closed", "in the hands of 김관제", f"changed at {recent_form(AT)}",
    ]  # fmt: skip
    assert theirs({"name": "야간"}) == "야간"
    assert theirs(None) == ""


def test_the_two_records_are_there_for_a_trouble_only(qtbot: QtBot) -> None:
    records = TwoRecords()
    qtbot.addWidget(records)
    assert records.isHidden()
    reason = Text("이미 종결", "It is closed.")
    conflict = replace(ACT, state=ActState.CONFLICT, reason=reason, current=CURRENT)
    records.render_act(conflict)
    assert records.reason.text() == "It is closed."
    assert "closed" in records.theirs.text()
    records.render_act(replace(conflict, current=None, reason=None))
    assert records.theirs.text() == "no record"
    records.render_act(None)
    assert records.isHidden()


def test_a_reason_that_must_be_given(qtbot: QtBot) -> None:
    given: list[str] = []
    ask = Ask("Cancel", "Really?", "Cancel it", given.append, reason=True)
    qtbot.addWidget(ask)
    ask.open()
    assert not ask.go.isEnabled()
    ask.reason.setPlainText(" 오인 신고 ")
    ask.go.click()
    assert given == ["오인 신고"]


def test_a_question_without_a_reason_can_be_left(qtbot: QtBot) -> None:
    given: list[str] = []
    ask = Ask("Discard", "Really?", "Discard", given.append)
    qtbot.addWidget(ask)
    ask.open()
    assert ask.reason.isHidden()
    ask.cancel.click()
    assert given == []
    assert not ask.isVisible()


def test_a_table_chooses_whole_rows(qtbot: QtBot) -> None:
    model = QStandardItemModel(3, 2)
    table = CalmTable(model, Theme(), (100, 80), 1)
    qtbot.addWidget(table)
    assert table.chosen() == -1
    table.choose(2)
    assert table.chosen() == 2
    table.choose(-1)
    assert table.chosen() == -1
    assert table.columnWidth(0) == 100
