from __future__ import annotations

import json
from typing import Any

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QMimeData, Qt
from PySide6.QtGui import QDrag, QPixmap
from pytestqt.qtbot import QtBot
from typing_extensions import override

from tests.fakes.camera_site import CameraSite, camera
from ui.cameras import view as view_module
from ui.cameras.model import CameraTreeModel
from ui.cameras.states import LiveStates
from ui.cameras.view import MOST_TOGETHER, CameraView
from ui.theme import Theme
from ui.widgets.drag import CAMERAS_MIME

SELECT = QItemSelectionModel.SelectionFlag.Select


class Recorded(QDrag):
    """Takes the place of the desktop, which would wait for the mouse to be let go."""

    done: list[tuple[list[str], int]] = []  # noqa: RUF012 - one drag a test

    @override
    def exec(self, *_: Any) -> Qt.DropAction:
        data: QMimeData = self.mimeData()
        picture: QPixmap = self.pixmap()
        ids = json.loads(bytes(data.data(CAMERAS_MIME).data()))
        self.done.append((ids, picture.width()))
        return Qt.DropAction.CopyAction


@pytest.fixture
def site() -> CameraSite:
    return CameraSite()


@pytest.fixture
def tree(site: CameraSite, qtbot: QtBot) -> CameraView:
    model = CameraTreeModel(LiveStates(site.streams))
    model.load(site.catalog.tree(), site.catalog.places())
    tree = CameraView(model, Theme())
    model.setParent(tree)
    qtbot.addWidget(tree)
    tree.expandAll()
    return tree


def pick(tree: CameraView, *path: int) -> None:
    """Selects a row by its place in the tree, beside what is selected."""
    model = tree.model()
    index = model.index(path[0], 0)
    for row in path[1:]:
        index = model.index(row, 0, index)
    tree.selectionModel().select(QItemSelection(index, index), SELECT)


def drag(tree: CameraView, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], int]:
    Recorded.done.clear()
    monkeypatch.setattr(view_module, "QDrag", Recorded)
    tree.startDrag(Qt.DropAction.CopyAction)
    (done,) = Recorded.done
    return done


def test_one_camera_is_dragged(tree: CameraView, monkeypatch: pytest.MonkeyPatch) -> None:
    pick(tree, 1, 0, 1)
    ids, width = drag(tree, monkeypatch)
    assert ids == ["c1021"]
    assert width > 24


def test_several_cameras_and_groups_are_dragged_each_camera_once(
    tree: CameraView, monkeypatch: pytest.MonkeyPatch
) -> None:
    pick(tree, 1, 0, 1)
    pick(tree, 1, 0)
    pick(tree, 0)
    ids, _ = drag(tree, monkeypatch)
    assert sorted(ids) == ["c1021", "c1044", "c2001", "c2002"]


def test_no_more_are_dragged_than_fit_on_a_wall(
    site: CameraSite, tree: CameraView, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = tree.model()
    assert isinstance(model, CameraTreeModel)
    site.catalog.load([camera(n, "문") for n in range(1, 200)])
    model.load(site.catalog.tree(), site.catalog.places())
    pick(tree, 0)
    ids, _ = drag(tree, monkeypatch)
    assert ids == [f"c{n}" for n in range(1, MOST_TOGETHER + 1)]


def test_nothing_selected_is_no_drag(tree: CameraView, monkeypatch: pytest.MonkeyPatch) -> None:
    Recorded.done.clear()
    monkeypatch.setattr(view_module, "QDrag", Recorded)
    tree.startDrag(Qt.DropAction.CopyAction)
    assert Recorded.done == []


def test_the_current_row_stays_within_the_list(tree: CameraView) -> None:
    tree.move_current(-3)
    assert tree.currentIndex().row() == 0
    tree.move_current(10)
    assert tree.currentIndex().row() == 1
