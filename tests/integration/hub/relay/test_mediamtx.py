"""The MediaMTX engine against a double that follows its description, and our real answers.

The real program was not run here: see docs/security.md.
"""

from __future__ import annotations

import asyncio
import os
import signal
import stat
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx2
import pytest

from app.demo.centre import free_port
from app.domain.errors import Unavailable
from app.domain.share import Ending
from app.hub import tls
from app.hub.config import Config
from app.hub.program import Program, relay_of
from app.hub.relay import mediamtx
from app.hub.relay.gst_engine import GstRelay, Listening
from app.hub.relay.mediamtx import CONFIG_NAME, MediaMtxRelay
from app.hub.services.accesses import Asker
from app.hub.services.hashing import Hashing
from app.hub.services.registry_rows import CameraSecret
from app.hub.services.relay_port import Source
from app.hub.store.columns import moment, now_us
from app.hub.web import relay_routes
from app.wire.access import AccessAsk, CameraAccess
from app.wire.entities import SiteRow
from tests.architecture.sources import ROOT
from tests.fakes.hub_site import Clock, Console, administrator, camera
from tests.fakes.incidents import STATION, receiver, subject
from tests.fakes.waiting import until, until_it
from tests.fakes.web_hub import CHEAP

POLICE = Asker(receiver(), "police-1", "10.0.0.9")


@pytest.fixture
def binary(tmp_path: Path) -> Path:
    path = tmp_path / "mediamtx"
    path.write_text(f'#!/bin/sh\nexec {sys.executable} {ROOT / "tests/fakes/mediamtx.py"} "$1"\n')
    path.chmod(0o755)
    return path


@pytest.fixture
async def program(tmp_path: Path, binary: Path) -> AsyncIterator[Program]:
    """A whole hub whose relay is MediaMTX, with one camera shared with the station."""
    config = Config(
        tmp_path / "data", port=0, tls=False, relay="mediamtx", mediamtx=binary,
        relay_port=free_port(),
    )  # fmt: skip
    made = await Program.open(config, hashing=Hashing(CHEAP))
    hub = made.services.hub
    top = hub.sites.top
    await hub.sites.put([SiteRow(id=STATION, name="달서경찰서", kind="police", parent=top)])
    secrets = {"C-1": CameraSecret({"sub": "rtsp://10.1.1.1/sub"}, "admin", "geheim")}
    await hub.registry.put_cameras(administrator(hub), [camera("C-1", 1, site=top)], secrets)
    who = subject(site=top, within=hub.sites.within(top))
    console = Console(hub, Clock(), who)
    await console.do("incident.create", "i1", type="emergency_bell")
    outcome = await console.do(
        "share.propose", "s1", receiver=STATION, incident="i1", cameras=["C-1"]
    )
    assert outcome.reason is None
    yield made
    await made.stop()


class Double:
    """The reader's side of the double."""

    def __init__(self, program: Program) -> None:
        self.http = httpx2.AsyncClient(
            base_url=f"http://127.0.0.1:{program.config.relay_port + 1}", trust_env=False
        )

    async def read(self, found: CameraAccess, ip: str = "10.0.0.9", **other: str) -> int:
        assert found.username is not None
        assert found.password is not None
        user = found.username.get_secret_value()
        given = {
            "user": user, "password": found.password.get_secret_value(), "ip": ip,
            "path": found.profiles[0].url.get_secret_value().rpartition("/")[2].partition("?")[0],
            "query": found.profiles[0].url.get_secret_value().partition("?")[2],
        }  # fmt: skip
        return (await self.http.post("/double/read", json=given | other)).status_code

    async def paths(self) -> dict[str, dict[str, object]]:
        return dict((await self.http.get("/double/paths")).json())


@pytest.fixture
async def double(program: Program) -> AsyncIterator[Double]:
    made = Double(program)
    yield made
    await made.http.aclose()


def relay(program: Program) -> MediaMtxRelay:
    found = program.services.hub.relaying.relay
    assert isinstance(found, MediaMtxRelay)
    return found


async def opened(program: Program, client: str = "police-1") -> CameraAccess:
    who = Asker(receiver(), client, "10.0.0.9")
    return await program.services.hub.accesses.of_share(who, "s1", "C-1", AccessAsk())


async def test_a_reader_is_asked_about_and_ended_with_its_share(
    program: Program, double: Double
) -> None:
    await until(lambda: relay(program).up)
    found = await opened(program)
    (path,) = (await double.paths()).values()
    assert path["source"] == "rtsp://admin:geheim@10.1.1.1/sub"
    assert path["sourceOnDemand"] is True
    assert await double.read(found) == 200
    await until(lambda: len(relay(program).sessions()) == 1)
    assert relay(program).sessions()[0].address == "10.0.0.9"
    hub = program.services.hub
    due = await hub.reader.read(lambda c: hub.shares.need(c, "s1"))
    await hub.writer.do(lambda tx: hub.shares.end(tx, due, Ending.PERSON))
    await until(lambda: relay(program).sessions() == [])
    assert await double.read(found) == 401


