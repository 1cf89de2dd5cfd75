from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app.demo import __main__ as program
from app.demo.mounts import Style
from app.demo.site import SiteOptions


def options(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> SiteOptions:
    monkeypatch.setattr(sys, "argv", ["app.demo", *arguments])
    return program._options(program._arguments())


def test_without_options_it_is_a_full_site_of_36(monkeypatch: pytest.MonkeyPatch) -> None:
    found = options(monkeypatch)
    assert (found.count, found.style, found.port, found.server) == (36, Style.FULL, 0, True)


def test_options_reach_the_site(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found = options(
        monkeypatch, "--cameras", "64", "--port", "8554", "--cache", str(tmp_path),
        "--seconds", "4", "--mtu", "60000", "--rtcp-seconds", "5", "--files",
    )  # fmt: skip
    assert found == SiteOptions(
        count=64,
        port=8554,
        cache=tmp_path,
        seconds=4.0,
        mtu=60000,
        rtcp_seconds=5.0,
        server=False,
    )


@pytest.mark.parametrize(
    ("option", "style"), [("--only-plain", Style.PLAIN), ("--main-only", Style.MAIN_ONLY)]
)
def test_styles(monkeypatch: pytest.MonkeyPatch, option: str, style: Style) -> None:
    assert options(monkeypatch, option).style is style


def test_too_many_cameras_are_refused_in_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "argv", ["app.demo", "--cameras", "129"])
    assert program.main() == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "129" in said.err
    assert "128대까지" in said.err
