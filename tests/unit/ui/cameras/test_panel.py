from __future__ import annotations

import dataclasses
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from app.domain.camera import CameraId
from tests.fakes.camera_site import CameraSite, camera
from ui.cameras.details import CameraDetails
from ui.cameras.panel import MOST_RESULTS, CameraPanel
from ui.theme import Theme


class Stage:
    def __init__(self, site: CameraSite) -> None:
        self.site = site
        self.panel = CameraPanel(site.catalog, site.streams, Theme())
        self.chosen: list[str] = []
        self.panel.camera_chosen.connect(self.chosen.append)

    def type(self, text: str) -> None:
        self.panel.search.setFocus()
        self.panel.search.setText(text)

    def press(self, key: Qt.Key) -> None:
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)

    def found(self) -> list[str]:
        model = self.panel.results.model()
        assert self.panel.results.isVisible()
        return [model.index(row, 0).data() for row in range(model.rowCount())]


@pytest.fixture
def stage(qtbot: QtBot) -> Stage:
    stage = Stage(CameraSite())
    qtbot.addWidget(stage.panel)
    stage.panel.show()
    qtbot.waitUntil(stage.panel.isVisible)
    stage.panel.activateWindow()
    return stage


def test_the_tree_is_there_with_the_number_of_cameras(stage: Stage) -> None:
    assert stage.panel.tree.isVisible()
    assert stage.panel.count.text() == "5 cameras"
    assert not stage.panel.not_live.isVisible()


@pytest.mark.parametrize("query", ["월성", "1021", "ㅇㅅㄴ", "월성ㄴㄱㄹ"])
def test_enter_shows_the_first_result(stage: Stage, query: str) -> None:
    stage.type(query)
    assert stage.found() == ["1021 월성네거리 북"]
    assert stage.panel.count.text() == "1 found"
    stage.press(Qt.Key.Key_Return)
    assert stage.chosen == ["c1021"]


def test_the_arrows_choose_another_result(stage: Stage) -> None:
    stage.type("달서구청")
    assert len(stage.found()) == 3
    stage.press(Qt.Key.Key_Down)
    stage.press(Qt.Key.Key_Return)
    stage.press(Qt.Key.Key_Up)
    stage.press(Qt.Key.Key_PageDown)
    stage.press(Qt.Key.Key_Return)
    assert stage.chosen == ["c1044", "c1203"]


def test_nothing_found_is_said_and_enter_does_nothing(stage: Stage) -> None:
    stage.type("없는 곳")
    assert stage.panel.empty.isVisible()
    assert stage.panel.empty.title.text() == "No camera matches “없는 곳”"
    stage.press(Qt.Key.Key_Return)
    assert stage.chosen == []
    stage.press(Qt.Key.Key_Escape)
    assert stage.panel.tree.isVisible()


def test_without_a_list_it_says_how_to_open_one(stage: Stage) -> None:
    stage.site.catalog.load([])
    assert stage.panel.empty.title.text() == "No camera list is open"
    assert "--cameras" in stage.panel.empty.hint.text()
    assert stage.panel.count.text() == ""


def test_a_very_wide_search_says_that_there_is_more(stage: Stage) -> None:
    stage.site.catalog.load([camera(n, "문") for n in range(1, MOST_RESULTS + 50)])
    stage.type("문")
    assert stage.panel.count.text() == f"The best {MOST_RESULTS} are shown"


def test_cameras_that_are_not_live_are_counted_and_can_be_listed(stage: Stage) -> None:
    stage.site.plays(1044)
    stage.site.fails(1203)
    stage.site.fails(1021)
    assert stage.panel.not_live.text() == "2 not live"
    stage.panel.not_live.click()
    assert stage.found() == ["1021 월성네거리 북", "1203 두류공원 정문"]
    stage.site.plays(1021)
    assert stage.found() == ["1203 두류공원 정문"]
    stage.site.plays(1203)
    assert stage.panel.empty.title.text() == "Every camera shown is live"
    stage.panel.not_live.click()
    assert not stage.panel.not_live.isVisible()
    assert stage.panel.tree.isVisible()


