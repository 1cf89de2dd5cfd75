from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from app.adapters.run_marker import FOLDER, Runs
from app.caring import Marked
from ui.application import signed_out


def test_a_sign_out_that_was_called_off_leaves_the_run_marked(qtbot: QtBot, tmp_path: Path) -> None:
    runs, parent = Runs(tmp_path), QObject()
    runs.begin("1", datetime.now(UTC))
    marked = Marked(runs)
    told = signed_out(marked, parent, seconds=0.01)
    told(None)
    assert not list((tmp_path / FOLDER).glob("*.run"))
    qtbot.waitUntil(lambda: bool(list((tmp_path / FOLDER).glob("*.run"))))
    marked.ended_well()
    parent.deleteLater()
