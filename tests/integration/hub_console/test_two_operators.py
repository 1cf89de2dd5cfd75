"""Two operators at two consoles act on one incident of the real hub at the same time."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.adapters.hub_client import HttpHub
from app.domain.account import Role
from app.domain.hub_act import ActState, HubAct
from app.domain.incident_state import Move, State
from app.services.hub_link import LinkState
from app.services.incidents import Incidents
from app.wire.entities import IncidentRow
from app.wire.session import Account, SignIn
from tests.fakes.hub_console import HubConsole, console
from tests.fakes.waiting import until
from tests.fakes.web_hub import PASSWORD, HubSite, hub_site
from tests.integration.hub_console.test_rights import served


class Operator:
    """One person at a console of his own."""

    def __init__(self, desk: HubConsole, account: Account) -> None:
        self.desk = desk
        self.settled: list[HubAct] = []
        desk.outbox.settled.connect(self.settled.append)
        self._number = 0
        self.incidents = Incidents(desk.rows, desk.outbox, lambda: account, self._new_id)

    def _new_id(self) -> str:
        self._number += 1
        return f"{self.desk.outbox.client}-{self._number}"

    @property
    def row(self) -> IncidentRow | None:
        item = self.incidents.get("i1")
        return None if item is None else item.row

    async def says(self, move: Move, reason: str = "") -> None:
        """Until the hub has answered."""
        known = len(self.settled)
        await self.incidents.move("i1", move, reason)
        await until(lambda: len(self.settled) > known, 10)


def _live(desk: HubConsole) -> bool:
    return desk.link.link.state is LinkState.LIVE


@pytest.fixture
async def hub(tmp_path: Path) -> AsyncIterator[HubSite]:
    (tmp_path / "hub").mkdir()
    async with hub_site(tmp_path / "hub") as made:
        await made.account(Role.OPERATOR)
        await made.account(Role.SUPERVISOR)
        yield made


@pytest.fixture
async def both(hub: HubSite, tmp_path: Path) -> AsyncIterator[tuple[Operator, Operator]]:
    async with served(hub) as address:
        clients, found = [], []
        for name in ("operator", "supervisor"):
            client = HttpHub(address)
            asked = SignIn(username=name, password=SecretStr(PASSWORD), client=f"pc {name}")
            session = await client.sign_in(asked)
            desk = await console(client, tmp_path / f"{name}.db")
            await desk.sign_in()
            await until(partial(_live, desk), 10)
            clients.append(client)
            found.append(Operator(desk, session.account))
        first, second = found
        await first.desk.outbox.act(
            "incident.create", "i1", 0, {"type": "police_dispatch", "title": "싸움", "site": "gu"}
        )
        await until(lambda: all(one.row is not None for one in found), 10)
        yield first, second
        for one, client in zip(found, clients, strict=True):
            await one.desk.close()
            await client.close()


async def test_both_acknowledge_and_one_works_on_it(both: tuple[Operator, Operator]) -> None:
    await asyncio.gather(*(one.says(Move.ACKNOWLEDGE) for one in both))
    await until(lambda: len({one.row and one.row.assignee_name for one in both}) == 1, 10)
    row = both[0].row
    assert row is not None
    assert row.assignee_name
    assert [line.kind for line in row.history].count("acknowledge") == 1
    ends = {act.state for one in both for act in one.settled if act.type.endswith("acknowledge")}
    assert ends <= {ActState.APPLIED, ActState.CONFLICT}


async def test_who_comes_too_late_is_shown_what_it_is_now(both: tuple[Operator, Operator]) -> None:
    first, second = both
    await first.says(Move.ACKNOWLEDGE)
    await until(lambda: second.row is not None and second.row.state == State.ACKNOWLEDGED, 10)
    # One says that it was a false alarm; the other, who has not looked up yet, that it is over.
    await first.says(Move.CANCEL, "오인 신고")
    await second.says(Move.RELEASE)
    assert [one.settled[-1].state for one in both] == [ActState.APPLIED, ActState.CONFLICT]
    item = second.incidents.get("i1")
    assert item is not None
    assert item.trouble is not None
    await until(lambda: first.row is not None and first.row.state == second.row.state, 10)  # type: ignore[union-attr]
    assert first.row is not None
    assert State(first.row.state) is State.CANCELLED
