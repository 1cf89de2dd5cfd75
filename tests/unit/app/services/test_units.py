"""Patrol cars on the console: app.services.units."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest

from app.adapters.hub_store import LocalHubStore
from app.domain.unit import UNIT_SILENT, UnitKind
from app.services.hub_rows import HubRows
from app.services.units import Units
from app.wire.stream import Frame, Op
from tests.fakes.clock import HandClock


@pytest.fixture
async def rows() -> AsyncIterator[HubRows]:
    store = await LocalHubStore.in_memory(bytes(32))
    made = HubRows(store)
    await made.reload()
    yield made
    await store.close()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


def told(clock: HandClock, longitude: float, id_: str = "u1", **more: Any) -> Frame:
    d = {
        "site": "c", "kind": "patrol_car", "name": "순12호", "latitude": 35.83,
        "longitude": longitude, "at": clock.now().isoformat(), **more,
    }  # fmt: skip
    return Frame(seq=10, prev=9, t="unit", id=id_, ver=1, op=Op.PUT, d=d)


def test_a_car_leaves_a_trail(rows: HubRows, clock: HandClock) -> None:
    units = Units(rows, clock)
    heard: list[None] = []
    units.changed.connect(heard.append)
    for longitude in (128.530, 128.531, 128.532):
        rows.apply([told(clock, longitude)])
        clock.at += 5
    (car,) = units.all()
    assert (car.name, car.kind, len(car.trail.places)) == ("순12호", UnitKind.PATROL_CAR, 3)
    assert len(heard) == 3
    rows.apply([told(clock, 128.54).model_copy(update={"t": "note"})])
    assert len(heard) == 3


def test_one_that_is_silent_or_gone_is_nowhere(rows: HubRows, clock: HandClock) -> None:
    units = Units(rows, clock)
    rows.apply([told(clock, 128.53), told(clock, 128.54, "u2")])
    rows.apply([told(clock, 128.54, "u2").model_copy(update={"op": Op.DEL, "d": {}})])
    assert [unit.id for unit in units.all()] == ["u1"]
    clock.at += (UNIT_SILENT + timedelta(seconds=1)).total_seconds()
    assert units.all() == []


def test_a_row_that_cannot_be_read_is_left_out(rows: HubRows, clock: HandClock) -> None:
    units = Units(rows, clock)
    rows.apply([told(clock, 128.53), told(clock, 128.53, "u2", latitude="north")])
    assert [unit.id for unit in units.all()] == ["u1"]


def test_whoever_signs_out_sees_none(rows: HubRows, clock: HandClock) -> None:
    units = Units(rows, clock)
    rows.apply([told(clock, 128.53)])
    rows.forget()
    assert units.all() == []
    units.close()
    rows.apply([told(clock, 128.53)])
    assert units.all() == []
