"""What incidents are looked up by, as it stands in the store beside them."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from sqlalchemy import select

from app.domain.camera import CameraId
from app.domain.incident_state import State
from app.hub.hub import Hub
from app.hub.services.incident_keys import device_of, keep, keys_of, plate_of
from app.hub.store.schema import incident_key
from app.hub.store.transaction import Transaction
from tests.fakes.incidents import incident


def _keep(tx: Transaction, keys: dict[str, Any]) -> None:
    keep(tx.connection, [keys])


def test_a_plate_is_found_however_it_was_written() -> None:
    assert plate_of({"plate": "12가 3456"}) == plate_of({"plate": "12가3456"}) == "12가3456"
    assert plate_of({}) == plate_of({"plate": "no plate"}) == ""


def test_a_device_is_its_camera_and_its_own_number() -> None:
    bell = device_of("C-1", {"bell": "7"})
    assert bell != device_of("C-2", {"bell": "7"}) != device_of("C-2", {"bell": "8"})
    assert bell != device_of(None, {"bell": "7"})
    assert device_of(None, {}) == ""


async def test_a_change_follows_and_the_feed_stays(any_hub: Hub) -> None:
    new = incident(camera=CameraId("C-1"), facts={"plate": "12가3456"})
    ended = replace(new, state=State.CLOSED)
    for keys in (keys_of(new, "feed-1"), keys_of(ended)):
        await any_hub.writer.do(partial(_keep, keys=keys))
    found = await any_hub.reader.read(
        lambda c: (
            c.execute(select(incident_key).where(incident_key.c.id == new.id)).mappings().all()
        )
    )
    (row,) = found
    assert (row["feed"], row["plate"], row["open"]) == ("feed-1", "12가3456", False)
