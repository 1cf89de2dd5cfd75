"""The power goes at any step of an update: a whole version starts, and the next try gets there."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from app.updater.helper import Installation
from tests.architecture.sources import ROOT
from tests.fakes.updates import Installed, Publisher, install

STEPS = ("unpack", "give it its name", "remember the one before", "switch", "switched")
_ROUNDS = 12


class PowerCut(Exception):  # noqa: N818
    """Nothing after it happens."""


@pytest.mark.parametrize("at", STEPS)
def test_a_cut_before_each_step(installed: Installed, publisher: Publisher, at: str) -> None:
    bundle, heard = publisher.bundle("1.1.0"), []

    def step(name: str) -> None:
        heard.append(name)
        if name == at:
            raise PowerCut

    with pytest.raises(PowerCut):
        Installation(installed.root, step=step).apply(bundle)
    assert heard[-1] == at
    assert installed.now == ("1.1.0" if at == "switched" else "1.0.0")
    assert installed.whole(installed.now)
    again(installed, publisher, bundle)


def again(installed: Installed, publisher: Publisher, bundle: Path) -> None:
    """The same command once more, as the next night's task does it."""
    if installed.now == "1.1.0":
        return
    assert Installation(installed.root).apply(bundle) is not None
    assert installed.now == "1.1.0"
    assert installed.whole("1.1.0")
    assert publisher.keys.is_dir()


def test_kill_minus_nine_whenever(
    installed: Installed, publisher: Publisher, tmp_path: Path
) -> None:
    """The real helper program, ended at twelve moments of its work."""
    # Nobody tidies up after kill -9: what it leaves there goes with the test's own folder.
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    environment = {**os.environ, "TMPDIR": str(temporary)}
    bundle = publisher.bundle("1.1.0")
    command = [
        sys.executable, "-m", "app.updater", str(bundle), "--installation", str(installed.root),
    ]  # fmt: skip
    begun = time.monotonic()
    whole = install(installed.root.with_name("measured"), "1.0.0", publisher.root())
    subprocess.run([*command[:-1], str(whole.root)], cwd=ROOT, check=True, capture_output=True)
    took = time.monotonic() - begun
    for number in range(_ROUNDS):
        helper = subprocess.Popen(
            command, cwd=ROOT, env=environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            helper.wait(took * (number + 1) / _ROUNDS)
        except subprocess.TimeoutExpired:
            os.kill(helper.pid, signal.SIGKILL)
            helper.wait()
        assert installed.now in {"1.0.0", "1.1.0"}
        assert installed.whole(installed.now)
    again(installed, publisher, bundle)
