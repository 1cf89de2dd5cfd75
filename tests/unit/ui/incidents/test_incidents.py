from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.domain.hub_act import ActState, HubAct
from app.domain.incident_state import Move
from app.services.hub_session import HubSession
from app.services.incident_overlay import IncidentItem
from app.services.incidents import NewIncident
from app.wire.base import Words
from app.wire.entities import HistoryRow, IncidentRow, NoteRow
from tests.fakes.hub import PASSWORD, ModelHub
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_desk_site import close, hub_session, put_incident
from tests.fakes.hub_model import NOW, HubModel
from tests.fakes.waiting import until
from ui.incidents import words
from ui.incidents.detail import IncidentDetail
from ui.incidents.log import IncidentLog, line_words, lines
from ui.incidents.model import COLUMNS, ELAPSED, PLACE, IncidentTable
from ui.incidents.new import NewIncidentDialog
from ui.incidents.panel import IncidentPanel
from ui.theme import Theme
from ui.widgets.ask import Ask

Role = Qt.ItemDataRole


def item(
    id_: str = "i1", waiting: int = 0, trouble: HubAct | None = None, **row: Any
) -> IncidentItem:
    given: dict[str, Any] = {
        "id": id_, "number": f"20260302-{id_}", "type": "emergency_bell", "grade": 10, "state": 10,
        "title": "비상벨", "place": "월성네거리", "site": "s", "source": "bells",
        "occurred_at": NOW, "received_at": NOW, "changed_at": NOW,
    }  # fmt: skip
    return IncidentItem(IncidentRow(**given | row), 1, waiting, trouble)


@pytest.fixture
def table(qtbot: QtBot) -> IncidentTable:
    clock = hand_clock()
    clock.at += 83
    made = IncidentTable(Theme(), clock)
    made.tester = QAbstractItemModelTester(made)  # type: ignore[attr-defined]
    return made


def shown(table: IncidentTable) -> list[str]:
    return [found.row.id for row in range(table.rowCount()) if (found := table.item(row))]


def test_a_row_says_what_an_operator_needs(table: IncidentTable) -> None:
    table.set_items([item(waiting=1, assignee_name="안나")])
    said = [table.index(0, n).data() for n in range(len(COLUMNS))]
    assert said == [
        "received · waiting to be sent", "urgent", "emergency bell", "20260302-i1",
        "비상벨 · 월성네거리", "01:23", "안나",
    ]  # fmt: skip
    assert table.index(0, 1).data(Role.ForegroundRole) == Theme().color("urgent")
    assert not table.index(0, 0).data(Role.DecorationRole).isNull()


def test_rows_keep_their_selection_when_the_order_changes(table: IncidentTable) -> None:
    table.set_items([item("a"), item("b"), item("c")])
    kept = QPersistentModelIndex(table.index(2, 0))
    table.set_items([item("c"), item("d"), item("a")])
    assert shown(table) == ["c", "d", "a"]
    assert kept.row() == 0


def test_nothing_jumps_while_somebody_points_at_it(table: IncidentTable) -> None:
    table.set_items([item("a"), item("b")])
    table.set_items([item("n"), item("b", state=20)], hold=True)
    assert shown(table) == ["a", "b", "n"]
    assert table.index(1, 0).data() == "acknowledged"
    table.set_items([item("n"), item("b", state=20)])
    assert shown(table) == ["n", "b"]


def test_only_what_changed_is_told(qtbot: QtBot) -> None:
    table = IncidentTable(Theme(), hand_clock())
    table.set_items([item(f"i{n:03d}") for n in range(500)])
    told: list[int] = []
    table.dataChanged.connect(lambda first, _last, _roles: told.append(first.row()))
    table.set_items([item(f"i{n:03d}", state=20 if n == 7 else 10) for n in range(500)])
    assert told == [7]
    table.second()
    assert told == [7, 0]
    assert table.row_of("i499") == 499
    assert table.row_of("gone") == -1


