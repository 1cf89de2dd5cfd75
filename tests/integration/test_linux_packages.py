"""The short proof of the packages for Debian: unpacked into a folder, never installed.

`make show-linux` is the long one.
"""

from __future__ import annotations

import json
import os
import shutil
import ssl
import subprocess
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.architecture.sources import ROOT

BUILT = ROOT / "out" / "linux"
SECONDS = 90.0


def unpacked(name: str, folder: Path) -> Path:
    """Where it would lie under /usr/lib. Skips where there is nothing to unpack, or to run it."""
    if shutil.which("dpkg-deb") is None:
        pytest.skip("no dpkg-deb: not a Debian")
    packages = sorted(BUILT.glob(f"{name}_[0-9]*_amd64.deb"))
    if not packages:
        pytest.skip(f"no package of {name}: make linux")
    subprocess.run(["dpkg-deb", "--extract", str(packages[-1]), str(folder)], check=True)
    home = folder / "usr" / "lib" / name
    python = home / "bin" / "python3"
    if not python.exists():
        pytest.skip(f"no {python.readlink()} on this system")
    return home


def files(home: Path) -> set[Path]:
    return set(home.rglob("*"))


def environment(folder: Path) -> dict[str, str]:
    """Nothing of this run; no keyring of whoever runs it."""
    return {
        "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(folder),
        "QT_QPA_PLATFORM": "offscreen", "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring",
    }  # fmt: skip


@pytest.mark.timeout(180)
def test_the_hub_serves_over_https_and_ends_in_order(tmp_path: Path) -> None:
    home, data = unpacked("gwanje-hub", tmp_path / "root"), tmp_path / "data"
    settings = tmp_path / "root" / "etc" / "gwanje" / "hub.toml"
    before = files(home)
    hub = subprocess.Popen(
        [
            home / "bin" / "python3", "-I", "-m", "app.hub", "serve", "--data", data, "--config",
            settings, "--port", "0",
        ],
        env=environment(tmp_path), stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    with hub:
        try:
            assert hub.stdout is not None
            told: dict[str, Any] = json.loads(hub.stdout.readline())
            trust = ssl.create_default_context(cafile=str(data / "tls" / "ca.pem"))
            address = f"{told['address']}/healthz"
            with urllib.request.urlopen(address, context=trust, timeout=SECONDS) as answer:  # noqa: S310 - https
                assert json.load(answer) == {"ok": True}
            hub.terminate()
            assert hub.wait(SECONDS) == 0
        finally:
            hub.kill()
    assert (data / "first-password.txt").stat().st_mode & 0o777 == 0o600
    assert files(home) == before, "it writes where it is installed"


@pytest.mark.timeout(180)
def test_every_part_of_the_console_works(tmp_path: Path) -> None:
    home, file = unpacked("gwanje", tmp_path / "root"), tmp_path / "점검.json"
    before = files(home)
    done = subprocess.run(
        [
            home / "bin" / "python3", "-I", home / "program" / "main.py", "--self-test", file,
            "--profile-dir", tmp_path / "profile",
        ],
        env=environment(tmp_path), capture_output=True, text=True, timeout=SECONDS, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(file.read_text(encoding="utf-8"))
    assert told["ok"]
    assert told["parts"]["decode_h264"] == told["parts"]["korean_text"] == "ok"
    assert files(home) == before, "it writes where it is installed"
