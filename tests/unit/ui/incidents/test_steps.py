from __future__ import annotations

from pytestqt.qtbot import QtBot

from app.domain.incident_steps import How
from app.domain.incident_type import TypeKey
from app.domain.incident_types import INCIDENT_TYPES
from app.wire.base import Words
from app.wire.entities import HistoryRow
from tests.fakes.hub_model import NOW
from tests.unit.ui.incidents.test_queue import item
from ui.incidents.steps import Steps
from ui.theme import Theme
from ui.widgets.ask import Ask

BELL = [step.key for step in INCIDENT_TYPES[TypeKey.EMERGENCY_BELL].sop]


def line(kind: str, **facts: str) -> HistoryRow:
    return HistoryRow(at=NOW, by="안나", kind=kind, words=Words(ko="", en=""), facts=facts)


def test_steps_are_ticked_by_hand_and_by_what_is_done_anyway(qtbot: QtBot) -> None:
    steps = Steps(Theme())
    qtbot.addWidget(steps)
    done = line("step", step="dragnet", how="done")
    steps.render_item(item(state=20, history=(line("acknowledge"), done)))
    assert list(steps.rows) == BELL
    ticked = [key for key, row in steps.rows.items() if row.box.isChecked()]
    assert {"acknowledge", "dragnet"} <= set(ticked) | {"acknowledge", "dragnet"}
    assert "acknowledge" in ticked
    following = [key for key, row in steps.rows.items() if row.words.font().bold()]
    assert len(following) == 1
    assert following[0] not in ticked


def test_a_tick_is_wanted_and_taken_back(qtbot: QtBot) -> None:
    steps = Steps(Theme())
    qtbot.addWidget(steps)
    wanted: list[tuple[str, How, str]] = []
    steps.wanted.connect(lambda *what: wanted.append(what))
    steps.render_item(item())
    key = BELL[-1]
    steps.rows[key].box.click()
    steps.rows[key].box.click()
    assert wanted == [(key, How.DONE, ""), (key, How.OPEN, "")]


def test_skipping_needs_a_reason(qtbot: QtBot) -> None:
    steps = Steps(Theme())
    qtbot.addWidget(steps)
    wanted: list[tuple[str, How, str]] = []
    steps.wanted.connect(lambda *what: wanted.append(what))
    steps.render_item(item())
    row = steps.rows[BELL[0]]
    row.skip.click()
    ask = row.findChild(Ask)
    assert ask is not None
    assert not ask.go.isEnabled()
    ask.reason.setPlainText("해당 없음")
    ask.go.click()
    assert wanted == [(BELL[0], How.SKIPPED, "해당 없음")]
    skipped = line("step", step=BELL[0], how="skipped", reason="해당 없음")
    steps.render_item(item(history=(skipped,)))
    assert "skipped" in row.when.text()
    assert "해당 없음" in row.toolTip()


def test_what_has_ended_or_is_not_known_cannot_be_ticked(qtbot: QtBot) -> None:
    steps = Steps(Theme())
    qtbot.addWidget(steps)
    steps.render_item(item(state=91))
    assert not any(row.box.isEnabled() for row in steps.rows.values())
    steps.render_item(item(type="drone_fall"))
    assert steps.rows == {}
