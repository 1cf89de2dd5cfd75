"""`--self-test`: every part of the program is tried, and one that fails is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app import self_test as parts
from app.config import parse
from tests.architecture.sources import ROOT
from tests.integration.test_application import finished, start
from ui import self_test


def test_a_program_that_works_says_so(tmp_path: Path) -> None:
    file = tmp_path / "점검.json"
    process = start(ROOT, tmp_path / "profile", "--self-test", str(file))
    said = finished(process)
    told: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    assert process.returncode == 0, said
    assert told["ok"]
    assert told["parts"].keys() == parts.CHECKS.keys() | {"korean_text", "window", "loop"}
    assert set(told["parts"].values()) <= {parts.OK, parts.ABSENT}
    assert told["parts"]["decode_h264"] == told["parts"]["decode_h265"] == parts.OK


@pytest.mark.allow_logs("app.self_test")
async def test_a_part_that_fails_is_named_and_the_others_go_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def broken(_: parts.Bench) -> str:
        message = "avcodec is not there"
        raise ImportError(message)

    async def fine(_: parts.Bench) -> str:
        return parts.OK

    monkeypatch.setattr(parts, "CHECKS", {"decode": broken, "store": fine})
    found = await parts.run(tmp_path)
    assert found == {"decode": "ImportError: avcodec is not there", "store": parts.OK}


def test_letters_and_windows_are_really_looked_at(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert self_test.korean_text() == self_test.window() == parts.OK
    drawn = self_test._drawn
    monkeypatch.setattr(self_test, "_drawn", lambda text: drawn("□" if text else ""))
    assert self_test.korean_text() == "no font for Korean"
    monkeypatch.setattr(self_test, "_drawn", lambda _: drawn(""))
    assert self_test.korean_text() == "nothing was drawn"


def test_the_option_names_a_file() -> None:
    assert parse(["--self-test", "a.json"]).self_test == Path("a.json")
    assert parse([]).self_test is None
