from __future__ import annotations

import pytest
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QHeaderView, QTableView
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.calm_table import CalmTable
from ui.widgets.columns import fit_columns, stretch_column

TITLES = ["No.", "A title of several words", "Rest"]


@pytest.fixture
def model(qtbot: QtBot) -> QStandardItemModel:
    made = QStandardItemModel(2, len(TITLES))
    made.setHorizontalHeaderLabels(TITLES)
    return made


@pytest.fixture
def table(qtbot: QtBot, model: QStandardItemModel) -> QTableView:
    made = QTableView()
    qtbot.addWidget(made)
    made.setModel(model)
    made.show()
    return made


def test_a_column_is_as_wide_as_its_title(table: QTableView) -> None:
    fit_columns(table, {0: 90, 1: 20})
    assert table.columnWidth(0) == 90
    assert table.columnWidth(1) == table.horizontalHeader().sectionSizeHint(1) > 20


@pytest.mark.parametrize(("width", "stretched"), [(800, True), (120, False)])
def test_what_is_left_is_one_columns_or_the_table_scrolls(
    table: QTableView, width: int, *, stretched: bool
) -> None:
    fit_columns(table, {0: 60, 1: 60})
    table.resize(width, 100)
    stretch_column(table, 2, 80)
    mode = table.horizontalHeader().sectionResizeMode(2)
    assert (mode is QHeaderView.ResizeMode.Stretch) is stretched
    assert table.columnWidth(2) >= 80


def test_another_language_has_other_widths(qtbot: QtBot, model: QStandardItemModel) -> None:
    table = CalmTable(model, Theme(), (40, 40, 40), 2)
    qtbot.addWidget(table)
    table.show()
    before = table.columnWidth(0)
    model.setHorizontalHeaderLabels(["Number of the camera", *TITLES[1:]])
    assert table.columnWidth(0) > before
