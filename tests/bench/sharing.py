"""Shares from the hub to real streams, the ledger under load, and what it costs the relay."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx2
import numpy as np
import psutil

from app.demo.cameras import Difficulty, generate
from app.demo.hub import OPERATOR, DemoHub, ask, sign_in
from app.demo.site import DemoSite, SiteOptions
from app.hub.ledger_verifier import NotALedgerError, verify
from tests.bench import ledger as ledger_bench
from tests.bench import machine
from tests.bench.rooms import Room, Watching
from tests.bench.tables import number, table

ROOMS = ("police", "room", "car", "fire", "disaster", "province")
# A patrol car may have six, within five hundred metres.
_CAMERAS, _PICTURE_S, _DARK_S = 2, 12.0, 8.0


@dataclass
class Centre:
    """The operator's hands: acts by HTTP, as a console sends them."""

    http: httpx2.AsyncClient
    n: int = 0
    begun: dict[str, float] = field(default_factory=dict)

    async def do(self, kind: str, target: str, **args: Any) -> dict[str, Any]:
        self.n += 1
        command = {
            "cmd_id": f"bench-{self.n}", "client": f"demo {OPERATOR}", "n": self.n, "type": kind,
            "target": target, "at": datetime.now(UTC).isoformat(), "args": args,
        }  # fmt: skip
        answer = await ask(self.http, "POST", "/v1/commands", json={"commands": [command]})
        (outcome,) = answer.json()["outcomes"]
        if outcome["status"] != "applied":
            raise RuntimeError(f"{kind}: {outcome}")
        return dict(outcome)


@dataclass
class Site:
    hub: DemoHub
    centre: Centre
    rooms: list[Room]
    cameras: list[Any]
    stack: AsyncExitStack
    faults: list[str] = field(default_factory=list)

    @property
    def relay(self) -> psutil.Process:
        hub = psutil.Process(self.hub.process.pid)
        return next(
            one for one in hub.children(recursive=True) if "gst_server" in str(one.cmdline())
        )


async def open_site(stack: AsyncExitStack, cameras: int) -> Site:
    site = DemoSite(SiteOptions(count=cameras))
    opened = await site.start(lambda _share: None)
    stack.push_async_callback(site.stop)
    hub = DemoHub()
    await hub.start()
    stack.push_async_callback(hub.stop)
    await hub.bring_in("demo.csv", opened.csv)
    http = await stack.enter_async_context(
        httpx2.AsyncClient(base_url=hub.address, trust_env=False, timeout=30)
    )
    await sign_in(http, OPERATOR, hub.password)
    rooms = [await _room(stack, hub, name) for name in ROOMS]
    return Site(hub, Centre(http), rooms, list(opened.cameras), stack)


async def _room(stack: AsyncExitStack, hub: DemoHub, name: str, client: str = "") -> Room:
    room = Room(hub.address, name, hub.password, client)
    await room.start()
    stack.push_async_callback(room.stop)
    return room


async def share_with(
    site: Site, incident: str, rooms: Sequence[Room], cameras: Sequence[str], kind: str
) -> dict[str, float]:
    """An incident at the first camera, shared with these rooms; when each share was sent."""
    first = next(one for one in site.cameras if one.id == cameras[0])
    await site.centre.do(
        "incident.create",
        incident,
        type=kind,
        title="bench",
        latitude=first.latitude,
        longitude=first.longitude,
    )
    sent = {}
    for room in rooms:
        id_ = f"{incident} {room.site}"
        sent[id_] = time.monotonic()
        await site.centre.do(
            "share.propose", id_, receiver=room.site, incident=incident, cameras=list(cameras)
        )
    return sent


def streams(rooms: Sequence[Room], ids: Sequence[str]) -> list[Watching]:
    return [one for room in rooms for id_ in ids for one in room.watching.get(id_, ())]


async def until(condition: Any, seconds: float) -> bool:
    limit = time.monotonic() + seconds
    while time.monotonic() < limit:
        if condition():
            return True
        await asyncio.sleep(0.005)
    return False


