from __future__ import annotations

import subprocess
import sys

import pytest

from ui.overrides import guard_overrides

PROBE = """
import os
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication, QWidget
from typing_extensions import override
from ui.overrides import guard_overrides

class Probe(QWidget):
    @override
    def showEvent(self, event):
        int("words raised by C code")

app = QApplication([])
assert guard_overrides("__main__") == 1
assert guard_overrides("__main__") == 0
try:
    Probe().show()
except ValueError as error:
    print("survived", error)
"""


def test_an_error_in_a_virtual_does_not_end_the_process() -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROBE], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "survived" in done.stdout


def test_it_finds_the_screens(monkeypatch: pytest.MonkeyPatch) -> None:
    import ui.shell.kiosk as probe

    original = vars(probe.Kiosk)["eventFilter"]
    monkeypatch.setattr(probe.Kiosk, "eventFilter", original)
    guard_overrides("ui.shell.kiosk")
    assert hasattr(vars(probe.Kiosk)["eventFilter"], "_guarded_override")
