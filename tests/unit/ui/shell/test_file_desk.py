"""Files of an incident on the screen: ui.shell.file_desk, ui.incidents.files."""

from __future__ import annotations

import asyncio
from functools import partial
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QEvent, QIODevice
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from app.domain.camera import CameraId
from app.services.hub_port import Upload
from tests.fakes.hub import ModelHub
from tests.fakes.hub_story import Desk, put_around, tell, there
from tests.fakes.waiting import until
from tests.unit.ui.shell.test_share_desk import centre, opened
from ui.incidents.files import FileStrip, PictureDialog
from ui.incidents.new import NewIncidentDialog
from ui.shell.file_desk import FileDesk


def picture() -> bytes:
    image = QImage(64, 36, QImage.Format.Format_RGB32)
    image.fill(QColor(200, 30, 40))
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload] # the stub wants bytes, Qt a str
    return bytes(data.data())


def told(desk: Desk) -> list[str]:
    return [one.words() for one in desk.site.notices.open]


def working() -> bool:
    return any(task.get_name() == "attachment" for task in asyncio.all_tasks())


def has(desk: Desk, count: int) -> bool:
    return len(strip(desk).buttons) == count


def strip(desk: Desk) -> FileStrip:
    files: FileDesk = desk.hub.files
    return files.strip


def test_a_file_is_attached_shown_and_saved(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()
    file = tmp_path / "현장.png"
    file.write_bytes(picture())

    async def story(desk: Desk) -> None:
        await opened(desk)
        await until(lambda: not strip(desk).add.isHidden())
        desk.hub.files.add("i1", file)
        await until(lambda: len(strip(desk).buttons) == 1)
        assert "첨부: 현장.png" in told(desk) or "Attached: 현장.png" in told(desk)
        (button,) = strip(desk).buttons
        button.click()
        await until(lambda: desk.screens.main.findChild(PictureDialog) is not None)
        dialog = desk.screens.main.findChild(PictureDialog)
        assert isinstance(dialog, PictureDialog)
        assert dialog.windowTitle() == "현장.png"
        shown = dialog.picture.pixmap().toImage().pixelColor(5, 5)
        assert (shown.red(), shown.green(), shown.blue()) == (200, 30, 40)
        dialog.save.click()
        chooser = desk.screens.main.findChild(QFileDialog)
        assert isinstance(chooser, QFileDialog)
        chooser.fileSelected.emit(str(tmp_path / "kept.png"))
        chooser.close()
        await until((tmp_path / "kept.png").exists)
        assert (tmp_path / "kept.png").read_bytes() == file.read_bytes()
        dialog.close_.click()

    tell(lambda: there(hub), tmp_path, story)


def test_what_is_no_picture_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()
    files = {"a.png": b"not a picture", "b.txt": b"memo"}
    for name, data in files.items():
        (tmp_path / name).write_bytes(data)

    async def story(desk: Desk) -> None:
        await opened(desk)
        for number, name in enumerate(files, 1):
            desk.hub.files.add("i1", tmp_path / name)
            await until(partial(has, desk, number))
        first, second = strip(desk).buttons
        first.click()
        await until(lambda: desk.screens.main.findChild(PictureDialog) is not None)
        dialog = desk.screens.main.findChild(PictureDialog)
        assert isinstance(dialog, PictureDialog)
        assert "no picture" in dialog.picture.text()
        dialog.close()
        second.click()
        chooser = desk.screens.main.findChild(QFileDialog)
        assert isinstance(chooser, QFileDialog)
        chooser.close()

    tell(lambda: there(hub), tmp_path, story)


def test_the_still_of_the_tile_goes_with_the_new_incident(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()

    async def story(desk: Desk) -> None:
        await desk.sign_in()
        put_around(desk)
        await until(lambda: desk.session.parts.link.link.up)
        main, console = desk.screens.main, desk.site.console
        camera = CameraId("c3")
        main.view.show_cameras([camera], 0)
        main.view.set_focus(0)
        desk.site.feed(camera, (10, 200, 30))
        main.frame.actions["incident.new"].trigger()
        dialog = desk.hub.incidents.findChild(NewIncidentDialog)
        assert isinstance(dialog, NewIncidentDialog)
        dialog.title.setText("싸움")
        dialog.save.click()
        await until(lambda: bool(desk.session.parts.outbox.acts()))
        act = desk.session.parts.outbox.acts()[0]
        # The hub answers: it knows the incident now.
        hub.model.put(
            "incident", act.target, number="20260302-0009", type="police_dispatch", grade=10,
            state=10, title="싸움", site="site-1", source="console",
            **{name: act.at.isoformat() for name in ("occurred_at", "received_at", "changed_at")},
        )  # fmt: skip
        await until(lambda: bool(hub.files), 10)
        ((incident, _), upload) = next(iter(hub.files.items()))
        assert incident == act.target
        assert isinstance(upload, Upload)
        assert upload.mime.startswith("image/")
        assert console.catalog.get(camera) is not None

    tell(lambda: there(hub), tmp_path, story)


def test_a_camera_without_a_picture_opens_an_incident_all_the_same(
    qtbot: QtBot, tmp_path: Path
) -> None:
    hub = centre()

    async def story(desk: Desk) -> None:
        await desk.sign_in()
        put_around(desk)
        await until(lambda: desk.session.parts.link.link.up)
        desk.site.console.snapshots.allowed = lambda: False
        desk.hub.cases.seen.emit("c3")
        desk.hub.cases.seen.emit("nobody")
        desk.hub.incidents.created.emit("i9", "c3")
        await until(lambda: not working())
        assert not hub.files
        assert not any("picture" in text for text in told(desk))

    tell(lambda: there(hub), tmp_path, story)


def test_choosing_a_file_needs_an_incident(qtbot: QtBot, tmp_path: Path) -> None:
    hub = centre()

    async def story(desk: Desk) -> None:
        await desk.sign_in()
        strip(desk).add.click()
        assert desk.screens.main.findChild(QFileDialog) is None
        await until(lambda: desk.session.parts.incidents.get("i1") is not None)
        desk.hub.cases.open("i1")
        strip(desk).add.click()
        chooser = desk.screens.main.findChild(QFileDialog)
        assert isinstance(chooser, QFileDialog)
        chooser.close()
        strip(desk).add.setText("")
        QApplication.sendEvent(strip(desk), QEvent(QEvent.Type.LanguageChange))
        assert strip(desk).add.text() == "Attach a file…"

    tell(lambda: there(hub), tmp_path, story)


def test_who_only_looks_is_offered_nothing_to_do(qtbot: QtBot, tmp_path: Path) -> None:
    hub: ModelHub = centre(role="auditor")

    async def story(desk: Desk) -> None:
        await opened(desk)
        detail = desk.hub.cases.detail
        buttons = (detail.notify, detail.assign, detail.merge, detail.note, strip(desk).add)
        assert all(one.isHidden() for one in (*buttons, *detail.moves.values()))
        assert not any(row.box.isEnabled() for row in detail.steps.rows.values())
        assert desk.hub.cases.queue.new.isHidden()
        desk.screens.main.frame.actions["incident.merge"].trigger()
        desk.screens.main.frame.actions["incident.acknowledge"].trigger()
        assert any("cannot do that" in text for text in told(desk))
        assert not desk.session.parts.outbox.acts()

    tell(lambda: there(hub), tmp_path, story)
