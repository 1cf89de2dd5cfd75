"""The whole demo as the console's source: cameras, a hub that knows them, incidents."""

from __future__ import annotations

import os
import signal
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.config import parse
from app.demo.centre import DemoCentre
from app.demo.children import SYSTEM_PYTHON
from app.demo.hub import OPERATOR
from app.demo.site import SiteOptions
from app.domain.errors import BadInput
from app.domain.text import Text
from app.services.camera_source import NoCameras, Stepped
from app.services.hub_link import LinkState
from app.services.hub_session import HubSession
from app.services.incidents import NewIncident
from tests.bench import headless
from tests.fakes.waiting import until


def progress(words: Text, share: float) -> None:
    assert words.ko
    assert 0 <= share <= 1


def test_a_demo_has_a_hub_unless_it_is_told_otherwise() -> None:
    assert parse(["--demo"]).demo_hub
    assert not parse([]).demo_hub
    assert not parse(["--demo", "--no-hub"]).demo_hub
    assert not parse(["--demo", "--hub", "https://hub.example"]).demo_hub


def test_the_pace_of_a_demo_is_given_or_its_own() -> None:
    assert parse(["--demo"]).demo_pace is None
    assert parse(["--demo", "--demo-pace", "0"]).demo_pace == 0
    with pytest.raises(BadInput, match="--demo-pace"):
        parse(["--demo", "--demo-pace", "-3"])


async def test_a_demo_is_a_source_that_can_be_gone_through_step_by_step() -> None:
    centre = DemoCentre(SiteOptions(count=4), lambda: datetime.now(UTC), pace=0)
    assert isinstance(centre, Stepped)
    assert not isinstance(NoCameras(), Stepped)
    await centre.step()
    await centre.close()


async def test_a_demo_that_never_began_leaves_nothing() -> None:
    centre = DemoCentre(SiteOptions(count=4), lambda: datetime.now(UTC))
    folder = centre.folder.parent
    assert folder.is_dir()
    await centre.close()
    assert not folder.exists()


@pytest.fixture
async def centre(demo_cache: Path) -> AsyncIterator[DemoCentre]:
    if not SYSTEM_PYTHON.is_file():
        pytest.skip("no system Python: gst-rtsp-server cannot run here")
    options = SiteOptions(count=4, cache=demo_cache, seconds=4.0)
    found = DemoCentre(options, lambda: datetime.now(UTC), away=0.1)
    yield found
    await found.close()
    assert not found.folder.exists()


@pytest.fixture
async def session(centre: DemoCentre) -> AsyncIterator[HubSession]:
    """Signed in, with what the hub shows as the source of cameras."""
    found = await headless.session_at(centre.address, centre.folder)
    centre.follow(found.parts.cameras)
    assert not (await centre.load(progress)).cameras.cameras, "nobody is signed in yet"
    await found.start()
    await found.sign_in(OPERATOR, centre.password)
    yield found
    for _, stage in found.stages():
        await stage()


@pytest.mark.timeout(180)
@pytest.mark.allow_logs("app.demo.hub")
async def test_a_console_sees_the_demo_and_its_hub_dies_and_comes_back(
    centre: DemoCentre, session: HubSession
) -> None:
    parts = session.parts
    await until(lambda: bool(parts.incidents.all()), 40)
    listed = (await centre.load(progress)).cameras.cameras
    known = [centre.camera(camera.id) for camera in listed]
    assert len(known) == 4
    assert all(one is not None and one.profiles[0].url for one in known)
    assert not any(one.profiles[0].url for one in listed), "addresses are for the asking"
    await until(lambda: bool(parts.rows.all("unit")), 20)
    first = centre.hub_pid
    assert first is not None
    os.kill(first, signal.SIGKILL)
    await until(lambda: parts.link.link.state is LinkState.OFFLINE, 20)
    before = len(parts.incidents.all())
    await parts.incidents.create(NewIncident("police_dispatch", "전화 신고"))
    await until(lambda: parts.outbox.waiting == 0 and parts.outbox.troubled == 0, 40)
    assert len(parts.incidents.all()) > before
    assert centre.hub_pid != first