def test_enter_and_double_click_in_the_tree(stage: Stage) -> None:
    tree = stage.panel.tree
    stage.panel.reveal(CameraId("c1044"))
    tree.setFocus()
    stage.press(Qt.Key.Key_Return)
    middle = tree.visualRect(tree.currentIndex()).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseDClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert stage.chosen == ["c1044", "c1044"]


def test_enter_on_a_site_folds_it(stage: Stage) -> None:
    tree = stage.panel.tree
    site = tree.model().index(0, 0)
    tree.setCurrentIndex(site)
    tree.setFocus()
    was = tree.isExpanded(site)
    stage.press(Qt.Key.Key_Return)
    assert tree.isExpanded(site) is not was
    assert stage.chosen == []


def test_down_from_the_search_goes_into_the_tree_and_up_comes_back(stage: Stage) -> None:
    stage.panel.focus_search()
    stage.press(Qt.Key.Key_Down)
    assert stage.panel.tree.hasFocus()
    assert stage.panel.tree.currentIndex().isValid()
    stage.press(Qt.Key.Key_Up)
    assert stage.panel.search.hasFocus()


def test_typing_over_the_tree_searches(stage: Stage) -> None:
    stage.panel.tree.setFocus()
    QTest.keyClicks(stage.panel.tree, "1")
    assert stage.panel.search.text() == "1"
    assert stage.panel.search.hasFocus()


def test_what_was_open_stays_open_with_a_new_list(stage: Stage) -> None:
    many = [camera(n, f"문 {n}", site=f"기관 {n % 3}") for n in range(1, 200)]
    stage.site.catalog.load(many)
    tree = stage.panel.tree
    assert not any(tree.isExpanded(tree.model().index(row, 0)) for row in range(3))
    tree.setExpanded(tree.model().index(1, 0), True)
    stage.site.catalog.load(many[:150])
    assert [tree.isExpanded(tree.model().index(row, 0)) for row in range(3)] == [False, True, False]


def test_the_menu_of_one_camera_and_of_several(stage: Stage) -> None:
    first, second = stage.site.cameras[:2]
    one = stage.panel.menu_for([first])
    show, details = one.actions()
    show.trigger()
    assert stage.chosen == ["c1021"]
    details.trigger()
    shown = stage.panel.findChild(CameraDetails)
    assert shown is not None
    shown.close()
    several: list[list[str]] = []
    stage.panel.cameras_chosen.connect(several.append)
    (show,) = stage.panel.menu_for([first, second]).actions()
    assert show.text() == "Show 2 cameras from the focused tile on"
    show.trigger()
    assert several == [["c1021", "c1044"]]


def test_who_may_restrict_cameras_finds_it_in_the_menu(stage: Stage) -> None:
    first, second = stage.site.cameras[:2]
    wanted: list[tuple[list[str], int]] = []
    stage.panel.restrict_wanted.connect(lambda ids, minutes: wanted.append((ids, minutes)))
    stage.panel.may_restrict = lambda: True
    held = dataclasses.replace(second, restricted_until=datetime(2026, 3, 2, 9, 0, tzinfo=UTC))
    masked: list[str] = []
    stage.panel.mask_wanted.connect(masked.append)
    *_, mask, restrict = stage.panel.menu_for([first]).actions()
    mask.trigger()
    assert masked == ["c1021"]
    inner = restrict.menu()
    assert isinstance(inner, QMenu)
    inner.actions()[1].trigger()
    *_, lift = stage.panel.menu_for([first, held]).actions()
    lift.trigger()
    assert wanted == [(["c1021"], 240), (["c1021", "c1044"], 0)]


def test_the_language_can_change(stage: Stage) -> None:
    stage.panel.count.setText("")
    QApplication.sendEvent(stage.panel, QEvent(QEvent.Type.LanguageChange))
    assert stage.panel.count.text() == "5 cameras"


def test_a_deleted_panel_hears_nothing(qtbot: QtBot) -> None:
    site = CameraSite()
    panel = CameraPanel(site.catalog, site.streams, Theme())
    assert len(site.catalog.changed) == len(site.streams.truth_changed) == 1
    panel.deleteLater()
    qtbot.waitUntil(lambda: not isValid(panel))
    assert len(site.catalog.changed) == len(site.streams.truth_changed) == 0
    site.plays(1021)
    site.catalog.load([])
