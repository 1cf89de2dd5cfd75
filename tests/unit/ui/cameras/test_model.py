from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.domain.camera import CameraId
from tests.fakes.camera_site import CameraSite, camera
from ui.cameras.model import CameraTreeModel
from ui.cameras.roles import CameraRow, GroupRow, Role
from ui.cameras.states import LiveStates

ADDRESS = Qt.ItemDataRole.ToolTipRole


@dataclass
class Stage:
    site: CameraSite
    model: CameraTreeModel

    def row(self, number: int) -> CameraRow:
        row = self.model.index_of(CameraId(f"c{number}")).data(Role.ROW)
        assert isinstance(row, CameraRow)
        return row

    def group(self, index: QModelIndex) -> GroupRow:
        row = index.data(Role.ROW)
        assert isinstance(row, GroupRow)
        return row


@pytest.fixture
def stage(qapp: object) -> Iterator[Stage]:
    site = CameraSite()
    states = LiveStates(site.streams)
    model = CameraTreeModel(states)
    fatal = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model, fatal)
    model.load(site.catalog.tree(), site.catalog.places())
    yield Stage(site, model)
    tester.deleteLater()
    model.deleteLater()
    states.close()


def outline(model: CameraTreeModel, parent: QModelIndex | None = None) -> list[object]:
    above = parent or QModelIndex()
    found: list[object] = []
    for row in range(model.rowCount(above)):
        index = model.index(row, 0, above)
        assert model.parent(index) == above
        found.append(
            (index.data(), outline(model, index)) if model.rowCount(index) else index.data()
        )
    return found


def test_cameras_by_site_and_purpose(stage: Stage) -> None:
    assert outline(stage.model) == [
        ("남구청", [("생활방범", ["2001 대명시장 입구", "2002 봉덕 주소 없음"])]),
        (
            "달서구청",
            [
                ("생활방범", ["1044 상인역 4번출구", "1021 월성네거리 북"]),
                ("어린이보호", ["1203 두류공원 정문"]),
            ],
        ),
    ]


def test_every_camera_is_found_again(stage: Stage) -> None:
    for known in stage.site.cameras:
        assert stage.model.camera(stage.model.index_of(known.id)) == known
    assert not stage.model.index_of(CameraId("nobody")).isValid()
    assert stage.model.camera(QModelIndex()) is None
    assert stage.model.camera(stage.model.index(0, 0)) is None


def test_a_group_holds_its_cameras(stage: Stage) -> None:
    site = stage.model.index(1, 0)
    purpose = stage.model.index(0, 0, site)
    assert [c.number for c in stage.model.cameras_under(site)] == [1044, 1021, 1203]
    assert [c.number for c in stage.model.cameras_under(purpose)] == [1044, 1021]
    leaf = stage.model.index(1, 0, purpose)
    assert [c.number for c in stage.model.cameras_under(leaf)] == [1021]
    assert stage.model.cameras_under(QModelIndex()) == ()


def test_a_new_state_repaints_its_row_and_the_groups_it_counts_for(stage: Stage) -> None:
    painted: list[object] = []
    stage.model.dataChanged.connect(lambda first, last: painted.append(first.data()))
    stage.site.plays(1021)
    assert painted == ["1021 월성네거리 북"]
    painted.clear()
    stage.site.fails(1021)
    assert painted == ["1021 월성네거리 북", "생활방범", "달서구청"]
    painted.clear()
    stage.site.plays(1021, age=60.0)  # frozen: still not live
    assert painted == ["1021 월성네거리 북"]


def test_groups_count_what_is_not_live(stage: Stage) -> None:
    stage.site.fails(1021)
    stage.site.fails(1203)
    stage.site.fails(2001)
    site = stage.model.index(1, 0)
    assert stage.group(site) == GroupRow("달서구청", 3, 2, is_site=True)
    purpose = stage.model.index(0, 0, site)
    assert stage.group(purpose) == GroupRow("생활방범", 2, 1, is_site=False)
    assert stage.model.not_live == 3
    stage.site.plays(1021)
    assert stage.group(purpose).not_live == 0
    assert stage.model.not_live == 2


def test_states_survive_a_new_list(stage: Stage) -> None:
    stage.site.fails(1021)
    stage.site.catalog.load([*stage.site.cameras, camera(3000, "새 카메라", site="가구청")])
    stage.model.load(stage.site.catalog.tree(), stage.site.catalog.places())
    assert stage.model.not_live == 1
    assert stage.group(stage.model.index(2, 0)).not_live == 1
    stage.site.catalog.load([])
    stage.model.load(stage.site.catalog.tree(), stage.site.catalog.places())
    assert (stage.model.rowCount(), stage.model.not_live) == (0, 0)
    stage.site.plays(1021)  # a late word about a camera that is gone


def test_words_for_what_the_list_does_not_name(stage: Stage) -> None:
    stage.site.catalog.load([camera(1, "문", site="", purpose="")])
    stage.model.load(stage.site.catalog.tree(), stage.site.catalog.places())
    site = stage.model.index(0, 0)
    assert site.data() == "Site not stated"
    assert stage.model.index(0, 0, site).data() == "Purpose not stated"


def test_the_tip_says_all_that_may_not_fit(stage: Stage) -> None:
    stage.site.fails(1021)
    index = stage.model.index_of(CameraId("c1021"))
    assert index.data(ADDRESS).splitlines() == [
        "1021 월성네거리 북",
        "대구 달서구 월배로 1021",
        "달서구청 · 생활방범",
        "Sign-in failed",
    ]
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "1021 월성네거리 북, Sign-in failed"
    none = stage.model.index_of(CameraId("c2002"))
    assert none.data(ADDRESS).endswith("No stream address")


def test_a_deleted_model_hears_nothing(stage: Stage, qtbot: QtBot) -> None:
    states = LiveStates(stage.site.streams)
    model = CameraTreeModel(states)
    assert len(states.changed) == 1
    model.deleteLater()
    qtbot.waitUntil(lambda: not isValid(model))
    assert len(states.changed) == 0
