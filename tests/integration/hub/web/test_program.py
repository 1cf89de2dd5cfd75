"""The hub as a program: first run, subcommands, and kill -9."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.domain.errors import Failure
from app.formats.intake import signature
from app.hub import __main__ as hub_main
from app.hub.cli import arguments, commands
from app.hub.config import Config
from app.hub.program import Program, close_services, open_services
from app.hub.services import first_run
from app.hub.services.hashing import Hashing
from app.hub.store.columns import now_us
from app.wire.entities import SiteRow
from tests.fakes.web_hub import CHEAP, PASSWORD


@contextmanager
def running(root: Path, data: Path, *more: str) -> Iterator[tuple[Any, dict[str, Any]]]:
    """The hub as a process of its own; what it said when it was ready."""
    with subprocess.Popen(
        [sys.executable, "-m", "app.hub", "--data", str(data), "--port", "0", *more],
        cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "GWANJE_HUB_CENTRE": "종로구"},
    ) as process:  # fmt: skip
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line, process.communicate()[1]
        try:
            yield process, json.loads(line)
        finally:
            if process.poll() is None:
                process.terminate()
            process.communicate(timeout=20)


@contextmanager
def signed_in(told: dict[str, Any], data: Path, password: str) -> Iterator[httpx2.Client]:
    trust = ssl.create_default_context(cafile=str(data / "tls" / "ca.pem"))
    with httpx2.Client(base_url=told["address"], verify=trust) as http:
        asked = {"username": "admin", "password": password, "client": "pc"}
        answer = http.post("/v1/session", json=asked)
        assert answer.status_code == 200, answer.text
        http.headers["Authorization"] = f"Bearer {answer.json()['token']}"
        yield http


def test_kill_9_loses_no_delivery_that_was_acknowledged(root: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    with running(root, data) as (process, told):
        path = Path(told["first_password"])
        assert path.stat().st_mode & 0o777 == 0o600
        username, once = path.read_text().split()
        assert username == "admin"
        with signed_in(told, data, once) as http:
            new = {"old": once, "new": PASSWORD}
            assert http.post("/v1/password", json=new).status_code == 204
            site = http.get("/v1/sites").json()["rows"][0]
            assert site["name"] == "종로구"
            given = {"kind": "cap", "site": site["id"]}
            secret = signature.secret(http.put("/v1/feeds/cap", json=given).json()["secret"])
            accepted = []
            for n in range(20):
                body = f"<nonsense {n}".encode()
                headers = signature.sign(f"d{n}", _now(), body, secret)
                answer = http.post("/v1/intake/cap?feed=cap", content=body, headers=headers)
                accepted.append(answer.json()["id"])
            process.send_signal(signal.SIGKILL)
            process.wait()
    with running(root, data) as (_, told):
        assert told["first_password"] is None
        with signed_in(told, data, PASSWORD) as http:
            # Not a single one is of a form that can be understood: all lie in quarantine.
            kept: set[str] = set()
            while len(kept) < len(accepted):
                kept = {row["id"] for row in http.get("/v1/quarantine").json()["rows"]}
            assert kept == set(accepted)
    assert commands.run(arguments.parse(["check"]), Config(data=data)).good


def _now() -> Any:
    from app.hub.store.columns import moment

    return moment(now_us())


def test_it_ends_by_itself_and_tells_what_is_wrong(
    root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with running(root, tmp_path, "--plain", "--run-for", "0") as (process, told):
        assert told["address"].startswith("http://127.0.0.1:")
        assert process.wait(timeout=20) == 0
    assert hub_main.main(["--plain", "--host", "0.0.0.0"]) == 2  # noqa: S104
    assert "loopback" in capsys.readouterr().err
    assert hub_main.main(["check", "--data", str(tmp_path)]) == 0
    assert "sound" in capsys.readouterr().out


def test_backup_restore_import_and_a_new_password(tmp_path: Path) -> None:
    def run(*given: str, data: str = "a") -> str:
        asked = arguments.parse([*given, "--data", str(tmp_path / data)])
        config = commands.config_of(asked, {})
        return "\n".join(commands.run(asked, config).lines)

    with pytest.raises(Failure, match="no store"):
        run("backup", str(tmp_path / "copy"))
    names = "id,name,main_url\n"
    (tmp_path / "list.csv").write_text(names + "c1,정문,rtsp://192.0.2.1/1\n")
    assert "1" in run("import", str(tmp_path / "list.csv"))
    with pytest.raises(Failure, match="no such account"):
        run("reset-password", "nobody")
    assert "Backed up" in run("backup", str(tmp_path / "copy"))
    assert "Restored" in run("restore", str(tmp_path / "copy"), data="b")
    with pytest.raises(Failure):
        run("restore", str(tmp_path / "copy"), data="b")
    assert "Restored" in run("restore", str(tmp_path / "copy"), "--replace", data="b")
    first = (tmp_path / "tls", run("renew-certificate"))
    assert "hub.pem" in first[1]


async def test_a_first_run_happens_once(tmp_path: Path) -> None:
    config = Config(data=tmp_path, tls=False, port=0, socket_port=0)
    program = await Program.open(config, hashing=Hashing(CHEAP))
    assert program.first_password == tmp_path / first_run.FILE_NAME
    assert program.door is not None
    assert program.door.port > 0
    await program.stop()
    services = await open_services(config, hashing=Hashing(CHEAP))
    top = services.hub.sites.top
    assert await first_run.set_up(services.accounts, top, tmp_path) is None
    await services.hub.sites.put([SiteRow(id="p", name="경찰서", kind="police", parent=top)])
    password = await services.accounts.reset_password((await services.accounts.named("admin")).id)
    assert (await services.accounts.check("admin", password)).d["must_change"] is True
    await close_services(services)


async def test_a_certificate_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    for name in ("a.pem", "a.key"):
        (tmp_path / name).write_text("x")
    config = Config(
        data=tmp_path, port=0, tls_certificate=tmp_path / "a.pem", tls_key=tmp_path / "a.key"
    )
    with pytest.raises(Failure, match="tls_certificate"):
        await Program.open(config, hashing=Hashing(CHEAP))


async def test_a_taken_address_is_told(tmp_path: Path) -> None:
    config = Config(data=tmp_path / "a", tls=False, port=0)
    program = await Program.open(config, hashing=Hashing(CHEAP))
    taken = Config(data=tmp_path / "b", tls=False, port=program.web.port)
    with pytest.raises(Failure, match="cannot be opened"):
        await Program.open(taken, hashing=Hashing(CHEAP))
    await program.stop()
