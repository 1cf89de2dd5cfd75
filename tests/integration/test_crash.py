"""Real consoles, really killed: what is known of it, and what comes back."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from app.log_setup import FILE_NAME

SECONDS = 30.0
CAMERAS = json.dumps(
    [
        {"id": f"C{n}", "name": f"카메라 {n}", "main_url": f"rtsp://kim:geheim@127.0.0.1:9/{n}"}
        for n in range(6)
    ]
)


TOLD = "The last run did not end as it should"


def wait_for(condition: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline, what
        time.sleep(0.02)


class Bench:
    """Starts consoles on one profile and ends what is left of them."""

    def __init__(self, root: Path, folder: Path) -> None:
        self.root, self.folder = root, folder
        self.profile = folder / "profile"
        self.cameras = folder / "cameras.json"
        self.cameras.write_text(CAMERAS, encoding="utf-8")
        self.started: list[subprocess.Popen[bytes]] = []
        self._number = 0

    def start(self, *command: object, **more: Any) -> subprocess.Popen[bytes]:
        environment = dict(os.environ, QT_QPA_PLATFORM="offscreen", HOME=str(self.folder))
        process = subprocess.Popen(
            [sys.executable, *map(str, command)], cwd=self.root, env=environment,
            stderr=subprocess.DEVNULL, **more,
        )  # fmt: skip
        self.started.append(process)
        return process

    def do(self, what: str, *options: str, **more: Any) -> tuple[subprocess.Popen[bytes], Path]:
        self._number += 1
        told = self.folder / f"told-{self._number}.json"
        process = self.start(
            "-m", "tests.fakes.crash_program", what, told, "--profile-dir", self.profile,
            "--cameras", self.cameras, "--decoders", "1", *options, **more,
        )  # fmt: skip
        return process, told

    def told(
        self, what: str, *options: str, **more: Any
    ) -> tuple[subprocess.Popen[bytes], dict[str, Any]]:
        process, file = self.do(what, *options, **more)
        wait_for(lambda: file.exists() or process.poll() is not None, "it never said anything")
        assert file.exists(), f"it ended with {process.returncode}"
        found: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        return process, found

    def end(self, process: subprocess.Popen[bytes], number: signal.Signals) -> int:
        process.send_signal(number)
        return process.wait(SECONDS)

    def reports(self) -> list[Path]:
        return sorted((self.profile / "reports").glob("*.zip"))

    def close(self) -> None:
        for process in self.started:
            process.kill()
            process.wait()
            if process.stdin is not None:
                process.stdin.close()


def log_of(bench: Bench) -> str:
    return (bench.profile / FILE_NAME).read_text(encoding="utf-8")


@pytest.fixture
def bench(root: Path, tmp_path: Path) -> Iterator[Bench]:
    made = Bench(root, tmp_path)
    yield made
    made.close()


pytestmark = pytest.mark.timeout(150)


@pytest.mark.parametrize("options", [(), ("--kiosk",)])
def test_a_killed_console_comes_back_as_it_was_and_says_so(
    bench: Bench, options: tuple[str, ...]
) -> None:
    process, before = bench.told("change", *options)
    assert bench.end(process, signal.SIGKILL) == -signal.SIGKILL
    process, after = bench.told("look", *options)
    wait_for(lambda: len(bench.reports()) == 1, "there is no report")
    assert after["windows"] == before["windows"]
    assert [tile["camera"] for tile in before["windows"]["main"]["tiles"][:3]] == ["C2", "C3", "C4"]
    assert before["windows"]["2"]["layout"]["name"] == "4"
    assert after["open"] == before["open"] == ["2"]
    assert after["kiosk"] == before["kiosk"] == bool(options)
    assert not after["safe"]
    # It is told a moment after the report is there.
    wait_for(lambda: TOLD in log_of(bench), "it is not told")
    assert bench.end(process, signal.SIGTERM) == 0
    log = log_of(bench)
    assert log.count(TOLD) == 1
    assert str(bench.reports()[0].name) in log
    # Ended in order this time: nothing is said at the next start.
    process, again = bench.told("look", *options)
    assert again["notices"] == []
    assert bench.end(process, signal.SIGTERM) == 0


def test_a_second_console_of_the_same_profile_is_no_crash(bench: Bench) -> None:
    first, _ = bench.told("look")
    second, seen = bench.told("look")
    assert not any("비정상" in words for words in seen["notices"])
    assert bench.end(first, signal.SIGTERM) == bench.end(second, signal.SIGTERM) == 0
    assert bench.reports() == []
    assert not list((bench.profile / "runs").glob("*.run"))


def test_a_loop_of_crashes_ends_in_the_safe_form_and_a_person_ends_that(bench: Bench) -> None:
    process, before = bench.told("change")
    assert bench.end(process, signal.SIGKILL) == -signal.SIGKILL
    for _ in range(2):
        process, _told = bench.do("abort")
        assert process.wait(SECONDS) == -signal.SIGABRT
    process, safe = bench.told("look")
    assert safe["safe"]
    assert not safe["map"]
    assert not any(camera for wall in safe["windows"].values() for camera in wall["tiles"])
    assert any("안전 모드" in words for words in safe["notices"])
    wait_for(lambda: bool(bench.reports()), "there is no report")
    with zipfile.ZipFile(bench.reports()[-1]) as report:
        # Where the fault was, by faulthandler.
        assert "Fatal Python error: Aborted" in report.read("logs/crash.log").decode()
    assert bench.end(process, signal.SIGKILL) == -signal.SIGKILL
    process, back = bench.told("bring-back")
    assert back["safe"]
    assert back["windows"] == before["windows"]
    assert bench.end(process, signal.SIGTERM) == 0
    process, last = bench.told("look")
    assert not last["safe"]
    assert last["map"]
    assert last["windows"] == before["windows"]
    assert bench.end(process, signal.SIGTERM) == 0


def children(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children()
    except psutil.NoSuchProcess:
        return []


def console_of(keeper: subprocess.Popen[bytes]) -> psutil.Process | None:
    return next((one for one in children(keeper.pid) if "--kept" in one.cmdline()), None)


def kept(bench: Bench, log: Path, times: int) -> Callable[[], bool]:
    return lambda: log.exists() and log.read_text("utf-8").count("usable after") == times


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM, signal.SIGHUP])
def test_a_killed_console_is_started_again_and_ends_with_its_keeper(
    bench: Bench, number: signal.Signals
) -> None:
    log = bench.profile / FILE_NAME
    keeper = bench.start(
        "main.py", "--profile-dir", bench.profile, "--decoders", "1", "--keep-alive"
    )
    wait_for(kept(bench, log, 1), "it never started")
    first = console_of(keeper)
    assert first is not None
    first.kill()
    wait_for(kept(bench, log, 2), "it was not started again")
    second = console_of(keeper)
    assert second is not None
    assert second.pid != first.pid
    family = [second, *second.children(recursive=True)]
    status = bench.end(keeper, number)
    assert status == (-number if number == signal.SIGKILL else 0)
    _, alive = psutil.wait_procs(family, SECONDS)
    assert alive == []
    # The console ended in order: its marker is gone.
    assert not list((bench.profile / "runs").glob("*.run"))


def test_what_dies_again_and_again_is_started_in_the_safe_form(bench: Bench) -> None:
    log = bench.profile / FILE_NAME
    keeper = bench.start(
        "main.py", "--profile-dir", bench.profile, "--decoders", "1", "--kiosk", "--keep-alive"
    )
    for times in (1, 2, 3):
        wait_for(kept(bench, log, times), "it was not started again")
        assert "safe form" not in log.read_text(encoding="utf-8")
        console = console_of(keeper)
        assert console is not None
        console.kill()
    wait_for(kept(bench, log, 4), "it was not started again")
    wait_for(lambda: "safe form" in log.read_text(encoding="utf-8"), "it is not in the safe form")
    assert bench.end(keeper, signal.SIGTERM) == 0


def test_the_keeper_ends_with_a_console_that_was_closed(bench: Bench) -> None:
    keeper = bench.start(
        "main.py", "--profile-dir", bench.profile, "--decoders", "1", "--run-for", "0",
        "--keep-alive",
    )  # fmt: skip
    assert keeper.wait(SECONDS) == 0


def test_the_keeper_is_not_the_console_and_loads_no_qt(bench: Bench, root: Path) -> None:
    look = "import sys, app.adapters.keep_alive; print([m for m in sys.modules if 'PySide' in m])"
    done = subprocess.run(
        [sys.executable, "-c", look], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


# --------------------------------------------------------------------------- damage, full disks


@pytest.mark.parametrize(
    "content", [b"", b"SQLite format 3\0" + b"\0" * 50, b"something else" * 99]
)
def test_a_damaged_store_is_kept_aside_and_told(bench: Bench, content: bytes) -> None:
    bench.profile.mkdir()
    (bench.profile / "console.db").write_bytes(content)
    process, seen = bench.told("look")
    aside = list(bench.profile.glob("console.damaged-*.db"))
    assert [file.read_bytes() for file in aside] == [content]
    assert any(str(aside[0]) in words for words in seen["notices"])
    assert bench.end(process, signal.SIGTERM) == 0


def test_half_a_store_loses_nothing_of_what_is_left(bench: Bench) -> None:
    process, _ = bench.told("change")
    assert bench.end(process, signal.SIGTERM) == 0
    store = bench.profile / "console.db"
    half = store.read_bytes()[: store.stat().st_size // 2]
    store.write_bytes(half)
    process, seen = bench.told("look")
    (aside,) = bench.profile.glob("console.damaged-*.db")
    assert aside.read_bytes() == half
    assert any(str(aside) in words for words in seen["notices"])
    assert bench.end(process, signal.SIGTERM) == 0


def test_a_profile_that_cannot_be_written_starts_and_says_so(bench: Bench) -> None:
    bench.profile.write_text("a file in the place of the folder")
    process, seen = bench.told("look")
    assert any("저장되지 않습니다" in words for words in seen["notices"])
    assert bench.end(process, signal.SIGTERM) == 0
    assert bench.profile.read_text() == "a file in the place of the folder"


ROOM = 16_384


def no_room() -> None:
    """No file of this process grows over 16 kB: what a full disk looks like."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (ROOM, ROOM))


