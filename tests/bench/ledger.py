"""The ledger alone: entries a second with fsync, a million verified, one proof."""

from __future__ import annotations

import asyncio
import tempfile
import time
from pathlib import Path
from typing import Any

from app.domain.ledger import merkle
from app.domain.ledger.entry import Deed, Kind
from app.hub.hub import Hub, HubSettings
from app.hub.ledger_verifier import verify
from app.hub.store.ledger import Tree
from tests.fakes.incidents import NOON
from tests.fakes.ledgers import KEY, Book, save

_WRITERS = 50
_SECONDS = 5.0


def figures(entries: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        told = asyncio.run(_written(Path(folder)))
        return told | _verified(Path(folder), entries)


async def _written(folder: Path) -> dict[str, Any]:
    """Many at once, each returning after its own COMMIT, which is on the disk (FULL)."""
    hub = await Hub.open(HubSettings(str(folder / "hub.db"), folder / "hub.key", folder))
    deed = Deed(
        Kind.VIEW, NOON, "dalseo", "C-1", "i1", begun=NOON,
        person={"account": "kim", "name": "김관제", "address": "10.0.0.7"},
    )  # fmt: skip
    count, end = 0, time.monotonic() + _SECONDS

    async def write() -> None:
        nonlocal count
        while time.monotonic() < end:
            await hub.ledger.keep(deed)
            count += 1

    begun = time.monotonic()
    await asyncio.gather(*(write() for _ in range(_WRITERS)))
    rate = count / (time.monotonic() - begun)
    begun = time.process_time()
    await hub.ledger.checkpoint()
    signed = time.process_time() - begun
    proof = await hub.reader.read(lambda c: _proof_ms(c, count))
    await hub.close()
    return {
        "entries_per_s": round(rate), "written": count,
        "checkpoint_ms": round(1000 * signed, 2), "proof_ms": round(proof, 3),
    }  # fmt: skip


def _proof_ms(connection: Any, size: int) -> float:
    """The middle of several, each from the store."""
    taken = []
    for place in range(0, size, max(1, size // 50)):
        begun = time.perf_counter()
        merkle.inclusion(place, size, Tree(connection))
        taken.append(time.perf_counter() - begun)
    return 1000 * sorted(taken)[len(taken) // 2]


def _verified(folder: Path, entries: int) -> dict[str, Any]:
    path = save(folder / "ledger.jsonl", _lines(entries))
    begun = time.process_time()
    verdict = verify(path, KEY.text)
    return {
        "verified_entries": verdict.entries, "verify_ok": verdict.sound,
        "verify_cpu_s": round(time.process_time() - begun, 2),
    }  # fmt: skip


def _lines(entries: int) -> list[bytes]:
    return Book().write(entries).lines()
