from __future__ import annotations

import dataclasses
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from app.domain.camera import Camera, CameraId
from app.domain.tile import TileState
from tests.fakes.camera_site import URL, camera
from ui.cameras.details import CameraDetails, rows

FULL = dataclasses.replace(
    camera(7, "<b>문</b>"), latitude=35.85, longitude=128.53, azimuth=90.0, fov=62.5, pole="P"
)


def test_no_log_in_is_shown(qtbot: QtBot) -> None:
    dialog = CameraDetails(FULL, TileState.LIVE)
    qtbot.addWidget(dialog)
    said = " ".join(label.text() for label in dialog.findChildren(QLabel))
    assert "rtsp://***@10.0.0.1/live" in said
    assert "geheim" not in said
    assert "geheim" in URL


def test_everything_the_list_says() -> None:
    said = dict(rows(FULL, TileState.FROZEN))
    assert said["State"] == "Frozen picture"
    assert said["Position"] == "35.850000, 128.530000"
    assert said["Direction"] == "90°"
    assert said["Field of view"] == "62.5°"
    assert said["Sub stream"] == "rtsp://***@10.0.0.1/live\n640 × 360 · 15 pictures a second"
    assert "Main stream" not in said


def test_what_is_withheld_says_until_when() -> None:
    until = datetime(2026, 3, 2, 9, 0).astimezone()
    square = ((0.0, 0.0), (0.5, 0.0), (0.5, 0.5))
    said = dict(
        rows(dataclasses.replace(FULL, restricted_until=until, masks=(square,)), TileState.LIVE)
    )
    assert said["Restricted"] == "for supervisors only until 2026-03-02 09:00"
    assert said["Masks"] == "1"


def test_what_is_not_known_is_left_out() -> None:
    bare = Camera(CameraId("k"), 1, "문", "", "")
    names = [name for name, _ in rows(bare, TileState.OFF)]
    assert names == ["Number", "Name", "State", "Management number"]


@pytest.mark.parametrize("state", list(TileState))
def test_every_state_has_words(state: TileState) -> None:
    assert dict(rows(FULL, state))["State"]


def test_the_language_can_change_while_it_is_open(qtbot: QtBot) -> None:
    dialog = CameraDetails(FULL, TileState.LIVE)
    qtbot.addWidget(dialog)
    labels = len(dialog.findChildren(QLabel))
    QApplication.sendEvent(dialog, QEvent(QEvent.Type.LanguageChange))
    qtbot.waitUntil(lambda: len(dialog.findChildren(QLabel)) == labels)
    assert dialog.findChildren(QLabel)[1].text() == "7"