async def test_who_is_refused(program: Program, double: Double) -> None:
    await until(lambda: relay(program).up)
    found = await opened(program)
    assert await double.read(found, password="0" * 32) == 401
    assert await double.read(found, user="nobody") == 401
    assert await double.read(found, user="") == 401
    assert await double.read(found, path="elsewhere") == 404
    assert await double.read(found) == 200
    assert await double.read(found, ip="10.6.6.6") == 401
    other = await opened(program, "police-2")
    program.services.hub.relaying.most = 1
    await until(lambda: len(relay(program).sessions()) == 1)
    assert await double.read(other) == 401


async def test_only_the_relay_may_ask_and_only_the_hub_may_command(
    program: Program, double: Double
) -> None:
    await until(lambda: relay(program).up)
    key = relay(program).key
    async with httpx2.AsyncClient(base_url=program.address, trust_env=False) as http:
        for query, body, status in (
            ("", {"action": "read", "user": "x"}, 404),
            ("?key=guess", {"action": "read", "user": "x"}, 404),
            (f"?key={key}", {"action": "read", "user": "x", "path": "y", "query": ""}, 401),
            (f"?key={key}", {"action": "publish", "user": "x", "path": "y"}, 401),
            (f"?key={key}", {"action": "api", "user": "hub", "password": "guess"}, 401),
            (f"?key={key}", {"action": "api", "user": "hub", "password": key}, 200),
        ):
            answer = await http.post(f"/v1/relay/auth{query}", json=body)
            assert answer.status_code == status, body
    assert (await double.http.get("/v3/rtspsessions/list")).status_code == 401
    config = program.config.data / CONFIG_NAME
    assert stat.S_IMODE(config.stat().st_mode) == 0o600
    assert relay_routes.router is not None


@pytest.mark.allow_logs("app.hub.relay.mediamtx")
async def test_one_that_dies_is_started_again_and_told_everything(
    program: Program, double: Double
) -> None:
    await until(lambda: relay(program).up)
    await opened(program)
    process = relay(program)._process
    assert process is not None
    os.kill(process.pid, signal.SIGKILL)
    await until(lambda: relay(program).starts == 2 and relay(program).up)

    async def known() -> bool:
        return len(await double.paths()) == 1

    await until_it(known)
    hub = program.services.hub
    await relay(program).put(Source("/other", "rtsp://10.1.1.2/sub"))
    await relay(program).put(Source("/other", "rtsp://10.1.1.3/sub"))
    assert (await double.paths())["other"]["source"] == "rtsp://10.1.1.3/sub"
    await relay(program).forget("/other")
    await relay(program).forget("/other")
    assert len(await double.paths()) == 1
    assert hub.relaying.serves


@pytest.mark.allow_logs("app.hub.relay.mediamtx")
async def test_without_its_binary_there_is_none_and_it_says_so(tmp_path: Path) -> None:
    asked = mediamtx.Program(tmp_path / "missing", tmp_path, "http://127.0.0.1:1/", free_port())
    none = MediaMtxRelay(Listening(), asked)
    await none.start()
    await until(lambda: "missing" in none.problem)
    assert not none.up
    with pytest.raises(Unavailable):
        await none.put(Source("/x", "rtsp://10.1.1.1/"))
    await none.revoke(["t1"])
    await none.stop()


def test_what_the_settings_make_of_it(tmp_path: Path, binary: Path) -> None:
    made = tls.prepare(tmp_path, ["127.0.0.1"], moment(now_us()))
    outside = Config(
        tmp_path, relay="mediamtx", mediamtx=binary, relay_host="192.0.2.1",
        relay_name="hub.example",
    )  # fmt: skip
    found = relay_of(outside, made, 8443)
    assert isinstance(found, MediaMtxRelay)
    assert found.address("/p", "t1") == "rtsps://hub.example:8554/p?t=t1"
    settings = mediamtx.settings(found._listening, found._program, "key")
    assert settings["rtspEncryption"] == "strict"
    assert settings["authHTTPAddress"] == "https://127.0.0.1:8443/v1/relay/auth?key=key"
    assert len(str(settings["authHTTPFingerprint"])) == 64
    assert relay_of(Config(tmp_path), made, 8443) is None
    gst = relay_of(Config(tmp_path, relay="gst"), made, 8443)
    assert isinstance(gst, GstRelay)
    assert gst.address("/p", "t1") == "rtsp://127.0.0.1:8554/p"
    asyncio.run(found._client.aclose())
