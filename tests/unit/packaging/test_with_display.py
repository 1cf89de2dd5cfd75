from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.scripts import script
from tests.architecture.sources import ROOT

with_display = script("with_display")
WRAPPER = ROOT / "packaging" / "with_display.py"


def wrapped(*command: str, options: tuple[str, ...] = ()) -> list[str]:
    return [sys.executable, str(WRAPPER), *options, "--", *command]


def without_display() -> dict[str, str]:
    gone = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    return {name: value for name, value in os.environ.items() if name not in gone}


def test_without_a_display_the_command_gets_one_of_its_own() -> None:
    look = "import os, sys; print(os.environ['DISPLAY'], os.environ['QT_QPA_PLATFORM'], sys.argv)"
    done = subprocess.run(
        wrapped(sys.executable, "-c", look, "--run-for=5",
                options=("--when-virtual=--run-for=30", "--when-virtual=--lang=en")),
        env=without_display(), capture_output=True, text=True, timeout=25, check=True,
    )  # fmt: skip
    display, platform, rest = done.stdout.split(maxsplit=2)
    assert display.startswith(":")
    assert platform == "xcb"
    assert "--run-for=5" in rest, "what the person asked for stays"
    assert "--lang=en" in rest
    assert "30" not in rest
    assert not Path(f"/tmp/.X11-unix/X{display[1:]}").exists(), "the display ended"


def test_with_a_display_the_command_runs_on_it_unchanged() -> None:
    done = subprocess.run(
        wrapped(sys.executable, "-c", "import os, sys; print(os.environ['DISPLAY'], sys.argv)",
                options=("--when-virtual=--run-for=30",)),
        env={**without_display(), "DISPLAY": ":77"}, capture_output=True, text=True, timeout=25,
        check=True,
    )  # fmt: skip
    assert done.stdout.strip() == ":77 ['-c']"


@pytest.mark.parametrize(("end", "status"), [("sys.exit(3)", 3), ("os.kill(os.getpid(), 9)", 137)])
def test_the_command_s_end_is_the_wrapper_s(end: str, status: int) -> None:
    done = subprocess.run(
        wrapped(sys.executable, "-c", f"import os, sys; {end}"),
        env=without_display(), timeout=25, check=False,
    )  # fmt: skip
    assert done.returncode == status


def test_sigterm_reaches_the_command_and_no_display_is_left() -> None:
    wait = (
        "import os, signal, sys\n"
        "signal.signal(signal.SIGTERM, lambda *_: sys.exit(5))\n"
        "print(os.environ['DISPLAY'], flush=True)\n"
        "while True: signal.pause()\n"
    )
    with subprocess.Popen(
        wrapped(sys.executable, "-c", wait),
        env=without_display(),
        stdout=subprocess.PIPE,
        text=True,
    ) as wrapper:
        assert wrapper.stdout is not None
        display = wrapper.stdout.readline().strip()
        wrapper.send_signal(signal.SIGTERM)
        assert wrapper.wait(20) == 5
    assert not Path(f"/tmp/.X11-unix/X{display[1:]}").exists()


def test_two_displays_at_once_have_two_numbers() -> None:
    with with_display.virtual_display() as first, with_display.virtual_display() as second:
        assert first != second


def test_without_xvfb_it_says_what_is_missing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(with_display.shutil, "which", lambda _name: None)
    assert with_display.main(["--", "true"]) == 2
    said = capsys.readouterr().err
    assert "Xvfb도 없습니다" in said
    assert "xvfb" in said
