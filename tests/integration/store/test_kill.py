from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from app.adapters.store import LocalStore
from app.clock import SystemClock

ROUNDS = 3


def save_and_be_killed(path: Path, root: Path, acknowledged: int) -> int:
    """Kills a saving process after so many acknowledgements; the last one that it said."""
    script = Path(__file__).with_name("keep_saving.py")
    command = [sys.executable, str(script), str(path)]
    env = {"PYTHONPATH": str(root)}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=env, cwd=root) as child:
        assert child.stdout is not None
        for _ in range(acknowledged):
            assert child.stdout.readline().strip().isdecimal()
        child.kill()
        rest = child.stdout.read().split()
    return int(rest[-1]) if rest else acknowledged


async def test_kill_9_loses_nothing_that_was_acknowledged(tmp_path: Path, root: Path) -> None:
    for number in range(ROUNDS):
        path = tmp_path / f"{number}.db"
        said = save_and_be_killed(path, root, acknowledged=3 + 7 * number)
        store = await LocalStore.open(path, SystemClock())
        assert store.notices == ()
        walls = (await store.load_walls()).value.walls
        acts = [int(act.id) for act in (await store.recent_acts(100_000)).value]
        await store.close()
        kept = int(walls.saved[0].id)
        assert kept >= said
        assert walls.working[0][1] == walls.saved[0]
        assert acts == list(range(len(acts), 0, -1))
        assert acts[0] in {kept - 1, kept}
        assert acts[0] >= said
