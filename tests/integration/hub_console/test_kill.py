from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from app.adapters.hub_store import LocalHubStore
from app.clock import SystemClock
from tests.fakes.hub import ModelHub
from tests.fakes.hub_console import console
from tests.fakes.hub_model import HubModel


def act_and_be_killed(path: Path, root: Path, acknowledged: int) -> int:
    """Kills an acting process after so many acknowledgements; the last one that it said."""
    script = Path(__file__).with_name("keep_acting.py")
    command = [sys.executable, str(script), str(path)]
    env = {"PYTHONPATH": str(root)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env, cwd=root) as child:
        assert child.stdout is not None
        for _ in range(acknowledged):
            assert child.stdout.readline().strip().isdecimal()
        child.kill()
        rest = child.stdout.read().split()
    return int(rest[-1]) if rest else acknowledged


@pytest.mark.parametrize("acknowledged", [1, 40])
async def test_kill_9_loses_no_act_that_was_acknowledged(
    tmp_path: Path, root: Path, acknowledged: int
) -> None:
    path = tmp_path / "hub.db"
    said = act_and_be_killed(path, root, acknowledged)
    store = await LocalHubStore.open(path, SystemClock(), bytes(32))
    assert store.notices == ()
    numbers = [act.n for act in (await store.acts()).value]
    await store.close()
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(numbers) in {said, said + 1}
    hub = ModelHub(HubModel())
    site = await console(hub, path)
    await site.sign_in()
    await site.settled(hub.model)
    assert len(hub.model.effects) == len(numbers)
    await site.close()
