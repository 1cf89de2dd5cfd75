"""The whole console without a screen: built, started, filled, stopped."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from app import composition, config
from app.console import Console
from app.domain.camera import CameraId
from app.domain.errors import BadInput
from app.domain.stream import Want
from app.domain.text import Text
from app.domain.tile import TileState
from app.services.camera_source import NoCameras
from tests.fakes.hub import PASSWORD
from tests.fakes.hub_desk_site import put_camera
from tests.fakes.hub_model import HubModel
from tests.fakes.hub_server import hub_server
from tests.fakes.waiting import until
from tests.integration.conftest import DemoServer

LIST = """관리기관명,위도,경도,number,name,sub_url
달서구청,35.8142,128.5331,1021,월성네거리 북,{url}
달서구청,35.8142,128.5331,1022,상인역,gopher://10.0.0.1/
"""


def parsed(profile: Path, *options: str) -> config.Config:
    return config.parse(["--profile-dir", str(profile), "--decoders", "1", *options])


@pytest.mark.allow_logs("app.console")
async def test_a_console_shows_a_camera_of_a_list_and_leaves_nothing(
    demo_server: DemoServer, tmp_path: Path
) -> None:
    file = tmp_path / "list.csv"
    file.write_text(LIST.format(url=demo_server.url()), encoding="utf-8")
    console = await composition.build(parsed(tmp_path / "profile", "--cameras", str(file)))
    notices: list[Text] = []
    console.notices.connect(notices.append)
    await console.start()
    try:
        await console.load_cameras()
        camera = console.catalog.by_number(1021)
        assert camera is not None
        assert any("1" in text.ko for text in notices)  # the row with the wrong address
        changed: list[CameraId] = []
        console.streams.truth_changed.connect(changed.append)
        console.streams.declare("test", {camera.id: Want(320, 180)})
        await _until_live(console, camera.id)
        assert camera.id in changed
        assert console.figures.report().tiles == 0
    finally:
        await console.stop()
    assert (tmp_path / "profile" / "console.db").is_file()


async def _until_live(console: Console, camera: CameraId) -> None:
    async with asyncio.timeout(60):
        while console.streams.truth(camera).state is not TileState.LIVE:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


@pytest.mark.allow_logs("app.console")
async def test_a_list_that_cannot_be_read_leaves_an_empty_console_that_says_why(
    tmp_path: Path,
) -> None:
    file = tmp_path / "list.csv"
    file.write_bytes(b"\x00")
    console = await composition.build(parsed(tmp_path / "profile", "--cameras", str(file)))
    notices: list[Text] = []
    console.notices.connect(notices.append)
    await console.start()
    try:
        await console.load_cameras()
        assert console.catalog.cameras == ()
        assert any("list.csv" in text.en for text in notices)
    finally:
        await console.stop()


async def test_with_a_hub_the_cameras_are_the_hub_s_and_go_when_nobody_is_signed_in(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = HubModel()
    put_camera(model)
    monkeypatch.setenv(config.PASSWORD_VARIABLE, PASSWORD)
    async with hub_server(model) as server:
        url = f"http://127.0.0.1:{server.port}"
        given = parsed(tmp_path / "profile", "--hub", url, "--hub-user", "anna")
        assert PASSWORD not in repr(given)
        console = await composition.build(given)
        await console.start()
        try:
            await console.load_cameras()
            assert console.catalog.cameras == ()
            assert console.hub is not None
            assert given.hub_user is not None
            await console.hub.sign_in(given.hub_user, given.hub_password)
            await until(lambda: console.catalog.by_number(1021) is not None)
            console.preferences.set("lock_minutes", 5)
            assert console.hub.parts.sign_ins.idle.lock_after == 300.0
            await console.hub.sign_out()
            await until(lambda: console.catalog.cameras == ())
        finally:
            await console.stop()
    assert (tmp_path / "profile" / "hub.db").is_file()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--hub", "http://hub.example"), "https"),
        (("--hub", "https://hub.example", "--cameras", "list.csv"), "exclude"),
        (("--hub", "https://hub.example", "--hub-ca", "none.pem"), "authority"),
    ],
)
def test_a_hub_that_cannot_serve_is_told_at_the_start(
    tmp_path: Path, options: tuple[str, ...], said: str
) -> None:
    (tmp_path / "list.csv").write_text("", encoding="utf-8")
    given = [str(tmp_path / part) if part.endswith((".csv", ".pem")) else part for part in options]
    with pytest.raises(BadInput, match=said):
        parsed(tmp_path, *given)


async def test_without_a_list_the_console_opens_empty_and_says_where_its_cameras_would_be_from(
    tmp_path: Path,
) -> None:
    console = await composition.build(parsed(tmp_path / "profile"))
    assert isinstance(console.source, NoCameras)
    await console.start()
    try:
        await console.load_cameras()
        assert console.listed is not None
        assert console.listed.origin.ko == "카메라 목록 없음"
        assert console.catalog.cameras == ()
    finally:
        await console.stop()
