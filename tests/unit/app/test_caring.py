from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from app import caring, composition, config
from app.adapters.run_marker import FOLDER, Runs
from app.config import Config
from app.domain.camera import Camera, CameraId, Profile, ProfileName
from app.domain.text import Text
from app.services.event_port import EventKind
from tests.fakes.care import HeardEvents


@pytest.mark.allow_logs("app.caring")
def test_three_bad_ends_make_the_next_start_a_safe_one(tmp_path: Path) -> None:
    now = datetime.now(UTC)
    for _ in range(3):
        runs = Runs(tmp_path)
        runs.begin("1", now)
        assert runs._lock is not None
        runs._lock.close()
    begun, marked = caring.begin_run(Config(tmp_path, tmp_path))
    assert begun.safe
    marked.ended_well()
    begun, marked = caring.begin_run(Config(tmp_path, tmp_path))
    assert not begun.safe
    marked.ended_well()
    assert not list((tmp_path / FOLDER).glob("*.run"))


def test_a_person_may_ask_for_the_safe_form(tmp_path: Path) -> None:
    begun, marked = caring.begin_run(Config(tmp_path, tmp_path, safe=True))
    marked.ended_well()
    assert begun.safe


@pytest.mark.allow_logs("app.caring")
def test_a_folder_that_cannot_be_written_keeps_nothing_from_starting(tmp_path: Path) -> None:
    (tmp_path / FOLDER).touch()
    begun, marked = caring.begin_run(Config(tmp_path, tmp_path))
    assert not begun.safe
    marked.ended_well()


def parsed(profile: Path, *options: str) -> Config:
    return config.parse(["--profile-dir", str(profile), "--decoders", "1", *options])


async def test_a_console_tells_what_it_knows_and_its_start_and_end(tmp_path: Path) -> None:
    console = await composition.build(parsed(tmp_path, "--hub", "http://127.0.0.1:9"))
    console.events = events = HeardEvents()
    await console.start()
    names = {piece.name for piece in caring.live_pieces(console)}
    assert names == {"figures.json", "settings.json", "counts.json", "hub.json"}
    assert not any("127.0.0.1" in piece.text for piece in caring.live_pieces(console))
    await console.stop()
    assert events.kinds() == [EventKind.STARTED, EventKind.ENDED]


async def test_the_safe_form_has_no_map_and_says_so(tmp_path: Path) -> None:
    console = await composition.build(parsed(tmp_path, "--safe"))
    console.events = events = HeardEvents()
    notices: list[Text] = []
    console.notices.connect(notices.append)
    await console.start()
    assert console.boundaries is None
    assert "safe form" in notices[0].en
    assert console.care is not None
    assert console.care.safe
    await console.care.bring_back()
    assert not console.walls.covered(console.walls.windows()[0])
    await console.stop()
    assert EventKind.SAFE_FORM in events.kinds()


def test_the_options_of_a_keeper_and_its_child(tmp_path: Path) -> None:
    keeper = parsed(tmp_path, "--kiosk", "--keep-alive")
    assert keeper.keep_alive
    assert not keeper.until_input_ends
    child = parsed(tmp_path, "--kiosk", "--keep-al", "--kept")
    assert not child.keep_alive
    assert child.until_input_ends
    assert parsed(tmp_path, "--diagnostics", "x.zip").diagnostics == Path("x.zip")


async def test_a_citys_cameras_do_not_push_out_who_works_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of more than words only the first count, and a camera's host may be one of thousands."""
    console = await composition.build(parsed(tmp_path))
    console.preferences.set("operator", "Kim A", keep=False)
    account = SimpleNamespace(username="gildong", name="Gildong Hong")
    now = SimpleNamespace(now=SimpleNamespace(account=account))
    monkeypatch.setattr(console, "hub", now)
    profile = Profile(ProfileName.MAIN, "rtsp://gate-1/live")
    console.catalog.load([Camera(CameraId("c"), 1, "x", "s", "p", (profile,))])
    assert caring._known(console) == ["Kim A", "gildong", "Gildong Hong", "gate-1"]
    monkeypatch.undo()
    await console.stop()
