"""How many changes a second the hub's store takes, and how long each waits for its COMMIT.

`python -m tests.bench hub-store [--seconds S] [--address URL]`: without an address on SQLite and,
where it is installed, on a PostgreSQL of its own (whose fsync is off: it measures the way there).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from app.hub.store import check
from app.hub.store.store import Store
from tests.bench.machine import out_folder
from tests.bench.tables import number, table
from tests.fakes import postgres

BURST = 10_000
RATE = 500
# About what an incident with a short history weighs.
ROW = {
    "site": "s1", "type": "bell", "state": 10, "title": "비상벨 호출 " * 4, "place": "어린이공원",
    "facts": {"bell": "B-0001"}, "history": [{"by": "system", "kind": "received"}] * 3,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Waits in milliseconds, from asking to the answer after COMMIT. `lost`: must be 0."""

    engine: str
    what: str
    jobs: int
    per_second: float
    commits: int
    wait_p50_ms: float
    wait_p95_ms: float
    wait_max_ms: float
    lost: int


async def measure(address: str, seconds: float) -> list[Run]:
    store = await Store.open(address, hot={"incident"})
    try:
        await _burst(store, 500)  # warm: statements are compiled, pages are there
        runs = [
            await _run(store, f"burst of {BURST:,}", lambda: _burst(store, BURST)),
            await _run(store, f"{RATE}/s for {seconds:.0f} s", lambda: _steady(store, seconds)),
            await _run(store, "one after another", lambda: _lonely(store, 500)),
        ]
        wrong = await store.reader.read(check.problems)
    finally:
        await store.close()
    if wrong:
        raise SystemExit(str(wrong))
    return runs


async def _run(store: Store, what: str, work: Callable[[], Awaitable[list[float]]]) -> Run:
    before, head = store.writer.figures, store.tail.head
    begin = time.perf_counter()
    waits = await work()
    seconds = time.perf_counter() - begin
    ms = np.asarray(waits) * 1000
    return Run(
        store.kind, what, len(waits), len(waits) / seconds,
        store.writer.figures.commits - before.commits,
        float(np.percentile(ms, 50)), float(np.percentile(ms, 95)), float(ms.max()),
        len(waits) - (store.tail.head - head),
    )  # fmt: skip


async def _put(store: Store, number_: int) -> float:
    begin = time.perf_counter()
    await store.writer.do(lambda tx: tx.put("incident", f"i{number_}", ROW))
    return time.perf_counter() - begin


async def _burst(store: Store, count: int) -> list[float]:
    return list(await asyncio.gather(*(_put(store, n) for n in range(count))))


async def _steady(store: Store, seconds: float) -> list[float]:
    loop = asyncio.get_running_loop()
    begin, tasks = loop.time(), []
    for place in range(int(RATE * seconds)):
        if (pause := begin + place / RATE - loop.time()) > 0:
            await asyncio.sleep(pause)
        tasks.append(asyncio.ensure_future(_put(store, place)))
    return list(await asyncio.gather(*tasks))


async def _lonely(store: Store, count: int) -> list[float]:
    return [await _put(store, n) for n in range(count)]


def as_table(runs: Sequence[Run]) -> str:
    head = ("store", "changes", "a second", "COMMITs", "wait p50", "p95", "max", "lost")
    return table(
        head,
        [
            (
                f"{run.engine}, {run.what}", f"{run.jobs:,}", number(run.per_second, 0),
                f"{run.commits:,}", number(run.wait_p50_ms, 1, " ms"),
                number(run.wait_p95_ms, 1, " ms"), number(run.wait_max_ms, 1, " ms"),
                str(run.lost),
            )
            for run in runs
        ],
    )  # fmt: skip


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="hub-store", description=__doc__)
    parser.add_argument("--seconds", type=float, default=20.0)
    parser.add_argument("--address", help="an empty store of your own")
    chosen = parser.parse_args(arguments)
    runs: list[Run] = []
    with ExitStack() as stack:
        # On the disk where the project lies: /tmp may be memory.
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(dir=out_folder())))
        addresses = [chosen.address] if chosen.address else [str(folder / "hub.db")]
        if not chosen.address:
            try:
                addresses.append(stack.enter_context(postgres.running()).new())
            except postgres.NoPostgresError as error:
                print(error)
        for address in addresses:
            runs += asyncio.run(measure(address, chosen.seconds))
    print(as_table(runs))
    print(json.dumps({"hub_store": [asdict(run) for run in runs]}, ensure_ascii=False))
    return 1 if any(run.lost for run in runs) else 0
