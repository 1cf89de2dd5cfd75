"""What a hub bears: events a second, a burst, many consoles, a restart, a hundred thousand cameras.

`python -m tests.bench hub [--only sustained,burst,single,latency,many,reconnect,snapshot]`. Hub and
load share the machine. "sustained" and "burst" come in batches of ten, as the gateway of a maker of
devices sends them; "single" is one event a request, each with a signature of its own. A simulated
console reads the stream and does nothing with it; all of them share one sign-in. "latency" also has
consoles with the real services, up to where the screens read.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import psutil

from app.demo.hub import OPERATOR, DemoHub, ask
from tests.bench import machine
from tests.bench.desks import Desk
from tests.bench.hub_lists import generated
from tests.bench.hub_load import FEED, Door, Listener
from tests.bench.hub_rounds import PASSWORD
from tests.bench.hub_screen import Shown, show
from tests.bench.machine import out_folder
from tests.bench.tables import number, table

RATE, BURST, SINGLE, MANY, FEW, CAMERAS = 500, 10_000, 1_500, 500, 50, 100_000
_BATCH = 10
_DESKS = 2
_WAIT_SECONDS = 120.0
# For a console with windows: to take the whole snapshot, and to start again from its own copy.
_FILL_SECONDS, _AGAIN_SECONDS = 40.0, 20.0


@dataclass(frozen=True, slots=True)
class Figure:
    what: str
    value: float | None
    unit: str = ""
    goal: str = ""


class Bench:
    """A set-up hub of its own for one section."""

    def __init__(self, hub: DemoHub, token: str, http: httpx2.AsyncClient, folder: Path) -> None:
        assert hub.keys is not None
        self.hub, self.token, self.http, self.folder = hub, token, http, folder
        self.port = hub.process.port
        self.door = Door(self.port, hub.keys.feeds[FEED], connections=32)

    async def listeners(self, count: int, *, looking: bool) -> list[Listener]:
        found = [Listener(self.port, self.token, looking=looking) for _ in range(count)]
        for one in found:
            one.start()
        for one in found:
            await asyncio.wait_for(one.connected.wait(), _WAIT_SECONDS)
        return found

    async def incidents(self) -> int:
        """At the hub, of this bench."""
        count = 0
        after: str | None = ""
        while after is not None:
            where = {"types": "incident"} | ({"after": after} if after else {})
            answer = await ask(self.http, "GET", "/v1/snapshot", params=where)
            lines = answer.text.splitlines()
            count += sum('"external":"b-' in line for line in lines)
            after = json.loads(lines[-1])["after"]
        return count

    def cpu(self) -> float:
        times = psutil.Process(self.hub.process.pid).cpu_times()
        return times.user + times.system


async def sustained(bench: Bench, seconds: float) -> list[Figure]:
    (watcher,) = await bench.listeners(1, looking=True)
    begun, cpu = time.monotonic(), bench.cpu()
    sent = await _paced(bench, RATE, seconds, _BATCH)
    accepted = time.monotonic() - begun
    await _until(lambda: len(watcher.seen) >= len(sent))
    taken = time.monotonic() - begun
    await watcher.stop()
    delays = [(watcher.seen[key] - at) * 1000 for key, at in sent.items() if key in watcher.seen]
    return [
        Figure("events sent a second", len(sent) / accepted, "/s", f"{RATE}"),
        Figure("all of them on the stream after", taken, " s", f"{seconds:.0f}"),
        Figure("lost", len(sent) - await bench.incidents(), "", "0"),
        Figure("handed over → stream p95", _p95(delays), " ms"),
        Figure("CPU of the hub", (bench.cpu() - cpu) / taken * 100, " %"),
    ]


async def burst(bench: Bench, _: float) -> list[Figure]:
    (watcher,) = await bench.listeners(1, looking=True)
    accepted, taken = await _at_once(bench, watcher, BURST, _BATCH)
    return [
        Figure(f"{BURST:,} accepted after", accepted, " s"),
        Figure("all of them on the stream after", taken, " s"),
        Figure("lost", BURST - await bench.incidents(), "", "0"),
    ]


async def single(bench: Bench, _: float) -> list[Figure]:
    (watcher,) = await bench.listeners(1, looking=True)
    _, taken = await _at_once(bench, watcher, SINGLE, 1)
    return [
        Figure("one event a request: the most a second", SINGLE / taken, "/s"),
        Figure("lost", SINGLE - await bench.incidents(), "", "0"),
    ]


async def _at_once(bench: Bench, watcher: Listener, count: int, batch: int) -> tuple[float, float]:
    """Seconds until all were accepted, and until all were on the stream."""
    begun = time.monotonic()
    numbers = [f"b-{n}" for n in range(count)]
    parts = [numbers[at : at + batch] for at in range(0, count, batch)]
    await asyncio.gather(*(bench.door.send(*part) for part in parts))
    accepted = time.monotonic() - begun
    await _until(lambda: len(watcher.seen) >= count)
    taken = time.monotonic() - begun
    await watcher.stop()
    return accepted, taken


async def latency(bench: Bench, seconds: float) -> list[Figure]:
    listeners = await bench.listeners(FEW - _DESKS, looking=True)
    desks = [
        Desk(bench.hub.address, bench.folder / f"desk-{n}", OPERATOR, PASSWORD)
        for n in range(_DESKS)
    ]
    for desk in desks:
        await desk.start()
    await asyncio.sleep(2.0)
    sent = await _paced(bench, 20, seconds)
    await _until(lambda: all(len(one.seen) >= len(sent) for one in listeners))
    await _until(lambda: all(len(desk.seen) >= len(sent) for desk in desks))
    simulated = [(one.seen[key] - at) * 1000 for one in listeners for key, at in sent.items()]
    real = [
        (one.at - sent[one.external]) * 1000
        for desk in desks
        for one in desk.seen.values()
        if one.external in sent
    ]
    for desk in desks:
        await desk.stop()
    for listener in listeners:
        await listener.stop()
    return [
        Figure(f"20/s, {FEW} consoles: event → stream p95", _p95(simulated), " ms"),
        Figure("event → rows of a real console p50", float(np.median(real)), " ms"),
        Figure("event → rows of a real console p95", _p95(real), " ms", "300"),
    ]


async def many(bench: Bench, seconds: float) -> list[Figure]:
    looking = await bench.listeners(10, looking=True)
    others = await bench.listeners(MANY - 10, looking=False)
    cpu, begun = bench.cpu(), time.monotonic()
    sent = await _paced(bench, 10, seconds)
    await _until(lambda: all(one.frames >= len(sent) for one in (*looking, *others)))
    took = time.monotonic() - begun
    delays = [(one.seen[key] - at) * 1000 for one in looking for key, at in sent.items()]
    missing = sum(len(sent) - len(one.seen) for one in looking)
    for listener in (*looking, *others):
        await listener.stop()
    return [
        Figure(f"{MANY} consoles, 10/s: event → stream p95", _p95(delays), " ms"),
        Figure("frames missing", missing, "", "0"),
        Figure("CPU of the hub", (bench.cpu() - cpu) / took * 100, " %"),
    ]


async def reconnect(bench: Bench, _: float) -> list[Figure]:
    listeners = await bench.listeners(MANY, looking=False)
    first = await _paced(bench, 10, 2.0)
    await _until(lambda: all(one.frames >= len(first) for one in listeners))
    await bench.hub.process.kill()
    await _until(lambda: not any(one.connected.is_set() for one in listeners))
    await bench.hub.process.start()
    back = time.monotonic()
    await bench.door.close()
    bench.door = Door(bench.port, bench.hub.keys.feeds[FEED] if bench.hub.keys else "", 8)
    await _until(lambda: all(one.connected.is_set() for one in listeners))
    ups = [one.up_at - back for one in listeners]
    await bench.door.send("b-after")
    await _until(lambda: all(one.frames > len(first) for one in listeners))
    current = time.monotonic() - back
    for listener in listeners:
        await listener.stop()
    return [
        Figure(f"{MANY} consoles: connected again p95", float(np.percentile(ups, 95)), " s", "3"),
        Figure("all of them current again after", current, " s", "30"),
    ]


async def snapshot(bench: Bench, _: float) -> list[Figure]:
    data = await asyncio.to_thread(generated, CAMERAS)
    begun = time.monotonic()
    report = await bench.hub.bring_in("generated.csv", data)
    imported = time.monotonic() - begun
    begun = time.monotonic()
    desk = Desk(bench.hub.address, bench.folder / "desk", OPERATOR, PASSWORD)
    await desk.start()
    while True:
        if (await desk.ask(do="state"))["link"] == "live":
            break
        await asyncio.sleep(0.2)
    taken = time.monotonic() - begun
    kept = len((await desk.ask(do="rows"))["rows"])
    await desk.stop()
    (bench.folder / "screen").mkdir()
    screens = [
        await show(bench.hub.address, OPERATOR, PASSWORD, bench.folder / "screen", seconds)
        for seconds in (_FILL_SECONDS, _AGAIN_SECONDS)
    ]
    return [
        Figure("import of the list", imported, " s"),
        Figure("cameras taken", float(report["taken"]), "", f"{CAMERAS:,}"),
        Figure("console: start, sign-in and whole snapshot kept", taken, " s", "20"),
        Figure("rows that it has", float(kept)),
        *_of_screens(*screens),
    ]


def _of_screens(first: Shown, again: Shown) -> list[Figure]:
    found = []
    for name, one in (("filling", first), ("from its copy", again)):
        found += [
            Figure(f"screen, {name}: start to usable", one.usable, " s", "3"),
            Figure(f"screen, {name}: list made in", one.listed_after, " s"),
            Figure(f"screen, {name}: cameras listed", float(one.cameras), "", f"{CAMERAS:,}"),
            Figure(f"screen, {name}: UI blocked p99", one.blocked["p99"], " ms", "50"),
            Figure(f"screen, {name}: UI blocked, longest", one.blocked["max"], " ms"),
        ]
    return found


SECTIONS: dict[str, Callable[[Bench, float], Awaitable[list[Figure]]]] = {
    "sustained": sustained, "burst": burst, "single": single, "latency": latency, "many": many,
    "reconnect": reconnect, "snapshot": snapshot,
}  # fmt: skip


async def _paced(bench: Bench, rate: float, seconds: float, batch: int = 1) -> dict[str, float]:
    """Monotonic second of handing over, by number; all are accepted when it returns."""
    begun = time.monotonic()
    numbers = [f"b-{rate:.0f}-{place}" for place in range(int(rate * seconds))]
    tasks: dict[str, asyncio.Task[float]] = {}
    for place in range(0, len(numbers), batch):
        if (pause := begun + place / rate - time.monotonic()) > 0:
            await asyncio.sleep(pause)
        part = numbers[place : place + batch]
        tasks |= dict.fromkeys(part, asyncio.create_task(bench.door.send(*part)))
    return {key: await task for key, task in tasks.items()}


async def _until(condition: Callable[[], bool]) -> None:
    end = time.monotonic() + _WAIT_SECONDS
    while not condition():
        if time.monotonic() > end:
            raise RuntimeError("not within two minutes")
        await asyncio.sleep(0.02)


def _p95(delays: Sequence[float]) -> float | None:
    return float(np.percentile(delays, 95)) if delays else None


@asynccontextmanager
async def _bench() -> AsyncIterator[Bench]:
    with tempfile.TemporaryDirectory(prefix="gwanje-bench-hub-", dir=out_folder()) as name:
        hub = DemoHub(PASSWORD, folder=Path(name) / "hub")
        async with httpx2.AsyncClient(timeout=300.0, trust_env=False) as http:
            try:
                await hub.start()
                http.base_url = httpx2.URL(hub.address)
                asked = {"username": OPERATOR, "password": PASSWORD, "client": "bench"}
                token = str((await ask(http, "POST", "/v1/session", json=asked)).json()["token"])
                http.headers["Authorization"] = f"Bearer {token}"
                bench = Bench(hub, token, http, Path(name))
                yield bench
                await bench.door.close()
            finally:
                await hub.stop()


async def _measure(names: Sequence[str], seconds: float) -> dict[str, list[Figure]]:
    found: dict[str, list[Figure]] = {}
    for name in names:
        async with _bench() as bench:
            found[name] = await SECTIONS[name](bench, seconds)
        print(_table({name: found[name]}), end="\n\n", flush=True)
    return found


def _table(found: dict[str, list[Figure]]) -> str:
    rows = [
        (f"{name}: {one.what}", number(one.value, 1, one.unit), one.goal)
        for name, figures in found.items()
        for one in figures
    ]
    return table(("hub", "measured", "goal"), rows)


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="hub", description=__doc__)
    parser.add_argument("--only", default=",".join(SECTIONS), help="names with commas between")
    parser.add_argument("--seconds", type=float, default=15.0)
    given = parser.parse_args(arguments)
    names = given.only.split(",")
    if unknown := set(names) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(unknown))}; there are: {', '.join(SECTIONS)}")
    print(machine.one_line())
    found = asyncio.run(_measure(names, given.seconds))
    told: dict[str, dict[str, Any]] = {
        name: {one.what: one.value for one in figures} for name, figures in found.items()
    }
    print(json.dumps({"hub": told}, ensure_ascii=False))
    lost = [one.value for figures in found.values() for one in figures if one.what == "lost"]
    return 1 if any(lost) else 0
