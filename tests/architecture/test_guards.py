"""Each guard catches the leak it is for, and lets the clean twin pass."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

LEAKY = """
import asyncio, atexit, logging, mmap, os, socket, subprocess, sys, tempfile, threading, warnings
import pytest
from multiprocessing import resource_tracker, shared_memory

kept = []

def test_thread():
    thread = threading.Thread(target=threading.Event().wait, name="lost", daemon=True)
    thread.start()

def test_process():
    kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))

def test_zombie():
    kept.append(subprocess.Popen(["true"]))

def test_socket():
    kept.append(socket.socketpair())

def test_named_shared_memory():
    kept.append(shared_memory.SharedMemory(create=True, size=16))
    resource_tracker.unregister(kept[-1]._name, "shared_memory")
    # Lost for the guard, not for the machine.
    atexit.register(os.unlink, "/dev/shm/" + kept[-1].name)

def test_memfd():
    kept.append(os.memfd_create("lost"))

def test_memfd_mapping():
    descriptor = os.memfd_create("lost")
    os.ftruncate(descriptor, 4096)
    view = mmap.mmap(descriptor, 4096)
    os.close(descriptor)
    kept.append(view)

def test_temporary_folder():
    atexit.register(os.rmdir, tempfile.mkdtemp(prefix="lost-"))

async def test_task():
    kept.append(asyncio.get_running_loop().create_task(asyncio.sleep(60), name="lost"))

def test_timer(qapp):
    from PySide6.QtCore import QTimer
    kept.append(QTimer())
    kept[-1].start(10_000)

def test_window(qapp):
    from PySide6.QtWidgets import QWidget
    kept.append(QWidget())
    kept[-1].show()

def test_log():
    logging.getLogger("app.x").warning("nobody asked for this")

@pytest.mark.allow_logs("app.y")
def test_log_of_another():
    logging.getLogger("app.x").warning("nobody asked for this")

def test_qt_warning(qapp):
    from PySide6.QtCore import qWarning
    qWarning("QObject: nobody asked for this")

def test_python_warning():
    warnings.warn("nobody asked for this", DeprecationWarning)

def test_lost_coroutine():
    asyncio.sleep(1)
"""

CLEAN = """
import asyncio, logging, mmap, os, socket, subprocess, sys, tempfile, threading
import pytest

@pytest.fixture(scope="module")
def server():
    child = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    yield child
    child.communicate(b"\\n")

def test_module_fixture_may_live_on(server):
    assert server.poll() is None

def test_thread_that_ends_a_little_later():
    threading.Timer(0.1, lambda: None).start()

def test_socket():
    for end in socket.socketpair():
        end.close()

def test_memfd_mapping():
    descriptor = os.memfd_create("kept")
    os.ftruncate(descriptor, 4096)
    mmap.mmap(descriptor, 4096).close()
    os.close(descriptor)

def test_temporary_folder():
    with tempfile.TemporaryDirectory():
        pass

async def test_task():
    await asyncio.get_running_loop().create_task(asyncio.sleep(0))

async def test_cancelled_task():
    task = asyncio.get_running_loop().create_task(asyncio.sleep(60))
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

def test_timer(qapp):
    from PySide6.QtCore import QTimer
    timer = QTimer()
    timer.start(10_000)
    timer.stop()

def test_window(qtbot):
    from PySide6.QtWidgets import QWidget
    window = QWidget()
    qtbot.addWidget(window)
    window.show()

@pytest.mark.allow_logs("app.x")
def test_expected_log():
    logging.getLogger("app.x.y").warning("asked for")

@pytest.mark.allow_leaks("sockets")
def test_allowed_leak():
    globals()["ends"] = socket.socketpair()
"""

CAUGHT = {
    "test_thread": "leaked threads: lost",
    "test_process": "leaked processes",
    "test_zombie": "leaked processes",
    "test_socket": "leaked sockets",
    "test_named_shared_memory": "leaked shared_memory: /dev/shm/psm_",
    "test_memfd": "leaked shared_memory: open memfd",
    "test_memfd_mapping": "leaked shared_memory: ",
    "test_temporary_folder": "leaked temporary_files: ",
    "test_task": "leaked tasks: lost",
    "test_timer": "leaked timers: QTimer started at",
    "test_window": "leaked windows: QWidget",
    "test_log": "unexpected log: WARNING app.x: nobody asked for this",
    "test_log_of_another": "unexpected log: WARNING app.x: nobody asked for this",
    "test_qt_warning": "QObject: nobody asked for this",
    "test_python_warning": "DeprecationWarning",
    "test_lost_coroutine": "never awaited",
}


def _run(root: Path, folder: Path, source: str) -> Mapping[str, str]:
    """Outcome of every test in `source`, run with the project's settings: "" or what failed."""
    (folder / "conftest.py").write_text("pytest_plugins = ('tests.guards',)\n")
    file = folder / "test_it.py"
    file.write_text(source)
    result = folder / "result.xml"
    command = [sys.executable, "-m", "pytest", "-c", "pyproject.toml", "--rootdir", str(folder)]
    command += ["-p", "no:randomly", "-p", "no:cacheprovider", f"--junitxml={result}"]
    command += [f"--basetemp={folder / 'temporary'}", str(file)]
    done = subprocess.run(
        command,
        cwd=root,
        env={**os.environ, "GWANJE_LEAK_GRACE": "0.3"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert result.exists(), done.stdout + done.stderr
    outcomes: dict[str, str] = {}
    for case in ET.parse(result).iter("testcase"):  # noqa: S314 - our own file
        said = [f"{p.get('message')} {p.text}" for p in case if p.tag in {"failure", "error"}]
        name = str(case.get("name"))
        outcomes[name] = outcomes.get(name, "") + "".join(said)
    outcomes["(run)"] = done.stderr + ("" if done.returncode in {0, 1} else done.stdout)
    return outcomes


@pytest.fixture(scope="module")
def leaky(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    return _run(root, tmp_path_factory.mktemp("leaky"), LEAKY)


@pytest.mark.parametrize("name", CAUGHT)
def test_a_guard_catches(leaky: Mapping[str, str], name: str) -> None:
    assert CAUGHT[name] in leaky[name]


def test_what_a_whole_run_leaks_is_told_too(leaky: Mapping[str, str]) -> None:
    assert "leaked by the run: process" in leaky["(run)"]


def test_every_leak_is_expected_to_be_caught(leaky: Mapping[str, str]) -> None:
    assert {name for name in leaky if name.startswith("test_")} == set(CAUGHT)


def test_what_cleans_up_passes(root: Path, tmp_path: Path) -> None:
    outcomes = _run(root, tmp_path, CLEAN)
    assert {name: said for name, said in outcomes.items() if said} == {}
    assert len(outcomes) == CLEAN.count("\ndef test_") + CLEAN.count("\nasync def test_") + 1


def test_bytecode_is_kept_whatever_the_environment_says(tmp_path: Path) -> None:
    """Here and in what the tests start: without it the whole run takes minutes longer."""
    (tmp_path / "read.py").touch()
    assert not sys.dont_write_bytecode
    subprocess.run([sys.executable, "-c", "import read"], cwd=tmp_path, check=True)
    assert [*tmp_path.glob("__pycache__/read.*.pyc")]
