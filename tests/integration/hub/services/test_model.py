"""State plus log equals a fresh snapshot, whatever was done: app.hub.hub, .acting, .rounds."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

import pytest

from app.domain.account import AccountId
from app.domain.incident_state import State
from app.hub.hub import Hub
from app.hub.services.acting import Acting
from app.hub.store import check
from app.hub.store.columns import moment
from app.hub.store.rows import Entry
from app.wire.commands import Batch, Status
from app.wire.entities import KINDS
from tests.fakes.hub_site import WEBHOOK, Clock, Console, a_hub, cloud_event, incidents
from tests.fakes.incidents import subject

ACTS = ("acknowledge", "respond", "release", "close", "cancel", "reopen", "merge", "unmerge")
State_ = dict[tuple[str, str], tuple[int, Any]]


class Follower:
    """A console that keeps up by the log alone, and sees only what it may."""

    def __init__(self, hub: Hub) -> None:
        self.seq = 0
        self.rows: State_ = {}
        self.hub = hub

    async def catch_up(self) -> None:
        while entries := (await self.hub.reader.since(self.seq, 50)).entries:
            for entry in entries:
                assert entry.seq == self.seq + 1
                self.seq = entry.seq
                self._apply(entry)

    def _apply(self, entry: Entry) -> None:
        seen = self.hub.visibility.row(subject(), entry.t, entry.id, entry.d)
        key = entry.t, entry.id
        if seen is None or entry.op == "evt":
            return
        if entry.op == "del":
            self.rows.pop(key, None)
            return
        assert entry.ver > self.rows.get(key, (0, None))[0]
        KINDS[entry.t].model_validate(seen)
        self.rows[key] = entry.ver, seen


async def fresh(hub: Hub) -> State_:
    rows: State_ = {}
    async with hub.reader.snapshot() as snapshot:
        page = await snapshot.page()
        assert page.after is None
    for row in page.rows:
        seen = hub.visibility.row(subject(), row.t, row.id, row.d)
        if seen is not None:
            rows[row.t, row.id] = row.ver, seen
    return rows


class Round:
    """One run of random acts of two consoles and a feed."""

    def __init__(self, hub: Hub, clock: Clock, dice: random.Random) -> None:
        self.hub, self.clock, self.dice = hub, clock, dice
        lee = subject(account=AccountId("lee"), name="이관제")
        self.consoles = [Console(hub, clock), Console(hub, clock, lee, "c2")]
        self.acked: list[str] = []

    async def step(self) -> None:
        self.clock.pass_(seconds=self.dice.choice((0, 1, 5, 70)))
        await self.dice.choice((self.act, self.act, self.event, self.wall, self.rounds))()

    async def act(self) -> None:
        console = self.dice.choice(self.consoles)
        known = [one.id for one in await incidents(self.hub)]
        if not known or self.dice.random() < 0.2:
            command = console.command("incident.create", f"m{console.name}{console.n}", type="fire")
        else:
            name = self.dice.choice((*ACTS, "note"))
            of: dict[str, dict[str, Any]] = {
                "merge": {"into": self.dice.choice(known)},
                "note": {"id": f"n{console.name}{console.n}", "text": "x"},
                "unmerge": {},
            }
            args = of.get(name, {"reason": "시험"})
            command = console.command(f"incident.{name}", self.dice.choice(known), **args)
        batch = Batch(commands=(command,))
        first = await self.hub.commands.apply(console.who, batch)
        if self.dice.random() < 0.3:
            again = await self.hub.commands.apply(console.who, batch)
            assert again.outcomes[0].status is first.outcomes[0].status
        if first.outcomes[0].status is Status.APPLIED and command.type == "incident.create":
            self.acked.append(command.target)

    async def event(self) -> None:
        n = self.dice.randrange(6)
        state = self.dice.choice(("occurred", "changed", "released", "ended", "position"))
        data = {"bell": str(n), "incident": f"b-{n}", "state": state, "latitude": 35.8 + n / 100,
                "longitude": 128.5, "person": "홍길동"}  # fmt: skip
        body = cloud_event(f"e{self.dice.randrange(1000)}", data)
        await self.hub.intake.accept("webhook", "feed-1", WEBHOOK, body)
        if self.dice.random() < 0.7:
            await self.hub.intake.work_off()

    async def wall(self) -> None:
        console = self.dice.choice(self.consoles)
        name = self.dice.choice(("wall.save", "wall.save", "wall.delete"))
        args = {"name": "x", "wall": {"n": console.n}, "shared": True} if "save" in name else {}
        await console.do(name, "w1", self.dice.randrange(3), **args)

    async def rounds(self) -> None:
        await self.hub.rounds.go()


@pytest.mark.parametrize("seed", range(4))
async def test_whatever_is_done_a_follower_of_the_log_sees_what_a_newcomer_sees(
    tmp_path: Path, clock: Clock, seed: int
) -> None:
    dice = random.Random(seed)
    database = str(tmp_path / "hub.db")
    async with a_hub(database, tmp_path, clock) as hub:
        follower, run = Follower(hub), Round(hub, clock, dice)
        for n in range(120):
            await run.step()
            if n % 40 == 0:
                await follower.catch_up()
                assert follower.rows == await fresh(hub)
    async with a_hub(database, tmp_path, clock) as hub:
        follower.hub = hub
        await hub.intake.work_off()
        await follower.catch_up()
        assert follower.rows == await fresh(hub)
        found = await incidents(hub)
        assert set(run.acked) <= {one.id for one in found}
        counts = [int(one.number[-4:]) for one in found]
        assert counts == list(range(1, len(found) + 1))
        merged = [one for one in found if one.state is State.MERGED]
        assert all(one.merged_into for one in merged)
        assert await hub.reader.read(check.problems) == ()
        assert hub.incidents.get is not None
        assert Acting.__slots__
        assert moment(clock.us) == clock.now
