from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ui.screenshot import save_screenshot


def test_the_screen_becomes_a_file(qtbot: QtBot, tmp_path: Path) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    label.show()
    qtbot.waitExposed(label)
    target = tmp_path / "below" / "s.png"
    save_screenshot(label, target)
    assert not QPixmap(str(target)).isNull()


def test_a_file_that_cannot_be_written_is_an_error(qtbot: QtBot, tmp_path: Path) -> None:
    label = QLabel("x")
    qtbot.addWidget(label)
    label.show()
    (tmp_path / "s.png").mkdir()
    with pytest.raises(OSError, match="cannot write"):
        save_screenshot(label, tmp_path / "s.png")