async def rounds(site: Site, count: int) -> tuple[list[float], list[float]]:
    """Seconds from share to picture, and from the end of the incident to darkness."""
    pictures: list[float] = []
    darks: list[float] = []
    near = _near(site.cameras)
    for number_ in range(count):
        pair = near[number_ % len(near)]
        incident = f"round-{number_}"
        sent = await share_with(site, incident, site.rooms, pair, "disaster")
        expected = len(site.rooms) * len(pair)
        ids = list(sent)

        def playing(ids: list[str] = ids, expected: int = expected) -> bool:
            found = streams(site.rooms, ids)
            return len(found) == expected and all(one.picture or one.ended for one in found)

        await until(playing, _PICTURE_S)
        found = streams(site.rooms, ids)
        pictures += [one.picture - sent[one.share] for one in found if one.picture is not None]
        missing = expected - sum(1 for one in found if one.picture is not None)
        if missing:
            errors = sorted({one.error for one in found if one.picture is None})
            site.faults.append(f"{incident}: {missing} of {expected} without a picture {errors}")
        released = time.monotonic()
        await site.centre.do("incident.release", incident)
        await until(lambda found=found: all(one.ended for one in found), _DARK_S)
        darks += [one.ended - released for one in found if one.ended is not None]
        lit = [one for one in found if one.ended is None]
        if lit:
            site.faults.append(f"{incident}: {len(lit)} streams outlived their share")
            for one in lit:
                one.stop()
    return pictures, darks


def _near(cameras: Sequence[Any]) -> list[list[str]]:
    """Pairs of cameras that stand on one pole: a patrol car may see both.

    Not the one that has no stream on purpose.
    """
    by_pole: dict[str, list[str]] = {}
    for demo, one in zip(generate(len(cameras)), cameras, strict=True):
        if demo.difficulty is not Difficulty.MISSING:
            by_pole.setdefault(one.pole, []).append(one.id)
    return [ids[:_CAMERAS] for ids in by_pole.values() if len(ids) >= _CAMERAS]


async def deliveries(site: Site, count: int, seconds: float) -> dict[str, Any]:
    """So many cameras to six rooms at once: gaps, and what it costs.

    A patrol car may have six, so another console of the fire room takes its place.
    """
    rooms = [room for room in site.rooms if room.site != "dalseo-car"]
    # Cameras that send pictures out of order, or hang up, have gaps of their own.
    plain = [
        one.id
        for demo, one in zip(generate(len(site.cameras)), site.cameras, strict=True)
        if demo.difficulty is Difficulty.NONE
    ]
    ids = plain[:count]
    sent = await share_with(site, "wide", rooms, ids, "disaster")
    shares = list(sent)
    rooms.append(await _room(site.stack, site.hub, "fire", "room fire 2"))
    for id_, camera in ((id_, camera) for id_ in shares for camera in ids):
        if id_.endswith(rooms[-1].site):
            rooms[-1].open(id_, camera)
    wanted = len(rooms) * len(ids)
    await until(lambda: sum(1 for one in streams(rooms, shares) if one.picture) == wanted, 30.0)
    found = streams(rooms, shares)
    for one in found:
        one.steps.clear()
    before, cpu = [one.packets for one in found], sum(site.relay.cpu_times()[:2])
    await asyncio.sleep(seconds)
    used = sum(site.relay.cpu_times()[:2]) - cpu
    frames = sum(one.packets for one in found) - sum(before)
    gaps = sum(one.gaps for one in found)
    await site.centre.do("incident.release", "wide")
    await until(lambda: all(one.ended for one in found), _DARK_S)
    return {
        "deliveries": len(found), "wanted": wanted, "cameras": len(ids), "gaps": gaps,
        "frames_per_s": round(frames / seconds, 1),
        "relay_cores": round(used / seconds, 3),
        "relay_cpu_ms_per_stream_s": round(1000 * used / seconds / max(1, len(found)), 2),
        "relay_pss_mb": round(site.relay.memory_full_info().pss / 2**20, 1),
    }  # fmt: skip


def leaked(site: Site, opened: Sequence[Any]) -> int:
    """How often a camera's address or password was told to a room, or stands where all may read."""
    secrets = {"demo-1234"}
    for camera in opened:
        for profile in camera.profiles:
            secrets.add(profile.url.rpartition("@")[2].removeprefix("rtsp://"))
    texts = [text for room in site.rooms for text in room.texts]
    texts += [str(one.cmdline()) for one in psutil.Process().children(recursive=True)
              if "rtsp_server" not in str(one.cmdline())]  # fmt: skip
    log = site.hub.process.folder / "hub-process.log"
    if log.is_file():
        texts.append(log.read_text(encoding="utf-8"))
    return sum(text.count(secret) for text in texts for secret in secrets)


