from __future__ import annotations

from PySide6.QtCore import Qt

from tests.fakes.camera_site import CAMERAS, CameraSite
from ui.cameras.roles import CAMERA_FLAGS, GroupRow, Role, camera_data, group_data
from ui.cameras.states import LiveStates


def test_a_camera_answers_what_it_knows() -> None:
    states = LiveStates(CameraSite().streams)
    assert camera_data(CAMERAS[0], states, Qt.ItemDataRole.DisplayRole) == "1021 월성네거리 북"
    assert camera_data(CAMERAS[0], states, Role.ROW).camera is CAMERAS[0]
    assert camera_data(CAMERAS[0], states, Qt.ItemDataRole.DecorationRole) is None


def test_a_group_answers_what_it_knows() -> None:
    row = GroupRow("달서구청", 3, 1, is_site=True)
    assert group_data(row, Role.ROW) is row
    assert group_data(row, Qt.ItemDataRole.ToolTipRole) == "달서구청"
    assert group_data(row, Qt.ItemDataRole.DecorationRole) is None


def test_a_camera_is_never_asked_for_children() -> None:
    """Qt would ask each of 100,000 rows."""
    assert CAMERA_FLAGS & Qt.ItemFlag.ItemNeverHasChildren
