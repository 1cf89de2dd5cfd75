from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QObject, QPersistentModelIndex, QPoint, QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from app.domain.incident_steps import Golden
from app.domain.incident_type import GoldenStep
from app.services.hub_session import HubSession
from app.services.incident_overlay import IncidentItem
from app.wire.base import Words
from app.wire.entities import HistoryRow, IncidentRow
from tests.fakes.hub import PASSWORD, ModelHub
from tests.fakes.hub_console import hand_clock
from tests.fakes.hub_desk_site import close, hub_session, put_incident
from tests.fakes.hub_model import NOW, HubModel
from tests.fakes.waiting import until
from ui.incidents import words
from ui.incidents.card import ITEM, CardDelegate, chips
from ui.incidents.queue import Page, Queue, QueueModel, on_page
from ui.incidents.ring import paint_ring, time_words
from ui.theme import Theme

Run = Callable[[Coroutine[Any, Any, object]], object]


def item(id_: str = "i1", waiting: int = 0, **row: Any) -> IncidentItem:
    given: dict[str, Any] = {
        "id": id_, "number": f"20260302-{id_}", "type": "emergency_bell", "grade": 10, "state": 10,
        "title": "비상벨", "place": "월성네거리", "site": "s", "source": "bells",
        "occurred_at": NOW, "received_at": NOW, "changed_at": NOW,
    }  # fmt: skip
    return IncidentItem(IncidentRow(**given | row), 1, waiting)


def shown(model: QueueModel) -> list[str]:
    return [model.index(row).data(ITEM).row.id for row in range(model.rowCount())]


@pytest.fixture
def model(qtbot: QtBot) -> Iterator[QueueModel]:
    owner = QObject()
    made = QueueModel(owner)
    tester = QAbstractItemModelTester(made)
    yield made
    tester.deleteLater()
    owner.deleteLater()


def test_cards_move_with_their_selection(model: QueueModel) -> None:
    model.set_items([item("a"), item("b"), item("c")])
    kept = QPersistentModelIndex(model.index(2))
    model.set_items([item("c"), item("a"), item("new")])
    assert shown(model) == ["c", "a", "new"]
    assert kept.row() == 0
    model.set_items([item("a")])
    assert not kept.isValid()


def test_nothing_jumps_while_somebody_points_at_it(model: QueueModel) -> None:
    model.set_items([item("a"), item("b")])
    model.set_items([item("urgent"), item("b", state=20)], hold=True)
    assert shown(model) == ["a", "b", "urgent"]
    assert model.index(1).data(ITEM).row.state == 20
    model.set_items([item("urgent"), item("b")])
    assert shown(model) == ["urgent", "b"]


def test_only_cards_that_changed_are_painted_again(model: QueueModel) -> None:
    model.set_items([item("a"), item("b")])
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    model.set_items([item("a"), item("b", notes=2)])
    assert told == [1]
    assert "emergency bell" in model.index(0).data()
    assert model.index(9).data() is None


@pytest.mark.parametrize(
    ("left", "said"),
    [(262.0, "4:22"), (29.2, "0:30"), (0.4, "0:01"), (0.0, "+0:00"), (-61.0, "+1:01"),
     (-599.0, "+9:59"), (-600.0, "+10m"), (-3599.0, "+59m"), (900.0, "15:00"), (-7300.0, "+2h")],
)  # fmt: skip
def test_the_time_that_is_left_counts_up_once_it_is_broken(left: float, said: str) -> None:
    assert time_words(Golden(GoldenStep.VIDEO, 300, left)) == said


