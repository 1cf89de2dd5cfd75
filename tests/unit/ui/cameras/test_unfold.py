from __future__ import annotations

import pytest
from PySide6.QtWidgets import QTreeView
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera
from tests.fakes.camera_site import CameraSite, camera
from ui.cameras.model import CameraTreeModel
from ui.cameras.states import LiveStates
from ui.cameras.unfold import opened, unfold

MANY = tuple(camera(n, "문", site=f"기관 {n % 2}", purpose=f"목적 {n % 4}") for n in range(1, 121))


def tree_of(cameras: tuple[Camera, ...], qtbot: QtBot) -> tuple[QTreeView, CameraTreeModel]:
    site = CameraSite(cameras)
    tree = QTreeView()
    qtbot.addWidget(tree)
    model = CameraTreeModel(LiveStates(site.streams), tree)
    model.load(site.catalog.tree(), site.catalog.places())
    tree.setModel(model)
    return tree, model


def test_many_cameras_of_several_sites_begin_folded(qtbot: QtBot) -> None:
    tree, model = tree_of(MANY, qtbot)
    unfold(tree, model, set(), len(MANY))
    assert opened(tree, model) == set()


def test_a_single_site_is_open_and_its_purposes_are_not(qtbot: QtBot) -> None:
    tree, model = tree_of(tuple(c for c in MANY if c.site == "기관 0"), qtbot)
    unfold(tree, model, set(), len(MANY))
    assert opened(tree, model) == {("기관 0",)}


def test_few_cameras_are_all_seen(qtbot: QtBot) -> None:
    tree, model = tree_of(MANY[:4], qtbot)
    unfold(tree, model, set(), 4)
    assert len(opened(tree, model)) == 2 + 4


@pytest.mark.parametrize("branch", [("기관 1",), ("기관 1", "목적 3")])
def test_what_was_open_is_opened(qtbot: QtBot, branch: tuple[str, ...]) -> None:
    tree, model = tree_of(MANY, qtbot)
    unfold(tree, model, {branch, ("gone",)}, len(MANY))
    assert opened(tree, model) == {branch}
