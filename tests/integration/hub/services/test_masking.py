"""Masks that a supervisor draws: app.hub.services.masking."""

from __future__ import annotations

import json
from functools import partial
from typing import Any

import pytest

from app.domain.account import AccountId, Role
from app.hub.hub import Hub
from app.hub.services.masking import Masking
from app.hub.store import ledger as rows
from app.hub.store import queries
from app.wire.commands import Status
from tests.fakes.hub_site import Clock, Console, administrator, camera
from tests.fakes.incidents import subject

BOSS = subject(Role.SUPERVISOR, account=AccountId("lee"), name="이팀장")
MASK = [[0.0, 0.0], [0.5, 0.0], [0.5, 0.5]]


@pytest.fixture
async def boss(any_hub: Hub, clock: Clock) -> Console:
    await any_hub.registry.put_cameras(administrator(any_hub), [camera("C-1", 1)], {})
    return Console(any_hub, clock, BOSS)


async def masks(hub: Hub) -> Any:
    row = await hub.reader.read(partial(queries.get, kind="camera", id_="C-1"))
    assert row is not None
    return row.d["masks"]


async def changes(hub: Hub) -> list[dict[str, Any]]:
    found = await hub.reader.read(lambda c: rows.find(c, [], newest_first=False))
    return [json.loads(row.entry)["facts"] for row in found if row.kind == "unmask"]


async def test_the_first_masks_need_no_reason(any_hub: Hub, boss: Console) -> None:
    assert (await boss.do("camera.mask", "C-1", masks=[MASK])).status is Status.APPLIED
    assert await masks(any_hub) == [MASK]
    assert await changes(any_hub) == []


async def test_whoever_takes_masks_away_says_why_and_it_is_written_down(
    any_hub: Hub, boss: Console
) -> None:
    await boss.do("camera.mask", "C-1", masks=[MASK])
    refused = await boss.do("camera.mask", "C-1", masks=[])
    assert refused.status is Status.REFUSED
    assert await masks(any_hub) == [MASK]
    done = await boss.do("camera.mask", "C-1", masks=[], reason="집이 철거됨")
    assert done.status is Status.APPLIED
    assert await masks(any_hub) == []
    assert await changes(any_hub) == [{"masks": "1 → 0", "reason": "집이 철거됨"}]


async def test_the_same_again_changes_nothing(any_hub: Hub, boss: Console) -> None:
    await boss.do("camera.mask", "C-1", masks=[MASK])
    assert (await boss.do("camera.mask", "C-1", masks=[MASK])).status is Status.APPLIED
    assert await changes(any_hub) == []


@pytest.mark.parametrize(
    "wrong",
    [[MASK[:2]], [[[0.0, 0.0], [2.0, 0.0], [0.0, 1.0]]], [MASK] * 17, "all", [[["a", 0], MASK]]],
)
async def test_what_is_no_mask_is_refused(any_hub: Hub, boss: Console, wrong: Any) -> None:
    assert (await boss.do("camera.mask", "C-1", masks=wrong)).status is Status.REFUSED
    assert await masks(any_hub) == []


async def test_an_operator_has_no_right_to_it(any_hub: Hub, boss: Console, clock: Clock) -> None:
    operator = Console(any_hub, clock, name="c9")
    assert (await operator.do("camera.mask", "C-1", masks=[MASK])).status is Status.REFUSED
    assert (await boss.do("camera.mask", "C-9", masks=[MASK])).status is Status.REFUSED
    assert list(Masking(any_hub.ledger).handlers()) == ["camera.mask"]
