"""How many events a second the hub takes in and understands, and what each costs of the processor.

`python -m tests.bench hub-intake [--events N] [--rate R] [--seconds S] [--address URL]`: first N
events as fast as they go, then R a second for S seconds, through every door that others push to.
The CPU time is what to compare by: machines are shared, and a commit waits for the disk.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from functools import partial
from itertools import islice
from pathlib import Path

import numpy as np
from sqlalchemy import Connection, func, select

from app.hub.hub import Hub, HubSettings
from app.hub.store import check
from app.hub.store.schema import entity, raw_intake
from tests.bench.intake_mix import Message, messages
from tests.bench.machine import out_folder
from tests.bench.tables import number, table

# Senders that wait for their answer at the same time.
SENDERS = 200
_WARM = 500


@dataclass(frozen=True, slots=True)
class Run:
    """Waits in milliseconds, from asking to the acknowledgement.

    `late_s`: from the last acknowledgement until all was understood. `wrong`: incidents lost or
    doubled and bodies in quarantine; must be 0.
    """

    what: str
    events: int
    per_second: float
    cpu_ms: float
    commits: int
    wait_p50_ms: float
    wait_p95_ms: float
    wait_max_ms: float
    late_s: float
    wrong: int


Way = Callable[[Hub, Sequence[Message]], Awaitable[list[float]]]


async def measure(address: str, folder: Path, plan: argparse.Namespace) -> list[Run]:
    source = messages()
    async with _running(address, folder) as hub:
        # Statements are compiled, pages are there.
        await _run(hub, "warm", list(islice(source, _WARM)), _at_once)
        runs = [
            await _run(
                hub, f"burst of {plan.events:,}", list(islice(source, plan.events)), _at_once
            )
        ]
        if steadily := int(plan.rate * plan.seconds):
            told = f"{plan.rate}/s for {plan.seconds:.0f} s"
            some = list(islice(source, steadily))
            runs.append(await _run(hub, told, some, partial(_steadily, rate=plan.rate)))
        damage = await hub.reader.read(check.problems)
    if damage:
        raise SystemExit(str(damage))
    return runs


@asynccontextmanager
async def _running(address: str, folder: Path) -> AsyncIterator[Hub]:
    hub = await Hub.open(HubSettings(address, folder / "hub.key", folder))
    try:
        await hub.start()
        yield hub
    finally:
        await hub.close()


async def _run(hub: Hub, what: str, some: Sequence[Message], way: Way) -> Run:
    there, commits = await hub.reader.read(_incidents), hub.writer.figures.commits
    begin, cpu = time.perf_counter(), time.process_time()
    ms = np.asarray(await way(hub, some)) * 1000
    answered = time.perf_counter()
    # The intake tells nobody that it is through: only its table says so.
    while await hub.reader.read(partial(_bodies, state="received")):  # noqa: ASYNC110
        await asyncio.sleep(0.02)
    end, cpu = time.perf_counter(), time.process_time() - cpu
    wanted = there + sum(one.makes for one in some)
    wrong = abs(await hub.reader.read(_incidents) - wanted)
    return Run(
        what, len(some), len(some) / (end - begin), cpu * 1000 / len(some),
        hub.writer.figures.commits - commits,
        float(np.percentile(ms, 50)), float(np.percentile(ms, 95)), float(ms.max()),
        end - answered,
        wrong + await hub.reader.read(partial(_bodies, state="quarantined")),
    )  # fmt: skip


async def _send(hub: Hub, one: Message) -> float:
    begin = time.perf_counter()
    await hub.intake.accept(one.door, one.source, one.headers, one.body)
    return time.perf_counter() - begin


async def _at_once(hub: Hub, some: Sequence[Message]) -> list[float]:
    """Each sender waits for its answer; what belongs together comes in order."""
    left = iter(some)

    async def sender(own: Iterator[Message]) -> list[float]:
        return [await _send(hub, one) for one in own]

    waits = await asyncio.gather(*(sender(left) for _ in range(SENDERS)))
    return [wait for own in waits for wait in own]


async def _steadily(hub: Hub, some: Sequence[Message], rate: int) -> list[float]:
    loop = asyncio.get_running_loop()
    begin, tasks = loop.time(), []
    for place, one in enumerate(some):
        if (pause := begin + place / rate - loop.time()) > 0:
            await asyncio.sleep(pause)
        tasks.append(asyncio.ensure_future(_send(hub, one)))
    return list(await asyncio.gather(*tasks))


def _incidents(connection: Connection) -> int:
    query = select(func.count()).where(entity.c.t == "incident")
    return int(connection.execute(query).scalar_one())


def _bodies(connection: Connection, state: str) -> int:
    query = select(func.count()).where(raw_intake.c.state == state)
    return int(connection.execute(query).scalar_one())


def as_table(runs: Sequence[Run]) -> str:
    head = (
        "intake", "events", "a second", "CPU", "COMMITs", "wait p50", "p95", "max", "late", "wrong",
    )  # fmt: skip
    return table(
        head,
        [
            (
                run.what, f"{run.events:,}", number(run.per_second, 0),
                number(run.cpu_ms, 2, " ms"), f"{run.commits:,}",
                number(run.wait_p50_ms, 1, " ms"), number(run.wait_p95_ms, 1, " ms"),
                number(run.wait_max_ms, 1, " ms"), number(run.late_s, 1, " s"), str(run.wrong),
            )
            for run in runs
        ],
    )  # fmt: skip


def plan_of(arguments: Sequence[str]) -> argparse.Namespace:
    """`events`, `rate` (a second), `seconds` and `address`."""
    parser = argparse.ArgumentParser(prog="hub-intake", description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=float, default=20.0, help="0: the burst only")
    parser.add_argument("--address", default="", help="an empty store of your own")
    return parser.parse_args(arguments)


def main(arguments: list[str]) -> int:
    plan = plan_of(arguments)
    # On the disk where the project lies: /tmp may be memory.
    with tempfile.TemporaryDirectory(dir=out_folder()) as name:
        folder = Path(name)
        runs = asyncio.run(measure(plan.address or str(folder / "hub.db"), folder, plan))
    print(as_table(runs))
    print(json.dumps({"hub_intake": [asdict(run) for run in runs]}, ensure_ascii=False))
    return 1 if any(run.wrong for run in runs) else 0