def test_the_ring_shows_how_much_is_left(qtbot: QtBot) -> None:
    theme = Theme()

    def red(left: float | None) -> int:
        image = QImage(40, 40, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        found = None if left is None else Golden(GoldenStep.VIDEO, 100, left)
        paint_ring(painter, theme, QRectF(0, 0, 40, 40), found, "urgent")
        painter.end()
        urgent = theme.color("urgent").name()
        edge = [image.pixelColor(x, y).name() for x in range(40) for y in (1, 2, 37, 38)]
        return sum(tone == urgent for tone in edge)

    assert red(None) == 0
    assert 0 < red(25.0) < red(75.0) < red(-3.0)


def test_chips_say_who_works_on_it_and_what_waits() -> None:
    assert chips(item(), "anna") == [("received", True)]
    mine = item(assignee="anna", assignee_name="안나", notes=2, waiting=1)
    assert chips(mine, "anna") == [
        ("I work on it", True),
        ("to be sent", False),
        ("notes 2", False),
    ]
    line = HistoryRow(at=NOW, by="안나", kind="notify", words=Words(ko="", en=""))
    theirs = item(assignee="bora", assignee_name="보라", state=20, history=(line,))
    assert chips(theirs, "anna") == [("보라", False), ("told", False)]
    assert chips(theirs, "anna", 2)[1] == ("shared 2", True)


def test_a_place_is_said_without_what_everybody_knows() -> None:
    assert words.place_words(item(title="emergency bell")) == "월성네거리"
    assert words.place_words(item(title="17번")) == "월성네거리 · 17번"
    assert words.place_words(item(place="")) == "place not known"


def test_pages_hold_what_they_say() -> None:
    ended, mine = item(state=91), item(state=20, assignee="anna")
    assert [on_page(mine, page, "anna") for page in Page] == [False, True, True]
    assert [on_page(item(), page, "") for page in Page] == [True, False, True]
    assert not any(on_page(ended, page, "anna") for page in Page)


# a queue on the screen


@pytest.fixture
def run() -> Iterator[Run]:
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture
def hub() -> ModelHub:
    model = HubModel()
    put_incident(model, "i1", grade=20)
    put_incident(model, "i2", grade=10)
    put_incident(model, "i3", grade=10, state=20, assignee="anna")
    put_incident(model, "i4", state=91)
    return ModelHub(model)


@pytest.fixture
def session(run: Run, hub: ModelHub, tmp_path: Path) -> Iterator[HubSession]:
    async def begin() -> HubSession:
        made = await hub_session(hub, tmp_path, hand_clock())
        await made.start()
        await made.sign_in("anna", PASSWORD)
        await until(lambda: len(made.parts.incidents.all()) == 4)
        return made

    made = run(begin())
    assert isinstance(made, HubSession)
    me = made.parts.incidents.me
    put_incident(hub.model, "i3", grade=10, state=20, assignee=me)

    async def mine() -> None:
        item = made.parts.incidents.get
        await until(lambda: (found := item("i3")) is not None and found.row.assignee == me)

    run(mine())
    yield made
    run(close(made))


@pytest.fixture
def queue(qtbot: QtBot, session: HubSession) -> Queue:
    made = Queue(session.parts.incidents, Theme(), hand_clock())
    qtbot.addWidget(made)
    made.resize(336, 700)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_new_ones_stand_first_by_grade(queue: Queue) -> None:
    assert shown(queue.model) == ["i2", "i1"]
    assert [tab.text() for tab in queue.tabs.values()] == ["New 2", "Mine 1", "All 3"]
    queue.tabs[Page.ALL].click()
    assert shown(queue.model) == ["i2", "i3", "i1"]
    queue.tabs[Page.MINE].click()
    assert shown(queue.model) == ["i3"]


def test_a_card_is_looked_at_with_a_click_and_opened_with_enter(queue: Queue) -> None:
    chosen: list[str] = []
    opened: list[str] = []
    queue.chosen.connect(chosen.append)
    queue.opened.connect(opened.append)
    place = queue.list.visualRect(queue.model.index(1)).center()
    QTest.mouseClick(queue.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert chosen[-1] == "i1"
    QTest.keyClick(queue.list, Qt.Key.Key_Return)
    assert opened == ["i1"]


def test_it_follows_what_is_chosen_elsewhere(queue: Queue) -> None:
    chosen: list[str] = []
    queue.chosen.connect(chosen.append)
    queue.choose("i3")
    assert queue.page is Page.ALL
    assert queue.list.currentIndex().data(ITEM).row.id == "i3"
    queue.choose("")
    assert not queue.list.currentIndex().isValid()
    assert chosen == []


def test_the_card_under_the_pointer_lights_its_place(queue: Queue) -> None:
    lit: list[str] = []
    queue.lit.connect(lit.append)
    queue.list.entered.emit(queue.model.index(0))
    queue._light(-1)
    assert lit == ["i2", ""]


def test_an_empty_page_says_what_it_would_hold(queue: Queue, run: Run, session: HubSession) -> None:
    wanted: list[bool] = []
    queue.new_wanted.connect(lambda: wanted.append(True))
    queue.new.click()
    assert wanted == [True]
    run(session.sign_out())
    queue.follow(hold=True)
    assert queue.model.rowCount() == 0
    assert queue.empty.text() == "Nobody is signed in."


def test_a_card_is_painted_with_long_words_and_in_both_themes(qtbot: QtBot, queue: Queue) -> None:
    delegate = queue.list.itemDelegate()
    assert isinstance(delegate, CardDelegate)
    queue.model.set_items(
        [item(place="아주 긴 장소 이름 " * 10, assignee_name="이름이 매우 긴 사람 " * 5, notes=3)]
    )
    narrow = queue.grab().toImage()
    assert narrow.width() < 400
    queue.list.setCurrentIndex(queue.model.index(0))
    assert queue.grab().toImage() != narrow
    assert queue.list.indexAt(QPoint(20, 20)).row() == 0


def test_golden_time_orders_those_of_one_grade() -> None:
    late = item("late", received_at=NOW - timedelta(minutes=10))
    soon = item("soon", received_at=NOW - timedelta(seconds=20))
    done = item("done", state=20, type="facility_fault")
    assert min(soon, done, late, key=lambda one: one.order) is late
