"""The keys of selective monitoring: its wall, and one judgement for the focused tile."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from app.domain.camera import CameraId
from app.services.selective import NOTHING, Selective
from ui.shell.desk import Desk
from ui.shell.main_window import MainWindow

translate = QCoreApplication.translate


class SelectiveDesk(QObject):
    def __init__(self, desk: Desk, main: MainWindow, selective: Selective) -> None:
        super().__init__(main)
        self._desk, self._main, self._selective = desk, main, selective
        actions = main.frame.actions
        actions.bind("selective.wall", self.toggle)
        actions.bind("selective.real", lambda: self._judge(real=True))
        actions.bind("selective.false", lambda: self._judge(real=False))

    def toggle(self) -> None:
        window = self._selective.toggle()
        if window is not None:
            self._desk.notices.done(begun_words)

    def end(self) -> None:
        self._selective.close()

    def leave(self) -> None:
        """Nobody is signed in any more."""
        if self._selective.window is not None:
            self._selective.toggle()

    def _judge(self, *, real: bool) -> None:
        camera = self._main.view.focused_camera
        if camera is None:
            self._desk.notices.failed(NOTHING)
            return
        work = self._real(camera) if real else self._mistaken(camera)
        self._desk.attempt(work, "judge an event")

    async def _real(self, camera: CameraId) -> None:
        await self._selective.real(camera)
        self._desk.notices.done(real_words)

    async def _mistaken(self, camera: CameraId) -> None:
        count = await self._selective.mistaken(camera)
        known = self._desk.console.catalog.get(camera)
        name = known.name if known is not None else str(camera)
        self._desk.notices.done(lambda: mistaken_words(name, count))


def begun_words() -> str:
    return translate(
        "SelectiveDesk", "Selective monitoring. Y: real, X: false alarm, V: back to the wall."
    )


def real_words() -> str:
    return translate("SelectiveDesk", "Acknowledged. D opens the cameras around it.")


def mistaken_words(name: str, count: int) -> str:
    said = translate("SelectiveDesk", "False alarm at {name}; {count} of this rule so far.")
    return said.format(name=name, count=count)
