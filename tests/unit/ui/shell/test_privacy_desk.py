"""What a supervisor withholds of cameras, from the list: ui.shell.privacy_desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.services.camera_privacy import CameraPrivacy
from tests.fakes.hub import ModelHub
from tests.fakes.hub_story import Desk, tell, there
from tests.fakes.waiting import until
from tests.unit.ui.shell.test_share_desk import centre, opened
from ui.shell.privacy_desk import PrivacyDesk
from ui.widgets.ask import Ask

TRIANGLE = ((0.1, 0.1), (0.5, 0.1), (0.1, 0.5))


def acts(hub: ModelHub) -> list[tuple[str, dict[str, Any]]]:
    return [
        (command.type, dict(command.args))
        for batch in hub.batches
        for command in batch.commands
        if command.type.startswith("camera.")
    ]


def closed(desk: Desk) -> bool:
    return desk.hub.privacy.editor is None


def test_a_supervisor_withholds_cameras_for_a_time(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre(role="supervisor")

    async def story(desk: Desk) -> None:
        await opened(desk)
        cameras = desk.screens.main.cameras
        first, second = (CameraId("c1"), CameraId("c2"))
        cameras.restrict_wanted.emit([first, second], 240)
        dialog = desk.screens.main.findChild(Ask)
        assert dialog is not None
        assert not dialog.go.isEnabled()
        dialog.reason.setPlainText("수사 협조")
        dialog.go.click()
        await until(lambda: len(acts(hub)) == 2)
        assert {args["reason"] for _, args in acts(hub)} == {"수사 협조"}
        assert {args["minutes"] for _, args in acts(hub)} == {240}
        cameras.restrict_wanted.emit([first], 0)
        await until(lambda: acts(hub)[-1] == ("camera.unrestrict", {}))
        assert cameras.may_restrict()

    tell(lambda: there(hub), tmp_path, story)


def test_masks_are_drawn_and_sent(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre(role="supervisor")

    async def story(desk: Desk) -> None:
        await opened(desk)
        privacy: PrivacyDesk = desk.hub.privacy
        first = desk.site.console.catalog.cameras[0]
        cameras = desk.screens.main.cameras
        cameras.mask_wanted.emit(first.id)
        editor = privacy.editor
        assert editor is not None
        cameras.mask_wanted.emit(first.id)
        assert privacy.editor is editor
        for point in TRIANGLE:
            editor.canvas.drawn.emit(editor.draft.added(point))
            editor.canvas.settled.emit()
        editor.canvas.drawn.emit(editor.draft.closed())
        editor.canvas.settled.emit()
        editor.save.click()
        await until(lambda: len(acts(hub)) == 1)
        ((kind, args),) = acts(hub)
        assert (kind, args["masks"]) == ("camera.mask", [[list(one) for one in TRIANGLE]])
        assert closed(desk)
        cameras.mask_wanted.emit("nobody")
        assert closed(desk)

    tell(lambda: there(hub), tmp_path, story)


def test_the_editor_goes_with_the_session(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre(role="supervisor")

    async def story(desk: Desk) -> None:
        await opened(desk)
        assert desk.session.parts.privacy.allowed
        first = desk.site.console.catalog.cameras[0]
        desk.screens.main.cameras.mask_wanted.emit(first.id)
        assert desk.hub.privacy.editor is not None
        await desk.session.sign_out()
        assert closed(desk)
        assert not desk.session.parts.privacy.allowed

    tell(lambda: there(hub), tmp_path, story)


def test_an_operator_is_not_asked(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()

    async def story(desk: Desk) -> None:
        await opened(desk)
        privacy: CameraPrivacy = desk.session.parts.privacy
        assert not privacy.allowed
        assert not desk.screens.main.cameras.may_restrict()

    tell(lambda: there(hub), tmp_path, story)
