from __future__ import annotations

import getpass
import platform
from pathlib import Path

import pytest

import app
from app.adapters import machine_facts


def test_facts_say_what_and_not_whose(tmp_path: Path) -> None:
    told = machine_facts.facts(tmp_path / "not" / "there")
    assert told["version"] == app.__version__
    assert told["cores"] >= 1
    assert told["memory_mb"] > 100
    assert told["disk_free_mb"] >= 0
    assert platform.node() not in str(told)


def test_packages_are_named_with_their_versions() -> None:
    assert machine_facts.packages()["psutil"].startswith("7.")


def test_the_profile_is_told_by_sizes_of_our_own_files(tmp_path: Path) -> None:
    ours = (
        "console.damaged-20261127-070000.db",
        "console.db",
        "console.db-wal",
        "gwanje.log",
        "gwanje.log.1",
        "hub.before-s0002_sharing-20261127-070000-2.db",
        "secrets.bin",
        "secrets.lost-key-20261127-070000.bin",
        "reports/crash-20261127-070000.zip",
        "runs/12-0af3.run",
        "runs/bad-ends.json",
    )
    foreign = ("clips/x/kim.mp4", "홍길동.txt", "Kim Minsu.db", "reports/kim.zip", "runs/kim.json")
    for name in (*ours, *foreign):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b"123")
    told = machine_facts.installation(tmp_path)
    assert told["profile_files"] == dict.fromkeys(ours, 3)
    assert told["from_source"]
    assert not told["installed"]
    assert machine_facts.installation(tmp_path / "none")["profile_there"] is False


def test_own_words_are_user_computer_and_folders(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "minsu")
    monkeypatch.setattr(platform, "node", lambda: "desk-3.city.local")
    words = machine_facts.own_words(tmp_path)
    assert {"minsu", "desk-3.city.local", "desk-3", str(tmp_path), str(Path.home())} <= {*words}


def test_a_user_without_a_name_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert str(tmp_path) in machine_facts.own_words(tmp_path)