async def take_ledger(site: Site, folder: Path) -> tuple[Path, str]:
    """Exported by the auditor; the key got by another way."""
    assert site.hub.keys is not None
    async with httpx2.AsyncClient(base_url=site.hub.address, trust_env=False, timeout=60) as http:
        await sign_in(http, "audit", site.hub.password)
        key = (await ask(http, "GET", "/v1/ledger/checkpoint")).json()["key"]
        exported = await ask(http, "GET", "/v1/ledger/export")
    path = folder / "ledger.jsonl"
    path.write_bytes(exported.content)
    return path, str(key)


def tampered(path: Path, key: str) -> dict[str, bool]:
    """Whether each way of falsifying the file is found."""
    lines = path.read_bytes().splitlines(keepends=True)
    middle = len(lines) // 2
    bit = bytearray(lines[middle])
    bit[len(bit) // 2] ^= 1
    forged = [line.replace(b"\\n", b"\\n", 1) for line in lines]
    note = next(n for n, line in enumerate(lines) if line.startswith(b'{"checkpoint"'))
    forged[note] = lines[note].replace(b"A", b"B", 1)
    ways = {
        "one bit": [*lines[:middle], bytes(bit), *lines[middle + 1 :]],
        "cut out": [*lines[:middle], *lines[middle + 1 :]],
        "swapped": [*lines[:middle], lines[middle + 1], lines[middle], *lines[middle + 2 :]],
        "truncated": [*lines[:middle], lines[note]],
        "forged": forged,
    }
    found = {}
    for name, changed in ways.items():
        other = path.with_name("tampered.jsonl")
        other.write_bytes(b"".join(changed))
        try:
            found[name] = not verify(other, key).sound
        except NotALedgerError:
            found[name] = True
    return found


async def figures(count: int, wide_seconds: float) -> tuple[dict[str, Any], list[str]]:
    async with AsyncExitStack() as stack:
        site = await open_site(stack, 24)
        pictures, darks = await rounds(site, count)
        wide = await deliveries(site, 11, wide_seconds)
        if wide["deliveries"] != wide["wanted"] or wide["gaps"]:
            site.faults.append(f"wide: {wide}")
        with tempfile.TemporaryDirectory() as folder:
            path, key = await take_ledger(site, Path(folder))
            verdict = verify(path, key)
            found = tampered(path, key)
            # Names and addresses of people have no place in what is handed out.
            names = sum(path.read_bytes().count(name.encode()) for name in ("박경위", "김관제"))
        leaks = leaked(site, site.cameras) + names
        if not verdict.sound:
            site.faults += verdict.problems
        if not all(found.values()):
            site.faults.append(f"not found: {found}")
        if leaks:
            site.faults.append(f"{leaks} secrets were told")
        told = {
            "share_to_picture_p95_ms": _percentile(pictures, 95),
            "end_to_dark_p99_ms": _percentile(darks, 99),
            "share_to_picture_p50_ms": _percentile(pictures, 50),
            "end_to_dark_p50_ms": _percentile(darks, 50),
            "rounds": len(darks),
            "receivers": len(site.rooms),
            "leaked_secrets": leaks,
            "ledger_entries": verdict.entries,
            "ledger_ok": verdict.sound,
            "tampering_detected": all(found.values()),
            "relay": wide,
        }
        return told, site.faults


def _percentile(values: Sequence[float], which: float) -> float | None:
    return round(1000 * float(np.percentile(values, which)), 1) if values else None


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="tests.bench sharing", description=__doc__)
    parser.add_argument("--rounds", type=int, default=17, help="incidents; 12 streams each (17)")
    parser.add_argument("--seconds", type=float, default=20.0, help="of the wide delivery (20)")
    parser.add_argument("--entries", type=int, default=1_000_000, help="of the ledger (1,000,000)")
    given = parser.parse_args(arguments)
    print(machine.one_line(), flush=True)
    told, faults = asyncio.run(figures(given.rounds, given.seconds))
    told["ledger"] = ledger_bench.figures(given.entries)
    _print(told)
    for fault in faults:
        print(f"FAULT: {fault}")
    print(json.dumps(told, ensure_ascii=False), flush=True)
    return 1 if faults else 0


def _print(told: dict[str, Any]) -> None:
    plain = {key: value for key, value in told.items() if not isinstance(value, dict)}
    rows = [[key, value if isinstance(value, str) else str(value)] for key, value in plain.items()]
    for part in ("relay", "ledger"):
        rows += [[f"{part}: {key}", str(value)] for key, value in told.get(part, {}).items()]
    print(table(["sharing", number(None)], rows), flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
