"""A wall of QMediaPlayers, for the environment with PySide6-Addons.

The one argument is JSON: [[url, x, y, width, height], …].
"""

from __future__ import annotations

import importlib
import json
import signal
import sys
from typing import Any

QtCore: Any = importlib.import_module("PySide6.QtCore")
QtWidgets: Any = importlib.import_module("PySide6.QtWidgets")
QtMultimedia: Any = importlib.import_module("PySide6.QtMultimedia")
QtMultimediaWidgets: Any = importlib.import_module("PySide6.QtMultimediaWidgets")


def player(window: Any, url: str, x: int, y: int, width: int, height: int) -> Any:
    picture = QtMultimediaWidgets.QVideoWidget(window)
    picture.setGeometry(x, y, width, height)
    made = QtMultimedia.QMediaPlayer(window)
    made.setVideoOutput(picture)
    made.errorOccurred.connect(lambda _, text: print(text, file=sys.stderr, flush=True))
    made.setSource(QtCore.QUrl(url))
    made.play()
    return made


def main() -> int:
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    application = QtWidgets.QApplication(sys.argv[:1])
    window = QtWidgets.QWidget()
    window.setGeometry(0, 0, 1920, 1080)
    _players = [player(window, *tile) for tile in json.loads(sys.argv[1])]
    window.show()
    status: int = application.exec()
    return status


if __name__ == "__main__":
    sys.exit(main())
