from __future__ import annotations

import subprocess
import sys

# PySide6 6.12.0 on Python 3.11 drops a reference to None with every call that returns nothing and
# aborts ("none_dealloc") after some ten thousand. A wall repaints that often in ten minutes.
CALLS = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
widget = QWidget()
for _ in range(200_000):
    widget.update()
print("survived")
"""


def test_qt_survives_two_hundred_thousand_calls_that_return_nothing() -> None:
    done = subprocess.run(
        [sys.executable, "-c", CALLS], capture_output=True, text=True, timeout=25, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, "survived"), done.stderr
