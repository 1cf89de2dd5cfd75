"""kill -9 at any moment loses nothing that was acknowledged and leaves nothing half."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.hub.store.rows import Entry
from app.hub.store.store import Store
from tests.fakes.postgres import Postgres
from tests.integration.hub.store import keep_writing

# A kill of the hub says nothing about PostgreSQL, which lives on; the file is the harder case.
ROUNDS = {"sqlite": 20, "postgresql": 5}
_MOST_BEFORE_THE_KILL = 300


@pytest.fixture
def writers(root: Path) -> Iterator[subprocess.Popen[str]]:
    script = Path(keep_writing.__file__)
    with subprocess.Popen(
        [sys.executable, str(script)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": str(root)}, cwd=root,
    ) as process:  # fmt: skip
        yield process
        assert process.stdin is not None
        process.stdin.close()


def write_and_be_killed(
    writers: subprocess.Popen[str], address: str, round_: int, after: int
) -> dict[str, int]:
    """Kills a writing process after so many acknowledgements; all that it said: id → seq."""
    assert writers.stdin is not None
    assert writers.stdout is not None
    writers.stdin.write(json.dumps({"address": address, "round": round_}) + "\n")
    writers.stdin.flush()
    word, pid = writers.stdout.readline().split()
    assert word == "pid"
    said = [writers.stdout.readline() for _ in range(after)]
    os.kill(int(pid), signal.SIGKILL)
    while (line := writers.stdout.readline()) != "end\n":
        said.append(line)
    return {id_: int(seq) for id_, seq in (line.split() for line in said)}


async def whole_log(address: str) -> tuple[Entry, ...]:
    store = await Store.open(address)
    entries = (await store.reader.since(0, 10**9)).entries
    assert store.opened.seq == len(entries)
    await store.close()
    return entries


def look(entries: tuple[Entry, ...], said: dict[str, int]) -> None:
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    puts = {entry.id: entry.seq for entry in entries[::2]}
    assert len(puts) * 2 == len(entries)
    # Whole jobs only: each put is followed by the event of the same job.
    assert [(e.id, e.d["of"]) for e in entries[1::2]] == list(puts.items())
    assert {id_: puts.get(id_) for id_ in said} == said


async def test_kill_9_loses_nothing_that_was_acknowledged(
    address: str, server: Postgres | None, writers: subprocess.Popen[str]
) -> None:
    said: dict[str, int] = {}
    for round_ in range(ROUNDS["sqlite" if server is None else "postgresql"]):
        after = random.Random(round_).randrange(_MOST_BEFORE_THE_KILL) if round_ % 5 else 0
        said |= write_and_be_killed(writers, address, round_, after)
        look(await whole_log(address), said)
    assert len(said) > _MOST_BEFORE_THE_KILL
