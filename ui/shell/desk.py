"""What every window of the console is made with."""

from __future__ import annotations

import contextlib
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PySide6.QtCore import QStandardPaths

from app.console import Console
from ui.shell.notices import Notices
from ui.theme import Theme
from ui.wall.services import WallServices


@dataclass(frozen=True)
class Desk:
    """One per console; shared by its windows."""

    console: Console
    theme: Theme
    notices: Notices
    walls: WallServices

    def attempt(self, work: Coroutine[Any, Any, object], name: str) -> None:
        """Does `work` in a task; what the world refuses becomes a notice."""
        self.notices.attempt(work, name)

    @property
    def operator(self) -> str:
        return self.console.preferences.values.operator

    def stills_folder(self) -> Path:
        return _folder(
            self.console.preferences.values.stills_folder,
            QStandardPaths.StandardLocation.PicturesLocation,
        )

    def clips_folder(self) -> Path:
        return _folder(
            self.console.preferences.values.clips_folder,
            QStandardPaths.StandardLocation.MoviesLocation,
        )


def _folder(chosen: str, place: QStandardPaths.StandardLocation) -> Path:
    """The folder that the operator chose, else one of our own, made when it is needed.

    A chosen one that is missing is a drive that is not there: nothing is made in its place.
    """
    if chosen:
        return Path(chosen)
    folder = Path(QStandardPaths.writableLocation(place)) / "Gwanje"
    with contextlib.suppress(OSError):  # saving tells in words what is wrong with it
        folder.mkdir(parents=True, exist_ok=True)
    return folder
