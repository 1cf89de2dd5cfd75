from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest

from app import composition, config, diagnostics
from app.config import Config
from app.domain.bad_ends import Exit


def test_it_says_where_the_file_is(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "gwanje.log").write_text("line\n" * 30_000, encoding="utf-8")
    target = tmp_path / "out.zip"
    assert diagnostics.run(Config(tmp_path, tmp_path), target) == Exit.DONE
    said = capsys.readouterr().err
    assert str(target) in said
    assert "%" in said
    with zipfile.ZipFile(target) as archive:
        assert json.loads(archive.read("counts.json")) == {
            "console.db": "absent", "hub.db": "absent",
        }  # fmt: skip
        assert json.loads(archive.read("runs.json")) == []


def test_the_hub_is_not_named(tmp_path: Path) -> None:
    (tmp_path / "gwanje.log").write_text("no answer from watchtower yet\n", encoding="utf-8")
    target = tmp_path / "out.zip"
    given = Config(tmp_path, tmp_path, hub="https://watchtower:8443")
    assert diagnostics.run(given, target) == Exit.DONE
    with zipfile.ZipFile(target) as archive:
        assert archive.read("logs/gwanje.log").decode() == "no answer from *** yet\n"


async def test_who_works_here_is_not_named(tmp_path: Path) -> None:
    """By the stores of a console that has ended; whatever the words around a name."""
    profile = tmp_path / "profile"
    console = await composition.build(config.parse(["--profile-dir", str(profile)]))
    await console.start()
    console.preferences.set("operator", "Gildong Hong")
    await console.stop()
    (profile / "gwanje.log").write_text("sign in of gildong hong refused\n", encoding="utf-8")
    target = tmp_path / "out.zip"
    assert diagnostics.run(Config(profile, tmp_path), target) == Exit.DONE
    with zipfile.ZipFile(target) as archive:
        assert archive.read("logs/gwanje.log").decode() == "sign in of *** refused\n"


def test_a_place_that_is_not_there_is_said_in_both_languages(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "none" / "out.zip"
    assert diagnostics.run(Config(tmp_path, tmp_path), target) == Exit.PARTLY
    said = capsys.readouterr().err
    assert "저장할 수 없습니다" in said
    assert "Choose another folder" in said


def test_without_a_terminal_it_is_silent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stderr", None)
    assert diagnostics.run(Config(tmp_path, tmp_path), tmp_path / "out.zip") == Exit.DONE