def none_at_all() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (500, 500))


def test_a_full_disk_starts_and_says_so(bench: Bench) -> None:
    bench.profile.mkdir()
    (bench.profile / FILE_NAME).write_bytes(b"x" * ROOM)
    # The limit counts for shared memory, too, which a full disk leaves alone: no streams.
    bench.cameras.write_text('[{"id": "C1", "name": "C1"}]', encoding="utf-8")
    process, seen = bench.told("look", preexec_fn=no_room)
    assert any("저장되지 않습니다" in words for words in seen["notices"])
    assert bench.end(process, signal.SIGTERM) == 0
    assert (bench.profile / FILE_NAME).stat().st_size == ROOM


# --------------------------------------------------------------------------------- --diagnostics

PLANTED = {
    "rtsp": "rtsp://kim:geheim@10.9.8.7:554/live/1",
    "bearer": "Authorization: Bearer eyJhbGciOi.T0ken99.x",
    "hub": "GWANJE_HUB_PASSWORD=HubGeheim!7",
    "name": "홍길동",
    "phone": "010-1234-5678",
}
NEVER = ("geheim", "10.9.8.7", "T0ken99", "HubGeheim", "홍길동", "1234-5678")


def diagnostics(bench: Bench, target: Path, **more: Any) -> tuple[int, str]:
    process = bench.start(
        "main.py", "--profile-dir", bench.profile, "--diagnostics", target,
        stdout=subprocess.PIPE, **more,
    )  # fmt: skip
    assert process.stdout is not None
    with process.stdout:
        return process.wait(SECONDS), process.stdout.read().decode()


