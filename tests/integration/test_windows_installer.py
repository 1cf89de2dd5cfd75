"""The short proof of the Windows installer: where Wine is there, and one has been built.

`make show-windows` is the long one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.architecture.sources import ROOT
from tests.bench import wine
from tests.bench.show_windows import _last
from tests.bench.wine import Prefix, windows

BUILT = ROOT / "out" / "windows"
HOME = "C:\\Program Files\\관제 시험"


@pytest.fixture
def prefix(tmp_path: Path, display: str) -> Iterator[Prefix]:
    if lacking := wine.missing():
        pytest.skip(f"no {', '.join(lacking)}")
    if not list(BUILT.glob("gwanje-*-x64.exe")):
        pytest.skip("no installer: make windows")
    made = Prefix(tmp_path / "prefix", {**os.environ, "DISPLAY": display})
    yield made
    made.close()


@pytest.mark.timeout(300)
def test_it_installs_works_and_goes(prefix: Prefix, tmp_path: Path) -> None:
    prefix.make(next(BUILT.glob("tree/versions/*/lib/PySide6/Qt6Core.dll")))
    (installer, *_) = sorted(BUILT.glob("gwanje-*-x64.exe"))
    status, said = prefix.run([installer, "/S", *_last(f"/D={HOME}")], 180)
    assert status == 0, said
    home, told = prefix.path(HOME), tmp_path / "self-test.json"
    command: list[str | Path] = [home / "gwanje-console.exe", "--self-test", windows(told)]
    status, said = prefix.run([*command, "--profile-dir", windows(tmp_path / "profile")], 120)
    assert status == 0, said
    assert json.loads(told.read_text(encoding="utf-8"))["qt_platform"] == "windows"
    status, said = prefix.run([home / "uninstall.exe", "/S", *_last(f"_?={HOME}")], 120)
    assert status == 0, said
    assert [path.name for path in home.iterdir()] == ["uninstall.exe"]
