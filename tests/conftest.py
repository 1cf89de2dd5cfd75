"""The world every test starts from: no screen, no person's settings, no network names."""

from __future__ import annotations

import os

# Before anything imports Qt. End-to-end tests start processes of their own on their own display.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
# The desktop's own settings (styles, scale factors, accessibility) must not colour the result.
os.environ["QT_SCALE_FACTOR"] = "1"
os.environ["QT_LINUX_ACCESSIBILITY_ALWAYS_ON"] = "0"
os.environ["PYTHON_KEYRING_BACKEND"] = "tests.fakes.keyring.MemoryKeyring"
os.environ["LC_ALL"] = "C.UTF-8"
# Hundreds of processes read the same modules: where no bytecode may be kept (some containers say
# so), each of them compiles them anew, and pytest every test.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

import itertools
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.scripts import script

sys.dont_write_bytecode = False

pytest_plugins = ("tests.guards",)

ROOT = Path(__file__).resolve().parents[1]

_profile_numbers = itertools.count()


@pytest.fixture(scope="session")
def root() -> Path:
    """The folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared_data(root: Path) -> Path:
    """The folder with public data sets of Korean cities; skips where it is not laid out."""
    folder = Path(os.environ.get("GWANJE_DATA") or root.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no public data sets at {folder} (set GWANJE_DATA)")
    return folder


@pytest.fixture(autouse=True, scope="session")
def _temporary_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A folder of this run and its children, so that a guard sees who leaves something."""
    folder = tmp_path_factory.getbasetemp() / "temporary"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TMPDIR", str(folder))
        patch.setattr(tempfile, "tempdir", None)
        yield


@pytest.fixture(autouse=True)
def profile_dir(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Path]:
    """A profile of its own for every test, not made until something writes to it."""
    home = tmp_path_factory.getbasetemp() / "profiles" / str(next(_profile_numbers))
    profile = home / "gwanje"
    monkeypatch.setenv("GWANJE_PROFILE_DIR", str(profile))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / "config"))
    monkeypatch.setenv("XDG_DATA_HOME", str(home / "data"))
    monkeypatch.setenv("XDG_STATE_HOME", str(home / "state"))
    # libpulse, which libVLC loads, leaves a folder in /tmp for each configuration it meets.
    monkeypatch.setenv("PULSE_RUNTIME_PATH", str(home / "pulse"))
    yield profile
    if (fake := sys.modules.get("tests.fakes.keyring")) is not None:
        fake.MemoryKeyring.forget()


@pytest.fixture(scope="session")
def display() -> Iterator[str]:
    """A virtual display (":99") for end-to-end tests, 1920x1080, of this run alone."""
    with script("with_display").virtual_display() as name:
        yield name


@pytest.fixture
def display_env(display: str, profile_dir: Path) -> dict[str, str]:
    """The environment of a console that is started as a process, on `display`, with a profile of
    its own (what `profile_dir` set is in it).
    """
    found: dict[str, str] = script("with_display").environment(display, os.environ)
    return found