def test_no_planted_secret_is_in_a_bundle(bench: Bench) -> None:
    process, _ = bench.told("change")
    log = bench.profile / FILE_NAME
    with log.open("a", encoding="utf-8") as out:
        for what, secret in PLANTED.items():
            out.write(f"2026-03-02 09:00:05,123 INFO    MainProcess x: {what} {secret}\n")
    with (bench.profile / "crash.log").open("a", encoding="utf-8") as out:
        out.write("\n".join(PLANTED.values()))
    assert bench.end(process, signal.SIGKILL) == -signal.SIGKILL
    process, _ = bench.told("look")
    wait_for(lambda: len(bench.reports()) == 1, "there is no report")
    target = bench.folder / "out.zip"
    status, _said = diagnostics(bench, target)
    assert status == 0
    assert bench.end(process, signal.SIGTERM) == 0
    for file in (target, *bench.reports()):
        with zipfile.ZipFile(file) as archive:
            unpacked = {name: archive.read(name).decode() for name in archive.namelist()}
        assert set(json.loads(unpacked["manifest.json"])["files"]) == {*unpacked} - {
            "manifest.json"
        }
        whole = "".join(unpacked.values())
        assert [secret for secret in NEVER if secret in whole] == [], file
        assert "카메라 1" not in whole
        assert "C1" not in whole
        assert "x: rtsp" in unpacked["logs/gwanje.log"]


def test_diagnostics_of_a_damaged_profile_and_of_none(bench: Bench) -> None:
    target = bench.folder / "out.zip"
    assert diagnostics(bench, target)[0] == 0
    bench.profile.mkdir()
    for name in ("console.db", FILE_NAME, "runs"):
        (bench.profile / name).write_bytes(b"\xff\xfe\0 no database")
    before = {file: file.read_bytes() for file in bench.profile.iterdir()}
    assert diagnostics(bench, target)[0] == 0
    assert {file: file.read_bytes() for file in bench.profile.iterdir()} == before
    with zipfile.ZipFile(target) as archive:
        assert json.loads(archive.read("counts.json"))["console.db"] == "damaged"


@pytest.mark.parametrize("limit", [False, True])
def test_where_there_is_no_room_nothing_half_is_left(bench: Bench, *, limit: bool) -> None:
    folder = bench.folder / "usb"
    if limit:
        folder.mkdir()
    status, _ = diagnostics(bench, folder / "out.zip", preexec_fn=none_at_all if limit else None)
    assert status == 4
    assert not folder.exists() or list(folder.iterdir()) == []
