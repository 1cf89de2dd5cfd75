from __future__ import annotations

import pytest
from PySide6.QtCore import QSortFilterProxyModel, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from app.domain.stream import Fault
from app.domain.tile import TileState
from tests.fakes.health import row
from ui.health.camera_table import (
    COLUMNS,
    NOT_LIVE,
    NUMBER,
    CameraTable,
    NotLive,
    SortedTable,
)

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal
WALL = [
    row(1021),
    row(203, age_ms=None, latency_ms=None),
    row(1650, state=TileState.UNAUTHORISED, not_live_s=754.0, last_fault=Fault.UNAUTHORISED,
        last_error="unauthorised: 401"),
    row(1417, state=TileState.FROZEN, not_live_s=14.0, age_ms=14_000.0),
]  # fmt: skip
AGE = 6


@pytest.fixture
def table(qtbot: QtBot) -> CameraTable:
    made = CameraTable()
    made.set_rows(WALL)
    return made


def column(model: QSortFilterProxyModel, number: int) -> list[str]:
    return [str(model.index(n, number).data()) for n in range(model.rowCount())]


def test_the_models_keep_qts_rules_while_cameras_come_and_go(qtbot: QtBot) -> None:
    table = CameraTable()
    proxies = (SortedTable(table), NotLive(table))
    testers = [QAbstractItemModelTester(model, FATAL) for model in (table, *proxies)]
    for rows in (WALL, WALL[::-1], WALL[:1], [], WALL, [row(1021, state=TileState.LATE)]):
        table.set_rows(rows)
        table.retranslate()
        assert table.rowCount() == len(rows)
    assert len(testers) == 3


def test_every_cell_says_something_for_a_known_camera(table: CameraTable) -> None:
    said = [table.index(0, n).data() for n in range(len(COLUMNS))]
    assert said == [
        "1021", "월성네거리 북", "Live", "", "15.0", "14.9", "60 ms", "160 ms", "Sub", "H264",
        "640 × 360", "512 kbit/s", "0", "",
    ]  # fmt: skip


def test_figures_stand_right_and_words_left(table: CameraTable) -> None:
    role = Qt.ItemDataRole.TextAlignmentRole
    for n, shown in enumerate(COLUMNS):
        wanted = Qt.AlignmentFlag.AlignRight if shown.numeric else Qt.AlignmentFlag.AlignLeft
        assert table.index(0, n).data(role) & wanted
        assert table.headerData(n, Qt.Orientation.Horizontal, role) & wanted


def test_numbers_sort_as_numbers(table: CameraTable) -> None:
    ordered = SortedTable(table)
    ordered.sort(NUMBER)
    assert column(ordered, NUMBER) == ["203", "1021", "1417", "1650"]
    ordered.sort(AGE, Qt.SortOrder.DescendingOrder)
    assert column(ordered, NUMBER)[0] == "1417"
    assert column(ordered, AGE)[-1] == "–"


def test_rows_do_not_dance_with_their_figures(table: CameraTable) -> None:
    ordered = SortedTable(table)
    ordered.sort(AGE)
    before = column(ordered, NUMBER)
    table.set_rows([row(r.number, age_ms=5000.0 - r.number) for r in WALL])
    assert column(ordered, NUMBER) == before


def test_new_figures_of_the_same_cameras_keep_their_rows(qtbot: QtBot, table: CameraTable) -> None:
    with qtbot.assertNotEmitted(table.modelReset), qtbot.waitSignal(table.dataChanged):
        table.set_rows(WALL)
    with qtbot.waitSignal(table.modelReset):
        table.set_rows(WALL[1:])


def test_what_is_not_live_the_longest_first(table: CameraTable) -> None:
    missing = NotLive(table)
    assert column(missing, NUMBER) == ["1650", "1417"]
    assert column(missing, NOT_LIVE) == ["12 min 34 s", "14 s"]


def test_a_camera_that_comes_back_leaves_the_list(table: CameraTable) -> None:
    missing = NotLive(table)
    table.set_rows([row(r.number) for r in WALL])
    assert missing.rowCount() == 0


def test_the_last_error_is_worded_and_told_in_full(table: CameraTable) -> None:
    cell = table.index(2, len(COLUMNS) - 1)
    assert cell.data() == "Wrong user name or password"
    assert cell.data(Qt.ItemDataRole.ToolTipRole) == "unauthorised: 401"
