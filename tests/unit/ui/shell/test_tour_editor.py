from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt
from PySide6.QtGui import QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.domain.tour import CameraStop, WallStop
from app.domain.wall import MAIN_WINDOW
from tests.fakes.shell_site import ShellSite
from ui.shell.stop_list import StopList
from ui.shell.tour_editor import TourEditor
from ui.shell.tour_form import TourForm
from ui.widgets.drag import CAMERAS_MIME


@pytest.fixture
def editor(site: ShellSite, qtbot: QtBot) -> Iterator[TourEditor]:
    made = TourEditor(site.desk)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    made.show()
    yield made
    made.close()


def cameras(editor: TourEditor) -> list[CameraId]:
    return [stop.camera for stop in editor.form.stops.stops if isinstance(stop, CameraStop)]


def test_a_tour_is_made_by_search_and_saved(editor: TourEditor, site: ShellSite) -> None:
    form = editor.form
    assert isinstance(form, TourForm)
    form.name.setText("Round")
    assert not form.save.isEnabled()
    assert "no stop" in form.problem.text()
    for wanted in ("1003", "1001"):
        form.search.setText(wanted)
        QTest.keyClick(form.search, Qt.Key.Key_Return)
    assert cameras(editor) == ["c2", "c0"]
    form.save.click()
    (tour,) = site.console.tours.saved()
    assert (tour.name, [stop.dwell_seconds for stop in tour.stops]) == ("Round", [10.0, 10.0])
    assert form.saved.item(0).text() == "Round"


def test_stops_are_put_in_order_and_given_time(editor: TourEditor) -> None:
    stops = editor.form.stops
    assert isinstance(stops, StopList)
    editor._add_cameras([CameraId("c0"), CameraId("c1"), CameraId("c2")])
    stops.setCurrentRow(2)
    QTest.keyClick(stops, Qt.Key.Key_Up, Qt.KeyboardModifier.AltModifier)
    assert cameras(editor) == ["c0", "c2", "c1"]
    editor.form.dwell.setValue(25)
    assert [stop.dwell_seconds for stop in stops.stops] == [10.0, 25.0, 10.0]
    QTest.keyClick(stops, Qt.Key.Key_Delete)
    assert cameras(editor) == ["c0", "c1"]


@pytest.mark.parametrize(
    ("data", "added"),
    [(json.dumps(["c4", "c5"]), ["c4", "c5"]), ("{broken", []), ("5", []), ("[1]", [])],
)
def test_cameras_are_dropped_from_the_list(editor: TourEditor, data: str, added: list[str]) -> None:
    mime = QMimeData()
    mime.setData(CAMERAS_MIME, data.encode())
    event = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        mime,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    editor.form.stops.dropEvent(event)
    assert cameras(editor) == added


def test_a_saved_tour_is_changed_or_deleted(editor: TourEditor, site: ShellSite) -> None:
    editor.form.name.setText("Round")
    editor._add_cameras([CameraId("c0")])
    editor.save()
    editor.new()
    assert cameras(editor) == []
    editor.form.saved.setCurrentRow(0)
    assert cameras(editor) == ["c0"]
    editor._add_cameras([CameraId("c1")])
    editor.save()
    (tour,) = site.console.tours.saved()
    assert len(tour.stops) == 2
    editor.drop()
    assert site.console.tours.saved() == []


def test_a_tour_of_walls(editor: TourEditor, site: ShellSite) -> None:
    site.notices.attempt(site.console.walls.save(MAIN_WINDOW, "Night"), "save")
    editor.form.of_walls.setChecked(True)
    editor.form.name.setText("Walls")
    editor.add_found()
    (stop,) = editor.form.stops.stops
    assert isinstance(stop, WallStop)
    assert editor.form.stops.item(0).text().startswith("Night")
    editor.save()
    assert site.console.tours.saved()[0].of_walls


def test_what_was_deleted_by_mistake_is_brought_back(editor: TourEditor, site: ShellSite) -> None:
    form = editor.form
    form.name.setText("Round")
    editor._add_cameras([CameraId("c0"), CameraId("c1")])
    form.save.click()
    form.saved.setCurrentRow(-1)
    form.saved.setCurrentRow(0)
    form.delete.click()
    assert site.console.tours.saved() == []
    assert (form.undo.isEnabled(), form.redo.isEnabled()) == (True, False)
    assert form.undo.toolTip() == "Delete the tour: Round"
    assert form.undo.shortcut() == QKeySequence(QKeySequence.StandardKey.Undo)
    form.undo.click()
    assert [tour.name for tour in site.console.tours.saved()] == ["Round"]
    assert form.saved.item(0).text() == "Round"
    form.redo.click()
    assert site.console.tours.saved() == []