def test_the_head_of_the_table(table: IncidentTable) -> None:
    horizontal = Qt.Orientation.Horizontal
    assert table.headerData(PLACE, horizontal) == "What and where"
    right = table.headerData(ELAPSED, horizontal, Role.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    assert table.headerData(0, Qt.Orientation.Vertical) is None


def test_words_for_what_a_newer_hub_says() -> None:
    assert words.type_words("later") == "later"
    assert words.grade_words(42) == "42"
    assert words.grade_colour(42) == "secondary"
    assert words.number_words(item(number="")) == "no number yet"
    assert words.who_words(item()) == "–"
    assert words.state_mark(item(state=91)) == ("check", "faint")
    trouble = HubAct("a", "c", 1, "anna", "incident.close", "i1", 1, NOW, state=ActState.REFUSED)
    assert words.state_words(item(trouble=trouble)) == "received · not taken"


@pytest.mark.parametrize(
    ("seconds", "said"), [(-5, "00:00"), (3599, "59:59"), (3600, "1:00:00"), (200_000, "2 d")]
)
def test_elapsed_time(seconds: float, said: str) -> None:
    assert words.elapsed_words(NOW, NOW + timedelta(seconds=seconds)) == said


def test_history_and_notes_stand_in_the_order_of_time(qtbot: QtBot) -> None:
    later = NOW + timedelta(seconds=5)
    history = [HistoryRow(at=later, by="허브", kind="x", words=Words(ko="가", en="received"))]
    note = NoteRow(id="n", incident="i", at=NOW, by="안나", text="통화함")
    found = lines(history, [(note, True)])
    assert [line.text for line in found] == ["통화함", "received"]
    assert "waiting to be sent" in line_words(found[0])
    log = IncidentLog(Theme())
    qtbot.addWidget(log)
    log.show_lines(found)
    log.show_lines(found)
    assert log.count() == 2


def test_a_new_incident_needs_a_title(qtbot: QtBot) -> None:
    made: list[NewIncident] = []
    parent = IncidentLog(Theme())
    qtbot.addWidget(parent)
    dialog = NewIncidentDialog(made.append, parent)
    dialog.open()
    assert not dialog.save.isEnabled()
    dialog.title.setText("연기가 보임")
    dialog.place.setText("상인역")
    dialog.type.setCurrentIndex(dialog.type.findData("fire"))
    dialog.save.click()
    assert made == [NewIncident("fire", "연기가 보임", "상인역")]


# with a hub behind it


def at_once(work: Coroutine[Any, Any, object], _name: str) -> None:
    asyncio.run(_alone(work))


async def _alone(work: Coroutine[Any, Any, object]) -> None:
    await work


@pytest.fixture
def session(tmp_path: Path) -> Iterator[HubSession]:
    """Anna has signed in and the hub is away."""
    model = HubModel()
    put_incident(model)
    put_incident(model, "i2", state=91, number="20260302-0002")

    async def begun() -> HubSession:
        made = await hub_session(ModelHub(model), tmp_path, hand_clock())
        await made.sign_in("anna", PASSWORD)
        await until(lambda: len(made.parts.incidents.all()) == 2)
        await made.parts.sync.stop()
        return made

    made = asyncio.run(begun())
    yield made
    asyncio.run(close(made))


@pytest.fixture
def panel(qtbot: QtBot, session: HubSession) -> IncidentPanel:
    made = IncidentPanel(session.parts.incidents, Theme(), hand_clock(), at_once)
    qtbot.addWidget(made)
    made.resize(1100, 800)
    made.show()
    made.table.choose(0)
    return made


def pressed(panel: IncidentPanel, move: Move, reason: str = "") -> None:
    panel.detail.moves[move].click()
    ask = panel.detail.findChild(Ask)
    if isinstance(ask, Ask):
        ask.reason.setPlainText(reason)
        ask.go.click()
    panel.follow()


def test_the_ended_ones_are_shown_when_asked_for(panel: IncidentPanel) -> None:
    assert panel.model.rowCount() == 1
    assert panel.count.text() == "1 open · 2 in all"
    panel.ended.setChecked(True)
    assert panel.model.rowCount() == 2


def test_an_incident_from_receiving_to_closing_without_the_hub(panel: IncidentPanel) -> None:
    detail: IncidentDetail = panel.detail
    assert detail.title.text().startswith("emergency bell")
    assert detail.moves[Move.CLOSE].isHidden()
    pressed(panel, Move.ACKNOWLEDGE)
    assert "안나 works on it" in detail.people.text()
    pressed(panel, Move.RESPOND)
    pressed(panel, Move.RELEASE, "상황 종료")
    assert not detail.moves[Move.CLOSE].isHidden()
    assert "released · waiting to be sent" in detail.about.text()


def test_a_note_is_written_with_enter(panel: IncidentPanel, session: HubSession) -> None:
    assert not panel.detail.add.isEnabled()
    panel.detail.note.setText("통화함")
    panel.detail.note.returnPressed.emit()
    panel.follow()
    assert panel.detail.log.count() == 1
    assert panel.detail.note.text() == ""
    assert session.parts.outbox.waiting == 1


def test_a_new_one_is_chosen_at_once(panel: IncidentPanel) -> None:
    panel.new.click()
    dialog = panel.findChild(NewIncidentDialog)
    assert isinstance(dialog, NewIncidentDialog)
    dialog.title.setText("쓰러진 사람")
    dialog.save.click()
    assert panel.detail.item is not None
    assert panel.detail.item.row.title == "쓰러진 사람"
    assert "no number yet" in panel.detail.about.text()


def test_a_burst_is_shown_together(panel: IncidentPanel, session: HubSession, qtbot: QtBot) -> None:
    followed: Callable[[], None] = panel.follow
    for _ in range(50):
        session.parts.incidents.changed.emit(None)
    assert panel._together.isActive()
    qtbot.waitUntil(lambda: not panel._together.isActive())
    followed()
    assert panel.model.rowCount() == 1


def test_nothing_is_chosen_when_the_session_is_over(
    panel: IncidentPanel, session: HubSession
) -> None:
    asyncio.run(session.sign_out())
    panel.follow()
    assert panel.model.rowCount() == 0
    assert panel.detail.item is None
    assert panel.empty.isVisible()
