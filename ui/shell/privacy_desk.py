"""What a supervisor withholds of cameras: the whole of them for a time, parts of the picture."""

from __future__ import annotations

from collections.abc import Coroutine
from typing import Any

from PySide6.QtCore import QObject

from app.domain.camera import CameraId, Masks
from app.services.hub_session import HubParts
from ui.cameras.mask_editor import MaskEditor
from ui.cameras.words import state_words
from ui.shell.desk import Desk
from ui.shell.main_window import MainWindow
from ui.widgets.ask import Ask


class PrivacyDesk(QObject):
    """Behind the menu of the camera list."""

    def __init__(self, desk: Desk, parts: HubParts, main: MainWindow) -> None:
        super().__init__(main)
        self._desk, self._privacy, self._main = desk, parts.privacy, main
        self.editor: MaskEditor | None = None
        main.cameras.may_restrict = lambda: parts.privacy.allowed
        main.cameras.restrict_wanted.connect(self._restrict)
        main.cameras.mask_wanted.connect(self._draw)

    def end(self) -> None:
        """Of the hub's side of this console."""
        self.leave()
        self._main.cameras.may_restrict = lambda: False
        self._main.cameras.restrict_wanted.disconnect(self._restrict)
        self._main.cameras.mask_wanted.disconnect(self._draw)

    def leave(self) -> None:
        """Somebody else may be signed in next."""
        if self.editor is not None:
            self.editor.reject()

    def _do(self, work: Coroutine[Any, Any, object]) -> None:
        self._desk.attempt(work, "privacy")

    def _restrict(self, cameras: list[CameraId], minutes: int) -> None:
        if not minutes:
            self._do(self._privacy.unrestrict(cameras))
            return
        Ask(
            self.tr("For supervisors only"),
            self.tr(
                "Why are {count} cameras withheld? They leave every wall and every share at once."
            ).format(count=len(cameras)),
            self.tr("Restrict"),
            lambda reason: self._do(self._privacy.restrict(cameras, minutes, reason)),
            self._main,
            reason=True,
        ).open()

    def _draw(self, id_: CameraId) -> None:
        console = self._desk.console
        camera = console.catalog.get(id_)
        if camera is None or self.editor is not None:
            return
        editor = MaskEditor(camera, console.streams, self._desk.theme, state_words, self._main)
        editor.decided.connect(lambda masks, reason: self._mask(id_, masks, reason))
        editor.finished.connect(lambda _: self._drawn())
        self.editor = editor
        editor.open()

    def _drawn(self) -> None:
        editor, self.editor = self.editor, None
        if editor is not None:
            editor.deleteLater()

    def _mask(self, camera: CameraId, masks: Masks, reason: str) -> None:
        self._do(self._masked(camera, masks, reason))

    async def _masked(self, camera: CameraId, masks: Masks, reason: str) -> None:
        await self._privacy.mask(camera, masks, reason)
        said = self.tr("The masks are saved and hold on every console.")
        self._desk.notices.done(lambda: said)
