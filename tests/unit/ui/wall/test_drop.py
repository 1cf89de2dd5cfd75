"""Dragging cameras and tiles onto the wall, with the events that Qt sends."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import QDrag, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from typing_extensions import override

from app.domain.camera import CameraId
from app.domain.wall import MAIN_WINDOW
from tests.fakes.wall_site import RED, WallSite, centre, colour_at, grabbed
from ui.wall import drop
from ui.wall.drop import cameras_in, tile_data, tile_in
from ui.widgets.drag import CAMERAS_MIME, TILE_MIME, cameras_data

if TYPE_CHECKING:
    from ui.wall.view import WallView

_NO_KEYS = Qt.KeyboardModifier.NoModifier
_LEFT = Qt.MouseButton.LeftButton
_ACTIONS = Qt.DropAction.MoveAction | Qt.DropAction.CopyAction


def enter(view: WallView, data: QMimeData, index: int) -> bool:
    event = QDragEnterEvent(QPoint(*centre(index)), _ACTIONS, data, _LEFT, _NO_KEYS)
    QApplication.sendEvent(view, event)
    return event.isAccepted()


def let_go(view: WallView, data: QMimeData, index: int) -> bool:
    enter(view, data, index)
    event = QDropEvent(QPointF(*centre(index)), _ACTIONS, data, _LEFT, _NO_KEYS)
    QApplication.sendEvent(view, event)
    return event.isAccepted()


def ids(*numbers: int) -> list[CameraId]:
    return [CameraId(f"c{number}") for number in numbers]


def test_one_camera_falls_into_the_tile_under_it(site: WallSite) -> None:
    view = site.view()
    assert let_go(view, cameras_data(ids(20)), 6)
    assert site.cameras()[6] == "c20"
    assert view.focused_index == 6
    site.walls.undo()
    assert site.cameras()[6] == "c6"


def test_many_cameras_fill_the_following_tiles(site: WallSite) -> None:
    view = site.view()
    heard: list[object] = []
    view.message.connect(heard.append)
    assert let_go(view, cameras_data(ids(16, 17, 18)), 10)
    assert site.cameras()[9:14] == ["c9", "c16", "c17", "c18", "c13"]
    assert heard == []
    site.walls.undo()
    assert site.cameras() == ids(*range(16))


def test_cameras_without_a_tile_are_told(site: WallSite) -> None:
    view = site.view()
    heard: list[str] = []
    view.message.connect(lambda text: heard.append(text.en))
    assert let_go(view, cameras_data(ids(16, 17, 18)), 14)
    assert site.cameras()[13:] == ["c13", "c16", "c17"]
    assert heard == ["Only 2 of 3 cameras had a tile."]


def test_two_tiles_change_places(site: WallSite) -> None:
    view = site.view()
    data = tile_data(MAIN_WINDOW, view.stage.panes.everything[3])
    assert let_go(view, data, 12)
    assert (site.cameras()[3], site.cameras()[12]) == ("c12", "c3")
    assert view.focused_index == 12
    site.walls.undo()
    assert site.cameras() == ids(*range(16))


def test_a_tile_moves_to_another_window_and_back_with_one_undo(site: WallSite) -> None:
    view = site.view()
    window = site.walls.open_window()
    other = site.view(window)
    data = tile_data(MAIN_WINDOW, view.stage.panes.everything[3])
    assert let_go(other, data, 0)
    assert site.cameras()[3] is None
    assert site.cameras(window)[0] == "c3"
    assert other.focused_camera == "c3"
    site.walls.undo()
    assert site.cameras()[3] == "c3"
    assert site.cameras(window)[0] is None


def test_the_tile_under_the_pointer_lights_up(site: WallSite) -> None:
    view = site.view()
    site.feed(5, RED)
    view.stage.poll()
    assert colour_at(grabbed(view), *centre(5)) == RED
    assert enter(view, cameras_data(ids(20)), 5)
    assert colour_at(grabbed(view), *centre(5)) != RED
    QApplication.sendEvent(view, QDragLeaveEvent())
    assert colour_at(grabbed(view), *centre(5)) == RED


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/plain", b"hello"),
        (CAMERAS_MIME, b"{not json"),
        (CAMERAS_MIME, b"[]"),
        (CAMERAS_MIME, b"[1, null]"),
        (TILE_MIME, b'{"window": "main"}'),
        (TILE_MIME, b'{"window": "main", "index": -1}'),
        (TILE_MIME, b"\xff\xfe"),
    ],
)
def test_what_is_not_understood_changes_nothing(site: WallSite, kind: str, content: bytes) -> None:
    view = site.view()
    data = QMimeData()
    data.setData(kind, content)
    assert not let_go(view, data, 5)
    assert site.cameras() == ids(*range(16))


def test_a_tile_that_is_gone_moves_nothing(site: WallSite) -> None:
    view = site.view()
    for tile in ({"window": "9", "index": 0}, {"window": "main", "index": 99}):
        data = QMimeData()
        data.setData(TILE_MIME, json.dumps(tile).encode())
        let_go(view, data, 5)
        assert site.cameras() == ids(*range(16))


def test_what_is_written_is_read_again(site: WallSite) -> None:
    view = site.view()
    assert tile_in(tile_data(MAIN_WINDOW, view.stage.panes.everything[3])) == (MAIN_WINDOW, 3)
    assert cameras_in(cameras_data(ids(1, 2))) == ("c1", "c2")
    assert tile_in(cameras_data(ids(1))) is None


def test_a_drag_carries_the_tile(site: WallSite, monkeypatch: pytest.MonkeyPatch) -> None:
    """QDrag.exec waits for a mouse that a test does not have: what it is given is looked at."""
    view = site.view()
    carried: list[tuple[object, int]] = []

    class Drag(QDrag):
        @override
        def exec(self, *_actions: object) -> Qt.DropAction:
            carried.append((tile_in(self.mimeData()), self.pixmap().width()))
            self.deleteLater()
            return Qt.DropAction.IgnoreAction

    monkeypatch.setattr(drop, "QDrag", Drag)
    view.drag_tile(view.stage.panes.everything[4])
    ((tile, width),) = carried
    assert tile == (MAIN_WINDOW, 4)
    assert width > 20
