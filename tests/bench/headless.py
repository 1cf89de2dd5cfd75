"""A console without a screen, as a program: what stands between the hub and the widgets, real.

`python -m tests.bench.headless --hub URL --folder DIR --user NAME` (password as for the console).
JSON lines in: `{"do": "note" | "move" | "create" | "state" | "rows", …}`, each answered by one
line out. Between them a line for every incident when it first stands where the screens read it.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from app.clock import SystemClock
from app.composition import hub_parts
from app.config import PASSWORD_VARIABLE, Config
from app.domain.errors import Failure
from app.domain.incident_state import Move
from app.domain.tile import TileState, TileTruth
from app.services.camera_statuses import CameraStatuses
from app.services.hub_session import HubParts, HubSession
from app.services.incidents import NewIncident
from app.services.outbox_answers import command


class Headless:
    def __init__(self, session: HubSession) -> None:
        self._session = session
        self._parts = session.parts
        self._seen: set[str] = set()
        self._parts.rows.changed.connect(lambda _: self._look())
        self._parts.rows.replaced.connect(lambda _: self._look())

    def _look(self) -> None:
        now = time.monotonic()
        rows = self._parts.rows.all("incident")
        for id_ in rows.keys() - self._seen:
            self._seen.add(id_)
            d = rows[id_].d
            say({"seen": id_, "source": d["source"], "external": d["external"], "at": now})

    async def answer(self, asked: dict[str, Any]) -> dict[str, Any]:
        incidents = self._parts.incidents
        match asked["do"]:
            case "note":
                act = await incidents.note(asked["incident"], asked["text"])
            case "move":
                act = await incidents.move(asked["incident"], Move(asked["move"]))
            case "create":
                act = await incidents.create(NewIncident(asked["type"], asked["title"]))
            case "state":
                return self._state()
            case _:
                return {"rows": await rows_of(self._parts)}
        return {"act": command(act).model_dump(mode="json")}

    def _state(self) -> dict[str, Any]:
        parts = self._parts
        place = parts.sync.place
        return {
            "link": parts.link.link.state.value,
            "epoch": place.epoch if place else None,
            "seq": place.seq if place else 0,
            "waiting": parts.outbox.waiting,
            "troubled": parts.outbox.troubled,
            "incidents": len(parts.rows.all("incident")),
        }


async def rows_of(parts: HubParts) -> list[list[Any]]:
    """Everything that this console has kept, in the order of kinds and ids."""
    found: list[list[Any]] = []
    for kind in sorted(await parts.store.kinds()):
        after = ""
        while (loaded := await parts.store.rows(kind, after)).value:
            found += [[row.t, row.id, row.ver, row.d] for row in loaded.value]
            after = loaded.value[-1].id
    return found


async def session_at(address: str, folder: Path) -> HubSession:
    """The console's own composition of everything that the hub needs; not started."""
    clock = SystemClock()
    config = Config(profile_dir=folder, cache_dir=folder, hub=address)
    await asyncio.to_thread(folder.mkdir, parents=True, exist_ok=True)
    parts = await hub_parts(config, clock, folder)
    assert parts is not None
    live = TileTruth(TileState.LIVE, 0.0)
    return HubSession(parts, CameraStatuses(parts.client, clock, lambda _: live))


async def close(session: HubSession) -> None:
    await session.parts.cameras.close()
    for _, stage in session.stages():
        await stage()


def say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    sys.stdout.flush()


async def _serve(address: str, folder: Path, user: str) -> None:
    session = await session_at(address, folder)
    headless = Headless(session)
    await session.start()
    try:
        await session.sign_in(user, os.environ[PASSWORD_VARIABLE])
        say({"ready": os.getpid()})
        reader = asyncio.StreamReader(limit=2**20)
        await asyncio.get_running_loop().connect_read_pipe(
            lambda: asyncio.StreamReaderProtocol(reader), sys.stdin
        )
        while line := await reader.readline():
            try:
                told = await headless.answer(json.loads(line))
            except Failure as failure:
                told = {"failed": failure.text.en}
            say(told)
    finally:
        await close(session)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hub", required=True)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--user", required=True)
    given = parser.parse_args()
    asyncio.run(_serve(given.hub, given.folder, given.user))
    return 0


if __name__ == "__main__":
    sys.exit(main())
