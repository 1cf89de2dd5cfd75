from __future__ import annotations

from itertools import count

import pytest

from app.domain.camera import CameraId
from app.domain.errors import Failure
from app.domain.text import Text
from app.services.acts import Act, ActKind, Acts
from tests.fakes.clock import HandClock
from tests.fakes.store import DISK_FULL, MemoryStore

CAMERA = CameraId("DS-0012")


def build(store: MemoryStore) -> Acts:
    numbers = count(1)
    return Acts(store, HandClock(), new_id=lambda: f"act{next(numbers)}")


async def test_an_act_is_written_before_it_is_said_done() -> None:
    store = MemoryStore()
    acts = build(store)
    heard: list[Act] = []
    acts.recorded.connect(heard.append)
    act = await acts.record(ActKind.SNAPSHOT, CAMERA, "김관제", {"file": "a.png", "width": 640})
    assert list(store.acts.values()) == [act] == heard
    assert act == Act(
        "act1",
        HandClock().now(),
        ActKind.SNAPSHOT,
        CAMERA,
        "김관제",
        {"file": "a.png", "width": 640},
    )
    assert acts.waiting == 0
    await acts.stop()


async def test_the_newest_first() -> None:
    acts = build(MemoryStore())
    for operator in ("a", "b", "c"):
        await acts.record(ActKind.CLIP, None, operator)
    assert [act.operator for act in await acts.recent(2)] == ["c", "b"]
    await acts.stop()


async def test_a_full_disk_loses_no_act() -> None:
    store = MemoryStore()
    acts = build(store)
    await acts.record(ActKind.CLIP, None, "first")
    store.refuses = DISK_FULL
    for operator in ("second", "third"):
        with pytest.raises(Failure):
            await acts.record(ActKind.CLIP, None, operator)
    assert acts.waiting == 2
    store.refuses = None
    assert [act.operator for act in await acts.recent()] == ["third", "second", "first"]
    await acts.record(ActKind.CLIP, None, "fourth")
    assert [act.operator for act in store.acts.values()] == ["first", "second", "third", "fourth"]
    await acts.stop()


async def test_what_waits_is_written_at_the_end() -> None:
    store = MemoryStore()
    acts = build(store)
    store.refuses = DISK_FULL
    with pytest.raises(Failure):
        await acts.record(ActKind.CLIP, None, "late")
    store.refuses = None
    await acts.stop()
    assert len(store.acts) == 1


async def test_no_credential_gets_into_the_log() -> None:
    store = MemoryStore()
    acts = build(store)
    await acts.record(
        ActKind.REPLAY, CAMERA, "김관제", {"source": "rtsp://admin:hunter2@10.0.0.1/main"}
    )
    await acts.stop()
    assert "hunter2" not in str(store.acts)


async def test_acts_that_cannot_be_read_are_told() -> None:
    store = MemoryStore()
    store.problems = (Text("기록 1번", "Act 1"),)
    acts = build(store)
    notices: list[Text] = []
    acts.notices.connect(notices.append)
    assert await acts.recent() == []
    assert notices == list(store.problems)
