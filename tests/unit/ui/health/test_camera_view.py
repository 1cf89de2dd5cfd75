from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from app.domain.tile import TileState
from tests.fakes.health import row
from ui.health.camera_table import NAME, NUMBER, STATE, CameraTable
from ui.health.camera_view import CameraTableView
from ui.theme import Theme


def state_cell(qtbot: QtBot, theme: Theme, state: TileState) -> set[str]:
    table = CameraTable()
    table.set_rows([row(1, state=state)])
    view = CameraTableView(table, theme, (NUMBER, STATE))
    qtbot.addWidget(view)
    view.resize(400, 80)
    view.show()
    cell = view.visualRect(table.index(0, STATE)).adjusted(0, 0, -80, 0)
    picture = view.viewport().grab(cell).toImage()
    places = [(x, y) for x in range(picture.width()) for y in range(picture.height())]
    return {picture.pixelColor(x, y).name() for x, y in places}


@pytest.mark.parametrize(
    ("state", "token"),
    [
        (TileState.LIVE, "fine"),
        (TileState.LATE, "normal"),
        (TileState.CONNECTING, "normal"),
        (TileState.FROZEN, "urgent"),
        (TileState.NOT_FOUND, "urgent"),
        (TileState.OFF, "faint"),
    ],
)
def test_a_state_has_its_sign(qtbot: QtBot, theme: Theme, state: TileState, token: str) -> None:
    assert theme.color(token).name() in state_cell(qtbot, theme, state)


def test_a_short_list_gives_the_name_what_room_is_left(qtbot: QtBot, theme: Theme) -> None:
    table = CameraTable()
    view = CameraTableView(table, theme, (NUMBER, NAME))
    qtbot.addWidget(view)
    view.resize(500, 100)
    view.show()
    header = view.horizontalHeader()
    assert header.sectionSize(NUMBER) + header.sectionSize(NAME) == view.viewport().width()
    assert view.isColumnHidden(STATE)


def test_rows_grow_with_large_text(qtbot: QtBot, theme: Theme) -> None:
    view = CameraTableView(CameraTable(), theme)
    qtbot.addWidget(view)
    before = view.verticalHeader().defaultSectionSize()
    theme.set(theme.name, large=True)
    assert view.verticalHeader().defaultSectionSize() > before
