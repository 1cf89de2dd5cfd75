from __future__ import annotations

from PySide6.QtCore import QModelIndex
from PySide6.QtTest import QAbstractItemModelTester

from tests.fakes.camera_site import CAMERAS, CameraSite, camera
from ui.cameras.results import ResultsModel
from ui.cameras.roles import CameraRow, Role
from ui.cameras.states import LiveStates


def test_results_keep_their_rank_and_follow_the_state(qapp: object) -> None:
    site = CameraSite()
    model = ResultsModel(LiveStates(site.streams))
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    model.load([CAMERAS[2], CAMERAS[0]])
    painted: list[object] = []
    model.dataChanged.connect(lambda first, last: painted.append(first.data()))
    site.fails(1021)
    site.fails(2001)
    assert painted == ["1021 월성네거리 북"]
    assert [model.index(row).data() for row in range(2)] == [
        "1203 두류공원 정문",
        "1021 월성네거리 북",
    ]
    row = model.index(1).data(Role.ROW)
    assert isinstance(row, CameraRow)
    assert row.state == "unauthorised"
    assert model.cameras_under(model.index(0)) == (CAMERAS[2],)
    assert model.cameras_under(QModelIndex()) == ()
    model.load([camera(1, "문")])
    assert model.rowCount() == 1
    tester.deleteLater()
    model.deleteLater()
