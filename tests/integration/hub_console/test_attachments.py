"""Files of incidents between a console and the real hub: app.services.attachments."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.domain.account import Role
from app.domain.errors import BadInput, Unavailable
from app.services import attachments as service
from app.services.attachments import Attachments, of_incident
from app.services.hub_port import HubFailure
from app.wire.entities import IncidentRow
from tests.fakes.hub_console import HubConsole
from tests.fakes.waiting import until
from tests.fakes.web_hub import HubSite, hub_site
from tests.integration.hub_console.test_rights import at_work, served

PICTURE = b"\xff\xd8\xff\xe0 a picture \xff\xd9"


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubSite]:
    (tmp_path / "hub").mkdir()
    async with hub_site(tmp_path / "hub") as made:
        yield made


def files_of(desk: HubConsole) -> Attachments:
    return Attachments(desk.hub, desk.rows, lambda: "a1")


def read(desk: HubConsole, incident: str) -> IncidentRow:
    return IncidentRow.model_validate(desk.rows.all("incident")[incident].d)


async def opened(desk: HubConsole) -> str:
    """An incident that the hub knows."""
    act = await desk.outbox.act(
        "incident.create", "i1", 0, {"type": "police_dispatch", "title": "싸움", "site": "gu"}
    )
    await until(lambda: desk.rows.get("incident", act.target) is not None, 10)
    return act.target


async def test_a_still_goes_to_the_hub_and_comes_back(hub: HubSite, tmp_path: Path) -> None:
    await hub.account(Role.OPERATOR)
    file = tmp_path / "1043_진천초등학교 앞.jpg"
    file.write_bytes(PICTURE)
    async with served(hub) as address, at_work(address, tmp_path / "console.db") as desk:
        files, incident = files_of(desk), await opened(desk)
        await files.add(incident, file)
        await until(lambda: read(desk, incident).attachments == 1, 10)
        (one,) = of_incident(read(desk, incident))
        assert (one.id, one.name, one.picture) == ("a1", file.name, True)
        assert await files.read(incident, one.id) == PICTURE
        await files.save(incident, one.id, tmp_path / "again.jpg")
        assert (tmp_path / "again.jpg").read_bytes() == PICTURE
        # Once more, as after an answer that was lost: nothing is there twice.
        await files.add(incident, file)
        assert read(desk, incident).attachments == 1
        with pytest.raises(HubFailure):
            await files.read(incident, "other")
        await files.stop()


async def test_what_is_no_attachment_is_told_by_its_name(
    hub: HubSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hub.account(Role.OPERATOR)
    monkeypatch.setattr(service, "MOST_BYTES", 100)
    large, empty, program = (tmp_path / name for name in ("l.jpg", "e.png", "p.exe"))
    large.write_bytes(bytes(101))
    empty.write_bytes(b"")
    program.write_bytes(b"MZ")
    async with served(hub) as address, at_work(address, tmp_path / "console.db") as desk:
        files, incident = files_of(desk), await opened(desk)
        for file, said in ((large, "20 MiB"), (empty, "empty"), (program, "PDF")):
            with pytest.raises(BadInput, match=rf"{file.name}.*{said}"):
                await files.add(incident, file)
        with pytest.raises(Unavailable, match=r"gone\.jpg"):
            await files.add(incident, tmp_path / "gone.jpg")
        await files.stop()


async def test_an_incident_that_the_hub_does_not_know_takes_no_file(
    hub: HubSite, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    await hub.account(Role.OPERATOR)
    monkeypatch.setattr(service, "_PATIENCE_S", 0.3)
    file = tmp_path / "1.jpg"
    file.write_bytes(PICTURE)
    async with served(hub) as address, at_work(address, tmp_path / "console.db") as desk:
        files = files_of(desk)
        with pytest.raises(Unavailable, match="does not know"):
            await files.add("nobody", file)
        await files.stop()
