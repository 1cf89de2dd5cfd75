from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.domain.hub_act import ActState
from app.services.hub_session import HubSession
from tests.fakes.hub import PASSWORD, ModelHub
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_desk_site import close, hub_session
from tests.fakes.hub_model import HubModel
from tests.fakes.waiting import until
from ui.acts.model import COLUMNS, ActTable
from ui.acts.panel import ActsPanel
from ui.theme import Theme
from ui.widgets.ask import Ask


def at_once(work: Coroutine[Any, Any, object], _name: str) -> None:
    async def alone() -> None:
        await work

    asyncio.run(alone())


@pytest.fixture
def session(tmp_path: Path) -> Iterator[HubSession]:
    """One act in conflict, one refused, one that waits for the hub."""

    async def begun() -> HubSession:
        hub = ModelHub(HubModel())
        made = await hub_session(hub, tmp_path, hand_clock())
        await made.sign_in("anna", PASSWORD)
        outbox = made.parts.outbox
        await outbox.act("conflict", "i1", 3, {"reason": "상황 종료"})
        await outbox.act("refuse", "i2", 1)
        await until(lambda: outbox.troubled == 2)
        hub.down = True
        await outbox.act("incident.note", "i3", 1, {"text": "통화함"})
        await made.parts.sync.stop()
        outbox.came_back()
        return made

    made = asyncio.run(begun())
    yield made
    asyncio.run(close(made))


@pytest.fixture
def panel(qtbot: QtBot, session: HubSession) -> ActsPanel:
    outbox = session.parts.outbox
    made = ActsPanel(outbox, Theme(), lambda act: act.target, lambda _: 9, at_once)
    made.tester = QAbstractItemModelTester(made.model)  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.resize(1000, 600)
    made.show()
    return made


def column(panel: ActsPanel, number: int) -> list[str]:
    return [str(panel.model.index(row, number).data()) for row in range(panel.model.rowCount())]


def test_every_act_is_there_with_its_state_and_reason(panel: ActsPanel) -> None:
    assert column(panel, 0) == ["conflict", "refused", "waiting to be sent"]
    assert column(panel, 5) == ["It is closed.", "It is closed.", "통화함"]
    assert panel.summary.text() == "1 waiting · 2 need a decision"
    assert len(COLUMNS) == panel.model.columnCount()


def test_only_what_was_not_taken_can_be_decided(panel: ActsPanel) -> None:
    panel.table.choose(2)
    assert not panel.retry.isEnabled()
    assert panel.records.isHidden()
    panel.try_again()
    panel.ask_discard()
    assert panel.findChild(Ask) is None
    panel.table.choose(0)
    assert panel.retry.isEnabled()
    assert "closed" in panel.records.theirs.text()


def test_trying_again_sends_it_on_top_of_the_newest_version(
    panel: ActsPanel, session: HubSession
) -> None:
    panel.table.choose(0)
    panel.retry.click()
    again = session.parts.outbox.acts()[-1]
    assert (again.type, again.base_ver, again.state) == ("conflict", 9, ActState.WAITING)
    assert session.parts.outbox.troubled == 1


def test_discarding_is_asked_first(panel: ActsPanel, session: HubSession) -> None:
    panel.table.choose(1)
    panel.discard.click()
    ask = panel.findChild(Ask)
    assert isinstance(ask, Ask)
    assert session.parts.outbox.troubled == 2
    ask.go.click()
    assert session.parts.outbox.troubled == 1
    assert column(panel, 0) == ["conflict", "waiting to be sent"]


def test_the_choice_stays_with_its_act(panel: ActsPanel, session: HubSession) -> None:
    panel.table.choose(1)
    first = session.parts.outbox.acts()[0]
    at_once(session.parts.outbox.discard(first.cmd_id), "discard")
    assert panel.chosen is not None
    assert panel.chosen.type == "refuse"


def test_an_empty_list_says_that_all_is_at_the_hub(
    qtbot: QtBot, session: HubSession, panel: ActsPanel
) -> None:
    panel._pages.setCurrentIndex(1)
    assert panel.empty.text() == "Everything that was done here is at the hub."


def test_the_table_without_acts(qtbot: QtBot) -> None:
    table = ActTable(Theme(), lambda act: act.target)
    table.retranslate()
    assert table.rowCount() == 0
    assert table.act(0) is None
    assert table.row_of("x") == -1
    assert table.headerData(0, Qt.Orientation.Horizontal) == "State"
    assert table.headerData(0, Qt.Orientation.Vertical) is None
