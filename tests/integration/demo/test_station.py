"""The demo's second console is the program itself, and ends with whoever started it."""

from __future__ import annotations

from pathlib import Path

import psutil
import pytest

from app.config import parse
from app.demo.station import LOG_NAME, Station, command
from app.domain.text import Language
from tests.fakes.waiting import until


def test_it_is_started_as_a_station_would_start_it(tmp_path: Path) -> None:
    given = command("http://127.0.0.1:1", tmp_path, Language.EN)[2:]
    config = parse(given)
    assert (config.hub, config.hub_user) == ("http://127.0.0.1:1", "police")
    assert config.until_input_ends
    assert config.language is Language.EN
    assert "--lang" not in command("http://127.0.0.1:1", tmp_path, None)


async def test_it_ends_with_the_demo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    station = Station(tmp_path, "secret words", None)
    await station.start("http://127.0.0.1:9")
    assert station.pid is not None
    process = psutil.Process(station.pid)
    log = tmp_path / LOG_NAME
    await until(lambda: "usable after" in log.read_text(encoding="utf-8"), 60)
    assert "secret words" not in " ".join(process.cmdline())
    for _ in range(2):
        await station.stop()
    assert not process.is_running()
    assert "secret words" not in log.read_text(encoding="utf-8")
