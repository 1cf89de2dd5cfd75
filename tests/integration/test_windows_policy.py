"""The policy in a registry that Windows' own `winreg` reads: where Wine is, and a built tree."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.adapters.policy import KEY
from tests.architecture.sources import ROOT
from tests.bench import wine
from tests.bench.wine import Prefix, windows

TREE = ROOT / "out" / "windows" / "tree"
READ = """
import json
from app.adapters.policy import system_policy
found = system_policy().read()
told = {"values": dict(found.values), "problems": [problem.en for problem in found.problems]}
print("told", json.dumps(told))
"""


@pytest.fixture
def prefix(tmp_path: Path) -> Iterator[Prefix]:
    if lacking := wine.missing():
        pytest.skip(f"no {', '.join(lacking)}")
    if not list(TREE.rglob("python.exe")):
        pytest.skip("no tree for Windows: make windows")
    made = Prefix(tmp_path / "prefix", dict(os.environ))
    yield made
    made.close()


def put(prefix: Prefix, hive: str, name: str, kind: str, value: str) -> None:
    status, said = prefix.run(
        ["reg", "add", f"{hive}\\{KEY}", "/v", name, "/t", kind, "/d", value, "/f", "/reg:64"], 60
    )
    assert status == 0, said


@pytest.mark.timeout(300)
def test_what_group_policy_wrote_is_read(prefix: Prefix, tmp_path: Path) -> None:
    # The doubles of libraries that Qt wants are not needed for that.
    plain = {"WINEDLLOVERRIDES": "mscoree=;mshtml=;winemenubuilder.exe=d;winedbg.exe=d"}
    prefix.environment.update(plain)
    prefix.run(["wineboot", "-i"], 120)
    put(prefix, "HKLM", "hub", "REG_SZ", "https://hub.example")
    put(prefix, "HKLM", "site", "REG_SZ", "가람시")
    put(prefix, "HKLM", "lock_minutes", "REG_DWORD", "5")
    put(prefix, "HKCU", "lock_minutes", "REG_DWORD", "60")
    put(prefix, "HKCU", "kiosk", "REG_DWORD", "1")
    put(prefix, "HKLM", "theme", "REG_DWORD", "1")
    put(prefix, "HKLM", "wings", "REG_SZ", "two")
    script = tmp_path / "read.py"
    script.write_text(READ, encoding="utf-8")
    python = next(TREE.rglob("python.exe"))
    status, said = prefix.run([python, "-X", "utf8", windows(script)], 120)
    assert status == 0, said
    (line,) = (line for line in said.splitlines() if line.startswith("told "))
    told = json.loads(line.removeprefix("told "))
    assert told["values"] == {
        "hub": "https://hub.example", "site": "가람시", "lock_minutes": 5, "kiosk": True,
    }  # fmt: skip
    assert [("theme" in said, "wings" in said) for said in told["problems"]] == [
        (True, False), (False, True),
    ]  # fmt: skip
